"""The tables of `make bench` in Markdown, and their place in the README."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.evaluation.evaluate import Scores
from ingest.errors import UsageError

BEGIN, END = "<!-- measured: begin; written by make bench -->", "<!-- measured: end -->"

COLUMNS = (
    ("hit@1", "document hit@1"),
    ("hit@5", "document hit@5"),
    ("nDCG@10", "document nDCG@10"),
    ("first quote", "evidence in quote@1"),
    ("first five", "evidence in quote@5"),
    ("page@1", "page@1"),
    ("page@5", "page@5"),
    ("AUROC", "confidence AUROC"),
    ("coverage", "coverage"),
    ("risk", "risk"),
    ("calibration error", "calibration error"),
)
"""What a column is headed, and the measure in it."""

FEW = 0.1
"""The share of a set's questions that a measure must be over to be shown."""

LEGEND = """\
hit@k: a relevant document among the first k. First quote, first five: an answer in them. page@k: a page
that holds the answer among those of the first k citations. AUROC: confidence in answerable against
unanswerable questions. Coverage: share of the questions that is answered, at the shipped threshold; risk:
share of these answers that is wrong. ms: the median time of an answer. A dash: the set cannot tell, or only
by less than a tenth of its questions.
"""

FOLLOW_UPS = "document (follow-ups) nDCG@5"
FOLLOW_UPS_LEGEND = """\
nDCG@5 of the follow-ups alone, asked as the last turn without those before, as the product asks them, and
as people rewrote them to stand alone; gap closed: how much of the way from the first of these to the last.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """How a set was answered; `alone` and `rewritten` where its follow-ups can be asked so."""

    asked: Scores
    alone: Scores | None
    rewritten: Scores | None

    def as_json(self) -> dict[str, object]:
        """The set's scores, and those of the other two ways of asking, null where there are none."""
        others = {"last_turn": self.alone, "rewrites": self.rewritten}
        return self.asked.as_json() | {name: each and each.as_json() for name, each in others.items()}


def section(rows: Sequence[Row], commit: str, day: date) -> str:
    """What the README says: commit and date, the table of all sets, that of the follow-ups."""
    parts = [f"Commit {commit}, {day}, on the development sets.\n", table(rows), LEGEND]
    if any(row.alone is not None for row in rows):
        parts += [follow_ups(rows), FOLLOW_UPS_LEGEND]
    return "\n".join(parts)


def table(rows: Iterable[Row]) -> str:
    """Every set's scores in Markdown, a row a set."""
    lines = [
        [row.asked.name, f"{row.asked.questions:,}"]
        + [_telling(row.asked, measure) for _, measure in COLUMNS]
        + [f"{row.asked.timings_ms.get('total', 0):.0f}"]
        for row in rows
    ]
    return markdown(["set", "n", *(head for head, _ in COLUMNS), "ms"], lines)


def follow_ups(rows: Iterable[Row]) -> str:
    """The sets with follow-ups in Markdown: last turn, as asked, rewritten, share of the gap closed."""
    lines = []
    for row in rows:
        if row.alone is not None and FOLLOW_UPS in row.asked.measures:
            ways = [_value(scores, FOLLOW_UPS) for scores in (row.alone, row.asked, row.rewritten)]
            n = row.asked.measures[FOLLOW_UPS].n
            lines.append([row.asked.name, f"{n:,}", *ways, _closed(row)])
    return markdown(["set", "follow-ups", "last turn", "as asked", "rewritten", "gap closed"], lines)


def _closed(row: Row) -> str:
    """How much of the way from the last turn alone to people's rewrites the product goes."""
    floor, value, ceiling = (_number(each, FOLLOW_UPS) for each in (row.alone, row.asked, row.rewritten))
    if floor is None or value is None or ceiling is None or ceiling <= floor:
        return "–"
    return f"{(value - floor) / (ceiling - floor):.0%}"


def _value(scores: Scores | None, measure: str) -> str:
    value = _number(scores, measure)
    return "–" if value is None else f"{value:.3f}"


def _telling(scores: Scores, measure: str) -> str:
    """The value, or a dash where it is over too few of the set's questions to stand for it."""
    found = scores.measures.get(measure)
    return _value(scores, measure) if found and found.n >= FEW * scores.questions else "–"


def _number(scores: Scores | None, measure: str) -> float | None:
    found = scores.measures.get(measure) if scores is not None else None
    return found.value if found is not None else None


def markdown(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose columns stand right, but for the first."""
    rule = ["---", *["--:"] * (len(heads) - 1)]
    return "".join(f"| {' | '.join(line)} |\n" for line in (heads, rule, *lines))


def with_section(readme: str, text: str, begin: str = BEGIN, end: str = END) -> str:
    """The README with the text between these two marks. Raises UsageError where they are not there."""
    before, first, rest = readme.partition(begin)
    _, last, after = rest.partition(end)
    if not (first and last):
        raise UsageError(f"expected {begin} and, after it, {end} in the README, found no such pair")
    return f"{before}{begin}\n{text}{end}{after}"
