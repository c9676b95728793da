"""How answers, plans, reports and statuses look to a person at a terminal.

Every word of a document, path or error passes through `escape` before it is printed.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from app.answering.answer import Answer, Citation, UnreadFile
from app.answering.cited_row import CitedRow
from app.command_line.advice import absent_words
from app.phrases.languages import ENGLISH, autonym
from app.phrases.reasons import worded
from app.phrases.wording import (
    beside_words,
    confidence_words,
    credit_words,
    date_words,
    kind_words,
    pages_words,
)
from index.types import Plan, Report
from ingest.document import Unread

# What could move the cursor, ring, reorder or break the line: C0 and C1 controls, line and
# paragraph separators, bidirectional overrides, halves of surrogate pairs.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"[^\S\n]*\n\s*")
UNREAD_SHOWN = 50  # ledger lines printed before the rest is a count
_PASSAGE_LINES = 8  # of a further passage
_BESIDE_LINES = 4  # of what stands beside a quote
_UNREAD_ASIDE = 5  # the same below an answer
_WIDEST = 100  # columns; longer lines are hard to read


def escape(text: str) -> str:
    r"""The text with every character that a terminal would obey written out, as in `\x1b`."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def console_of(stream: TextIO, environment: Mapping[str, str] = os.environ) -> Console:
    """A console that styles only where the stream is a terminal; NO_COLOR is honoured."""
    return Console(
        file=stream,
        force_terminal=stream.isatty(),
        color_system="auto" if stream.isatty() else None,
        markup=False,
        emoji=False,
        highlight=False,
        _environ=environment,
    )


def print_answer(answer: Answer, console: Console) -> None:
    """The answer, its citations and further passages; or that it was not found, and what is close."""
    if answer.searched_as != answer.question:
        wrapped(console, Text(f"Searched as: {flat(answer.searched_as)}", "dim"))
    if answer.by_words:
        wrapped(console, Text(ENGLISH.by_words, "yellow"))
    if answer.status == "not_found":
        wrapped(console, Text(ENGLISH.not_found, "bold red"))
        _passages(console, "Closest passages, which may not answer the question", answer.closest)
    else:
        if answer.status == "possible":
            wrapped(console, Text(ENGLISH.possible, "yellow"))
        if answer.differs:
            wrapped(console, Text(ENGLISH.differ, "yellow"))
        _own(answer, console)
        wrapped(console, Text(f"Confidence: {confidence_words(answer.confidence)}"))
        if not answer.calibrated:
            wrapped(console, Text(ENGLISH.uncalibrated, "yellow"))
        _passages(console, "Further passages", answer.further)
    if answer.unread:
        console.print()
        wrapped(
            console, Text("Not read, or not surely, so an answer may be missing or misspelt there:", "yellow")
        )
        for line in unread_lines(answer.unread, _UNREAD_ASIDE):
            wrapped(console, Text(line), 2)


def _own(answer: Answer, console: Console) -> None:
    """The quotes and then their sources; where documents are asked for, each source and then its quote."""
    if not answer.by_document:
        for citation in answer.own:
            _said(console, citation)
        console.print()
    for citation in answer.own:
        _source(console, citation, dated=answer.differs)
        if answer.by_document:
            _said(console, citation, 4)
            console.print()


def _passages(console: Console, heading: str, citations: Sequence[Citation]) -> None:
    if citations:
        console.print()
        wrapped(console, Text(f"{heading}:", "bold"))
    for citation in citations:
        console.print()
        _said(console, citation, 2, _PASSAGE_LINES)
        _source(console, citation, 2)


def _said(console: Console, citation: Citation, indent: int = 0, most: int | None = None) -> None:
    """The quote; of a table's row, also its label and what heads its values."""
    wrapped(console, quote_text(citation), indent, most)
    if citation.row and citation.row.explains:
        wrapped(console, _row(citation.row), indent + 4, most)


def _row(row: CitedRow) -> Text:
    """The row on a line, as "Anvil: Shelf C1 · Unit price 310.00", the value that answers underlined."""
    text = Text(f"{flat(row.label)}: ", "dim")
    for number, (head, value) in enumerate(row.columns):
        text.append(f"{' · ' * bool(number)}{flat(head)}{' ' * bool(head)}", "dim")
        text.append(flat(value), "underline" if number == row.asked else "")
    return text


def quote_text(citation: Citation) -> Text:
    """The quote in bold with its exact answer underlined, and its number."""
    text = Text()
    span = citation.answer_span
    begin, end = (span.start - citation.start, span.end - citation.start) if span else (0, 0)
    for piece, style in (
        (citation.quote[:begin], "bold"),
        (citation.quote[begin:end], "bold underline"),
        (citation.quote[end:], "bold"),
    ):
        lines = _BREAKS.sub("\n", piece).split("\n")
        text.append("\n".join(map(flat, lines)), style)
    return text.append(f" [{citation.n}]", "cyan")


def _source(console: Console, citation: Citation, indent: int = 0, dated: bool = False) -> None:
    """Where a citation stands, on as many lines as it needs: its date if `dated`, its language if foreign."""
    where = [
        flat(citation.paths[0]),
        ENGLISH.absent if citation.absent else "",
        pages_words(citation.pages, citation.paths[0], between=citation.between),
        date_words(citation.date) if dated else "",
        autonym(citation.foreign) if citation.foreign else "",
        " › ".join(citation.section),
        kind_words(citation.kind, citation.by or citation.detail, citation.recognised),
    ]
    title = Text(f"[{citation.n}] ", "cyan").append(
        flat(citation.title or citation.paths[0]), "not bold default"
    )
    wrapped(console, title, indent)
    wrapped(console, Text(" · ".join(flat(part) for part in where if part), "dim"), indent + 4)
    for line in beside_words(citation.probable, citation.note_to):
        wrapped(console, Text(flat(line), "yellow"), indent + 4, _BESIDE_LINES)
    if credit := credit_words(citation.details):
        wrapped(console, Text(flat(credit), "dim"), indent + 4)
    if len(citation.paths) > 1:
        wrapped(console, Text(f"also as {', '.join(map(flat, citation.paths[1:]))}", "dim"), indent + 4)


def flat(text: str) -> str:
    """The text in one paragraph, safe to print."""
    return escape(_SPACES.sub(" ", text))


def wrapped(console: Console, text: Text, indent: int = 0, most: int | None = None) -> None:
    """Print the text in lines no wider than the terminal; after `most` of them an ellipsis."""
    width = max(min(console.width, _WIDEST) - indent, 20)
    lines = text.wrap(console, width)
    for number, line in enumerate(lines[:most], 1):
        line.rstrip()
        if number == most and len(lines) > number:
            line.append(" …")
        console.print(Text(" " * indent).append_text(line), soft_wrap=True)


def unread_lines(entries: Iterable[UnreadFile], most: int = UNREAD_SHOWN) -> Iterator[str]:
    """A line for each ledger entry up to `most`, then a count of the rest."""
    rest = 0
    for position, entry in enumerate(entries):
        if position >= most:
            rest += 1
            continue
        pages = f", pages {', '.join(map(str, entry.pages))}" if entry.pages else ""
        yield f"{flat(entry.path)}{pages}: {flat(worded(entry.reason))}"
    if rest:
        yield f"and {rest:,} more: mustanad status --files"


def ledger(pairs: Iterable[tuple[str, Unread]]) -> list[UnreadFile]:
    """Ledger entries of a store or report, with their shown paths."""
    return [UnreadFile(path, entry.pages, entry.reason) for path, entry in pairs]


def print_plan(plan: Plan, stream: TextIO) -> None:
    """What an ingest would do, a file a line, then the counts."""
    marks = [("+", plan.added), ("~", plan.changed), ("-", plan.deleted)]
    for mark, paths in marks:
        for path in paths:
            print(f"{mark} {escape(path)}", file=stream)
    for old, new in plan.renamed:
        print(f"> {escape(old)} -> {escape(new)}", file=stream)
    print(f"Would make: {plan_words(plan)}", file=stream)
    for line in absent_words(plan.absent):
        print(escape(line), file=stream)


def plan_words(plan: Plan) -> str:
    """The counts of a plan on one line."""
    counts = (len(plan.added), len(plan.changed), len(plan.renamed), len(plan.deleted), plan.unchanged)
    names = ("added", "changed", "renamed", "deleted", "unchanged")
    return ", ".join(f"{count:,} {name}" for count, name in zip(counts, names, strict=True))


def report_words(report: Report, seconds: float) -> str:
    """What an ingest did, on one line."""
    return (
        f"{plan_words(report.plan)}; {report.pages:,} pages, {report.passages:,} passages"
        f" ({report.embedded:,} embedded) in {seconds:.1f} s"
    )
