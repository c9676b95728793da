"""How many lines of a list of our own are cut right: ours, and libraries that cut sentences, if installed.

    python -m tests.measure.sentence_ends

A line of sentence_ends.tsv is a language and its sentences, " | " between them; half of the English ones
end behind what looks like an abbreviation. "?" before the language marks what ours does not tell.
"""

import importlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ingest.sentences import sentence_spans

Cut = Callable[[str, str], Sequence[str]]


def lines() -> Iterator[tuple[str, list[str], bool]]:
    """Language, sentences, and False if the line is one of those that ours does not tell."""
    for line in Path(__file__).with_suffix(".tsv").read_text("utf-8").splitlines():
        language, _, text = line.partition("\t")
        yield language.removeprefix("?"), text.split(" | "), not language.startswith("?")


def ours(text: str, language: str) -> list[str]:
    """The sentences as documents are cut."""
    return [text[span.start : span.end] for span in sentence_spans(text, 0, len(text), language)]


def _pysbd(library: Any) -> Cut:
    known = library.languages.LANGUAGE_CODES

    def cut(text: str, language: str) -> list[str]:
        return list(library.Segmenter(language=language if language in known else "en").segment(text))

    return cut


OTHERS: dict[str, Callable[[Any], Cut]] = {
    "blingfire": lambda library: lambda text, _: library.text_to_sentences(text).split("\n"),
    "nupunkt": lambda library: lambda text, _: library.sent_tokenize(text),
    "pysbd": _pysbd,
    "sentencex": lambda library: lambda text, language: library.segment(language, text),
}


def main() -> None:
    """Print a row of a table for each."""
    cuts: dict[str, Cut] = {"ours": ours}
    for name, made in OTHERS.items():
        try:
            cuts[name] = made(importlib.import_module(name))
        except ImportError:
            print(f"{name} is not installed")
    for name, cut in cuts.items():
        right: Counter[str] = Counter()
        for language, expected, _ in lines():
            found = [piece.strip() for piece in cut(" ".join(expected), language) if piece.strip()]
            kind = language if language in ("en", "ar") else "others"
            right[f"{kind}, {'ends' if len(expected) > 1 else 'none'}"] += found == expected
        print(f"| {name} | {' | '.join(f'{kind} {right[kind]}' for kind in sorted(right))} |")


if __name__ == "__main__":
    main()
