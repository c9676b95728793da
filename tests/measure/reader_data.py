"""Examples to train the reader on: questions with a passage that answers, and passages that do not.

The sets of `../shared/train` are cut into passages of whole sentences. A question's negatives are
what our own lexical search finds for it in its set and that says no answer, the passage without the
sentences that answer, and the passage under a question about another name or year.
"""

import gzip
import json
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.evaluation.metrics import squeezed
from index.words.lexical import LexicalIndex, LexicalWriter
from index.words.terms import question_terms
from ingest.document import Passage, Span
from ingest.sentences import sentence_spans

# Questions taken of each set. multispanqa_valid is left out: nothing says its licence.
TAKEN = {
    "squad_part": 9999, "squadshifts_new_wiki": 9999, "squadshifts_reddit": 3500,
    "squadshifts_amazon_reviews": 2500, "qamr": 6000, "squad_sentpairs": 4000, "cuad": 1500,
    "fairytaleqa": 2500, "quoref_ropes_contrast": 1200, "onestopqa": 1458, "bioasq": 3000,
    "nq_oracle": 2635, "selqa": 2369, "conditionalqa": 2623, "tatqa_text": 743, "sleepqa": 1000,
}  # fmt: skip
_TITLED = {  # the others' titles say nothing of the text
    "nq_oracle", "selqa", "onestopqa", "fairytaleqa", "sleepqa", "conditionalqa", "quoref_ropes_contrast",
}  # fmt: skip
_WORDS = (60, 80, 100, 120)  # lengths that passages are cut to, one drawn for each text
_SEARCHED, _NEGATIVES = 12, 5  # passages looked at, and kept, for a question
_FEWEST_WORDS = 25  # of a passage whose answering sentences were taken away
_OPPOSITES = (
    "first last", "earliest latest", "before after", "start stop", "more less",
    "most least", "more fewer", "largest smallest", "bigger smaller", "larger smaller", "highest lowest",
    "higher lower", "longest shortest", "longer shorter", "best worst", "better worse", "increase decrease",
    "increased decreased", "rise fall", "rose fell", "gain lose", "gained lost", "win lose", "won lost",
    "north south", "northern southern", "east west", "eastern western", "above below",
    "inside outside", "old new", "oldest newest", "major minor", "maximum minimum",
    "advantage disadvantage", "advantages disadvantages", "positive negative", "support oppose",
    "supported opposed", "accept reject", "accepted rejected", "allowed forbidden", "legal illegal",
    "include exclude", "public private", "import export", "imports exports", "buy sell", "bought sold",
    "always never", "cause prevent", "strong weak", "ally enemy", "agreed disagreed",
)  # fmt: skip
_OPPOSITE = {one: other for pair in _OPPOSITES for one, other in (pair.split(), pair.split()[::-1])}
_TURNED = re.compile(rf"\b({'|'.join(_OPPOSITE)})\b")
_SAID = re.compile(r"\b(is|are|was|were|did|does|do|has|have|could|should|would)\b(?! not\b)")
_LONG = re.compile(r"[a-zA-Z]{5,}")
_NAME = re.compile(r"(?<=\s)[A-Z][\w’'.-]*\w(?: [A-Z][\w’'.-]*\w)*|\b\d{4}\b")


@dataclass(frozen=True, slots=True)
class Text:
    """A passage and the title it goes under, "" for none."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question; `answer` is None where the set says that nothing answers it.

    `spans` are over the answer's text: exact ones where `exact`, else whole sentences. `silent` is
    that passage without the sentences that answer, None where too little is left.
    """

    question: str
    answer: Text | None
    spans: tuple[Span, ...]
    exact: bool
    silent: Text | None
    negatives: tuple[Text, ...]


def examples(folder: Path, seed: int) -> list[Example]:
    """All examples of the sets under `folder`, shuffled."""
    draw = random.Random(seed)
    found: list[Example] = []
    for name, taken in TAKEN.items():
        documents = {row["doc_id"]: row for row in _rows(folder / name / "corpus.jsonl.gz")}
        questions = list(_rows(folder / name / "questions.jsonl.gz"))
        draw.shuffle(questions)
        found += _of_set(name in _TITLED, documents, questions[:taken], draw)
    draw.shuffle(found)
    return found


def swapped(question: str, text: str, draw: random.Random) -> str | None:
    """The question about something else than the text says; None where no way to change it is known.

    Another name or year that stands in the text, or the opposite of one of its words, or its denial.
    """
    ways = [
        renamed(question, text, draw),
        turned(question),
        denied(question) if draw.random() < 0.3 else None,
    ]
    known = [way for way in ways if way is not None]
    return draw.choice(known) if known else None


def renamed(question: str, text: str, draw: random.Random) -> str | None:
    """The question about another name or year, one that stands in the text; None where there is none."""
    names = [match for match in _NAME.finditer(question) if match.start() > 0]
    if not names:
        return None
    one = draw.choice(names)
    others = [
        match[0]
        for match in _NAME.finditer(text)
        if match[0].lower() not in question.lower() and match[0][0].isdigit() == one[0][0].isdigit()
    ]
    return f"{question[: one.start()]}{draw.choice(others)}{question[one.end() :]}" if others else None


def turned(question: str) -> str | None:
    """The question with the opposite of one of its words; None where none of them has one."""
    changed = _TURNED.sub(lambda match: _OPPOSITE[match[0]], question, count=1)
    return changed if changed != question else None


def denied(question: str) -> str | None:
    """The question whether, what or when not; None where it has no verb to deny."""
    changed = _SAID.sub(lambda match: f"{match[0]}n't", question, count=1)
    return changed if changed != question else None


def typed(question: str, draw: random.Random) -> str:
    """The question as people type it: mostly as it is, at times in small letters or with a slip.

    "Who was the director?" may come out as "who was the director" or "Who was the direcotr?".
    """
    chance = draw.random()
    if chance < 0.12:
        return question.lower().rstrip("?؟ ") if chance < 0.06 else question.lower()
    long = list(_LONG.finditer(question))
    if chance < 0.24 and long:
        word = draw.choice(long)
        at = word.start() + draw.randrange(1, len(word[0]) - 2)
        one, two = question[at], question[at + 1]
        slip = draw.choice((two + one, one, one + one + two))  # swapped, lost, doubled
        return f"{question[:at]}{slip}{question[at + 2 :]}"
    return question


def _of_set(
    titled: bool,
    documents: dict[str, dict[str, Any]],
    questions: Sequence[dict[str, Any]],
    draw: random.Random,
) -> Iterator[Example]:
    """The examples of one set."""
    cut = {name: windows(row["text"], draw.choice(_WORDS)) for name, row in documents.items()}
    places = [(name, span) for name, spans in cut.items() for span in spans]

    def passage(name: str, span: Span) -> Text:
        row = documents[name]
        return Text(row["title"] if titled else "", row["text"][span.start : span.end])

    with tempfile.TemporaryDirectory() as folder:
        writer = LexicalWriter(Path(folder) / "terms")
        for number, (name, span) in enumerate(places):
            text = passage(name, span).text
            writer.add(0, {number: Passage(0, len(text), (Span(0, len(text)),), "", text)})
        writer.commit()
        index = LexicalIndex(Path(folder) / "terms")
        for row in questions:
            found = index.search(question_terms(row["question"], "en"), _SEARCHED)
            near = [passage(*places[number]) for number in found]
            own = [passage(row["doc_id"], span) for span in cut[row["doc_id"]]]
            example = _example(row, documents[row["doc_id"]], cut[row["doc_id"]], own, near)
            if example is not None:
                yield example


def _example(
    row: dict[str, Any],
    document: dict[str, Any],
    spans: Sequence[Span],
    own: Sequence[Text],
    near: Sequence[Text],
) -> Example | None:
    """One question's example, `own` being its document's passages; None where its answer is cut in two."""
    exact = bool(row.get("answer_spans"))
    golden = [Span(*pair) for pair in row.get("answer_spans") or _places(row, document["text"])]
    answers = [answer for answer in row["answers"] if answer.strip()]
    wanted = [squeezed(text) for text in answers or [document["text"][s.start : s.end] for s in golden]]

    def silent(text: str) -> bool:
        return not any(answer in squeezed(text) for answer in wanted)

    # A text with whole sentences as answers may answer in others of its passages as well.
    others = [each for each in near if silent(each.text) and (exact or each not in own)]
    if not row["answerable"]:
        return Example(row["question"], None, (), exact, None, (*own[:2], *others[:1]))
    best = max(spans, key=lambda span: sum(_within(one, span) for one in golden), default=None)
    inside = [
        Span(one.start - best.start, one.end - best.start) for one in golden if best and _within(one, best)
    ]
    if best is None or not inside:
        return None
    answer = own[list(spans).index(best)]
    left = " ".join(
        answer.text[sentence.start : sentence.end]
        for sentence in sentence_spans(answer.text, 0, len(answer.text), "en")
        if not any(one.start < sentence.end and sentence.start < one.end for one in inside)
    )
    enough = len(left.split()) >= _FEWEST_WORDS and silent(left)
    return Example(
        row["question"],
        answer,
        tuple(inside),
        exact,
        Text(answer.title, left) if enough else None,
        tuple(others[:_NEGATIVES]),
    )


def windows(text: str, words: int) -> list[Span]:
    """Runs of whole sentences of nearly equal length, about `words`."""
    sentences: list[Span] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            sentences += sentence_spans(text, start, start + len(line), "en")
        start += len(line) + 1
    total = len(text.split())
    aim = total / max(1, round(total / words))
    found: list[Span] = []
    first: int | None = None
    count = 0
    for sentence in sentences:
        first = sentence.start if first is None else first
        count += len(text[sentence.start : sentence.end].split())
        if count >= 0.95 * aim:
            found.append(Span(first, sentence.end))
            first, count = None, 0
    if first is not None and found and count < 0.3 * aim:
        found[-1] = Span(found[-1].start, sentences[-1].end)
    elif first is not None:
        found.append(Span(first, sentences[-1].end))
    return found


def _places(row: dict[str, Any], text: str) -> list[tuple[int, int]]:
    """Where the sentences that answer stand in the text."""
    starts = [(text.find(sentence), len(sentence)) for sentence in row.get("gold_sentences") or []]
    return [(start, start + length) for start, length in starts if start >= 0]


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSONL file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
