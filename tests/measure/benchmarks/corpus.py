"""A corpus of any size, made here: python -m tests.measure.benchmarks.corpus FOLDER --mb 20 --seed 1.

Reports such as research institutes write, of about a hundred passages each, most in Markdown, some
plain text, one in twenty in Arabic. A document depends on its number and the seed alone, so a larger
corpus holds a smaller one. Words follow Zipf's law, names are a document's own, and each subject
has invented terms, so that the dictionary grows with the corpus as it does in real text. Written beside
`documents` is `questions.jsonl`, as `mustanad eval --docs` reads it: about facts that one document tells.
"""

import argparse
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, product
from pathlib import Path

import numpy as np

from app.command_line.call import whole_number
from tests.measure.benchmarks.corpus_arabic import ARABIC
from tests.measure.benchmarks.corpus_words import ENGLISH, FactForm, Grammar

PASSAGES = 100  # of a document, about
QUESTIONS = 200  # about a corpus, unless another number is asked for
_WORDS = 9_200  # of a document, about
_SECTIONS = 10
_CAST = 12  # persons, places and bodies that a document tells of, of each
_SUBJECTS = 200
_TERMS = 2_000  # of each subject, out of all that the parts make
_ARABIC = 20  # every so many documents one is Arabic
_PLAIN = 4  # and one is plain text
_DRAWN = 512  # words drawn at once
_SCATTER = 7_368_787  # a prime: names of following numbers have nothing in common
_SLOT = re.compile(r"\{(\w+)\}")

Sentence = tuple[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fact:
    """What one document tells, a question about it, the answer in the document's words."""

    told: str
    question: str
    answer: str


def path_of(number: int) -> str:
    """Where a document lies under `documents`."""
    return f"{number // 1000:03}/{number:06}.{'txt' if number % _PLAIN == 0 else 'md'}"


def document(number: int, seed: int) -> str:
    """The text of a document."""
    report = _Report(number, seed)
    mark = "" if number % _PLAIN == 0 else "#"
    title = f"{mark} {report.sentence(report.grammar.titles)}".lstrip()
    told = [fact.told for fact in report.facts()]
    parts = [title]
    for section in range(1, _SECTIONS + 1):
        parts.append(f"{2 * mark} {section}. {report.sentence(report.grammar.headings)}".lstrip())
        paragraphs = list(report.paragraphs(_WORDS // _SECTIONS))
        if section <= len(told):
            place = int(report.random.integers(len(paragraphs)))
            paragraphs[place] += " " + told[section - 1]
        parts += paragraphs
    return "\n\n".join(parts) + "\n"


def facts(number: int, seed: int) -> list[Fact]:
    """The facts that the document of this number tells and no other does."""
    return _Report(number, seed).facts()


def asked(documents: int, seed: int, n: int) -> Iterator[tuple[int, Fact]]:
    """The number of a document and a fact that it tells, `n` times, from all of the corpus."""
    for turn in range(n):
        number = turn * documents // n
        known = facts(number, seed)
        yield number, known[turn % len(known)]


def write(
    folder: Path, seed: int, documents: int | None = None, size: int | None = None, n: int = QUESTIONS
) -> int:
    """Write so many documents, or `size` bytes of them, and `n` questions; returns how many documents."""
    written = 0
    for number in count():
        if number == documents or (size is not None and written >= size):
            break
        file = folder / "documents" / path_of(number)
        file.parent.mkdir(parents=True, exist_ok=True)
        written += file.write_bytes(document(number, seed).encode())
    with (folder / "questions.jsonl").open("w", encoding="utf-8") as lines:
        for turn, (which, fact) in enumerate(asked(number, seed, n)):
            row = {"qid": str(turn), "question": fact.question, "answers": [fact.answer]}
            lines.write(json.dumps(row | {"doc_id": f"{which:06}"}, ensure_ascii=False) + "\n")
    return number


class _Report:
    """What a document is made of; its facts are drawn apart, so that they can be had alone."""

    def __init__(self, number: int, seed: int) -> None:
        self.random = np.random.default_rng([seed, number])
        self._of_facts = (seed, number, 1)
        self.grammar = grammar = ARABIC if number % _ARABIC == _ARABIC - 1 else ENGLISH
        names = [_name(grammar, number * 3 * _CAST + n) for n in range(3 * _CAST)]
        given, bodies = grammar.given_names, grammar.bodies
        self._cast = {
            "person": [f"{given[n % len(given)]} {name}" for n, name in enumerate(names[:_CAST], number)],
            "place": names[_CAST : 2 * _CAST],
            "body": [bodies[n % len(bodies)].format(name) for n, name in enumerate(names[2 * _CAST :])],
        }
        subject = _terms(grammar, int(self.random.integers(_SUBJECTS)))
        words = {**grammar.words, **self._cast, "term": subject}
        self._slots: Mapping[str, Iterator[str]] = {
            **{kind: self._drawn(pool) for kind, pool in words.items()},
            "year": self._numbers(lambda n: str(2025 - n % 100)),
            "share": self._numbers(lambda n: str(1 + n % 99)),
            "count": self._numbers(lambda n: f"{n % 9000 + 100:,}"),
            "sum": self._numbers(lambda n: grammar.sum.format(n % 9973 / 10)),
            "date": self._numbers(
                lambda n: grammar.date.format(
                    day=1 + n % 28, month=grammar.months[n // 28 % 12], year=2025 - n // 336 % 100
                )
            ),
        }

    def facts(self) -> list[Fact]:
        """One of each form, each about names that no other fact of the document is about."""
        random = np.random.default_rng(self._of_facts)
        return [self._fact(form, n, random) for n, form in enumerate(self.grammar.facts)]

    def _fact(self, form: FactForm, n: int, random: np.random.Generator) -> Fact:
        day, month, year = (
            int(random.integers(1, 29)),
            int(random.integers(12)),
            int(random.integers(1920, 2026)),
        )
        filled = {kind: cast[n] for kind, cast in self._cast.items()} | {
            "date": self.grammar.date.format(day=day, month=self.grammar.months[month], year=year),
            "year": str(year),
            "sum": self.grammar.sum.format(int(random.integers(1, 9999)) / 10),
        }
        told = form.told.format(**filled)
        return Fact(told[0].upper() + told[1:], form.asked.format(**filled), filled[form.answer])

    def sentence(self, forms: Sequence[str]) -> str:
        """One of these sentences, filled."""
        return self._filled(_parsed(forms[int(self.random.integers(len(forms)))]))

    def paragraphs(self, words: int) -> Iterator[str]:
        """Paragraphs of three to eight sentences, of so many words together."""
        forms = [_parsed(form) for form in self.grammar.sentences]
        chosen = map(forms.__getitem__, self.random.integers(len(forms), size=words).tolist())
        while words > 0:
            text = " ".join(self._filled(next(chosen)) for _ in range(int(self.random.integers(3, 9))))
            words -= text.count(" ") + 1
            yield text

    def _filled(self, sentence: Sentence) -> str:
        form, kinds = sentence
        text = form % tuple([next(self._slots[kind]) for kind in kinds])
        return text[0].upper() + text[1:]

    def _drawn(self, pool: Sequence[str]) -> Iterator[str]:
        """Words of the pool without end, the n-th as often as 1/n, as Zipf's law has it."""
        while True:
            ranks = (len(pool) + 1.0) ** self.random.random(_DRAWN)
            yield from map(pool.__getitem__, (ranks.astype(int) - 1).tolist())

    def _numbers(self, form: Callable[[int], str]) -> Iterator[str]:
        while True:
            yield from map(form, self.random.integers(2**31, size=_DRAWN).tolist())


@cache
def _parsed(form: str) -> Sentence:
    """The form as `%` takes it, and its slots in order."""
    return _SLOT.sub("%s", form.replace("%", "%%")), _SLOT.findall(form)


@cache
def _terms(grammar: Grammar, subject: int) -> Sequence[str]:
    """The invented words of a subject, the commonest first."""
    made = _all_terms(grammar)
    random = np.random.default_rng(subject)
    return [made[place] for place in random.permutation(len(made))[:_TERMS]]


@cache
def _all_terms(grammar: Grammar) -> Sequence[str]:
    return ["".join(parts) for parts in product(*grammar.parts)]


def _name(grammar: Grammar, number: int) -> str:
    """An invented name; of the millions that there are, each number has its own."""
    syllables = [*map("".join, product(grammar.consonants, grammar.vowels))]
    rest = (number + 1) * _SCATTER % len(syllables) ** 4
    parts = []
    for _ in range(4):
        rest, place = divmod(rest, len(syllables))
        parts.append(syllables[place])
    return "".join(parts).capitalize()


def main() -> None:
    """Write the corpus that the arguments ask for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--mb", type=whole_number(1, 10**6), help="megabytes of text")
    size.add_argument("--documents", type=whole_number(1, 10**7), help="documents, of about 100 passages")
    parser.add_argument("--seed", type=whole_number(0, 2**31), default=1)
    parser.add_argument("--questions", type=whole_number(1, 10**6), default=QUESTIONS)
    given = parser.parse_args()
    bytes_wanted = given.mb * 10**6 if given.mb is not None else None
    documents = write(given.folder, given.seed, given.documents, bytes_wanted, given.questions)
    print(f"{documents:,} documents and {given.questions:,} questions in {given.folder}")


if __name__ == "__main__":
    main()
