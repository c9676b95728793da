"""What came of each question of a data set, and every measure that this allows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.evaluation.metrics import (
    Bin,
    Measure,
    auroc,
    average_precision,
    calibration,
    calibration_error,
    contains,
    exact,
    mean,
    ndcg,
    recall,
    risk_area,
    risk_coverage,
    squeezed,
    token_f1,
)


@dataclass(frozen=True, slots=True)
class Gold:
    """What is known to be right for a question.

    `relevance` maps a document to its grade, from 1; `evidence` are texts of which a citation must
    contain one, `pages` physical numbers of which it must name one; `answers` are exact answers and
    `sentences` those that hold one. Each is empty where not known. `text_only` is true if running text tells
    the answer, `table` if a table does, perhaps with it.
    """

    answerable: bool
    relevance: Mapping[str, int]
    evidence: tuple[str, ...]
    pages: frozenset[int]
    text_only: bool
    answers: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    table: bool = False


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """One citation, or one of the closest passages: the documents it may go by and its words.

    `span` is the exact answer inside the quote, None where none was marked.
    """

    documents: frozenset[str]
    quote: str
    passage: str
    pages: tuple[int, ...]
    span: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a question was answered: what is right, and what was quoted for it, best first.

    `follow_up` is true if the set has earlier turns for it, whether they were asked with it or not.
    `possible` is true if it was not answered, but quoted as what may answer it.
    """

    gold: Gold
    answered: bool
    confidence: float
    quoted: tuple[QuotedPassage, ...]
    follow_up: bool = False
    possible: bool = False

    @property
    def shown(self) -> bool:
        """True if what was quoted is shown, as an answer or as a possible one."""
        return self.answered or self.possible

    @property
    def right(self) -> bool | None:
        """True if what was quoted first answers the question; None where the set does not tell.

        Its quote contains a piece of evidence or, where no evidence is known, its document is
        relevant. Nothing is right for a question that cannot be answered.
        """
        if not self.gold.answerable:
            return False
        if any(map(squeezed, self.gold.evidence)):
            return bool(contains([item.quote for item in self.quoted[:1]], self.gold.evidence))
        return bool(hit(self.quoted, self.gold.relevance, 1)) if self.gold.relevance else None


def ranking(quoted: Sequence[QuotedPassage], relevant: Collection[str]) -> list[str]:
    """The documents quoted, each once, best first; of a copy's names the relevant one counts."""
    names = [min(item.documents, key=lambda name: (name not in relevant, name)) for item in quoted]
    return list(dict.fromkeys(names))


def hit(quoted: Sequence[QuotedPassage], relevance: Mapping[str, int], k: int) -> float:
    """1 if any of the first k passages is of a relevant document, else 0."""
    return float(any(item.documents & relevance.keys() for item in quoted[:k]))


def judged(outcomes: Sequence[Outcome]) -> list[tuple[float, bool]]:
    """The confidence of each outcome that can be told right or wrong, and which it is."""
    return [(o.confidence, right) for o in outcomes if (right := o.right) is not None]


def curve(outcomes: Sequence[Outcome]) -> list[tuple[float, float]]:
    """The risk-coverage curve of the outcomes; see `risk_coverage`."""
    return risk_coverage(judged(outcomes))


def reliability(outcomes: Sequence[Outcome]) -> list[Bin]:
    """The calibration of the outcomes' confidences; see `calibration`."""
    return calibration(judged(outcomes))


def measures(outcomes: Sequence[Outcome]) -> dict[str, Measure]:
    """Every measure that the outcomes allow, by name.

    Ranks are over what was cited or, where the answer was "not found", the closest passages, so
    that they tell retrieval apart from abstention.
    """
    able = [outcome for outcome in outcomes if outcome.gold.answerable]
    everything = {
        **_retrieval(able),
        **_evidence([outcome for outcome in able if any(map(squeezed, outcome.gold.evidence))]),
        **_words(able),
        **_pages([outcome for outcome in able if outcome.gold.pages]),
        **_abstention(outcomes),
    }
    return {name: measure for name, measure in everything.items() if measure.value is not None}


def _retrieval(able: Sequence[Outcome]) -> dict[str, Measure]:
    """Over all and, where there are follow-ups, over these and the first turns apart."""
    known = [outcome for outcome in able if outcome.gold.relevance]
    later = [outcome for outcome in known if outcome.follow_up]
    rows = _ranks("document", known)
    if later:
        rows |= _ranks("document (follow-ups)", later)
        rows |= _ranks("document (first turns)", [outcome for outcome in known if not outcome.follow_up])
    return rows


def _ranks(name: str, outcomes: Sequence[Outcome]) -> dict[str, Measure]:
    ranked = [(ranking(o.quoted, o.gold.relevance.keys()), o.gold.relevance) for o in outcomes]
    return {
        f"{name} hit@1": mean(hit(o.quoted, o.gold.relevance, 1) for o in outcomes),
        f"{name} hit@5": mean(hit(o.quoted, o.gold.relevance, 5) for o in outcomes),
        f"{name} recall@10": mean(recall(names, relevance, 10) for names, relevance in ranked),
        f"{name} nDCG@5": mean(ndcg(names, relevance, 5) for names, relevance in ranked),
        f"{name} nDCG@10": mean(ndcg(names, relevance, 10) for names, relevance in ranked),
        f"{name} MAP@10": mean(average_precision(names, relevance, 10) for names, relevance in ranked),
    }


def _evidence(outcomes: Sequence[Outcome]) -> dict[str, Measure]:
    rows = {}
    for k in (1, 5):
        rows[f"evidence in quote@{k}"] = mean(
            contains([item.quote for item in o.quoted[:k]], o.gold.evidence) for o in outcomes
        )
        rows[f"evidence in passage@{k}"] = mean(
            contains([item.passage for item in o.quoted[:k]], o.gold.evidence) for o in outcomes
        )
    return rows


def _words(able: Sequence[Outcome]) -> dict[str, Measure]:
    """Sentence F1: the first quote's token F1 with the gold sentence that it is most like, 0 if none.

    Answer span: the span marked in the first quote against the exact answers, over the questions
    where one was marked.
    """
    sentences = [(o.quoted[0].quote if o.quoted else "", o.gold.sentences) for o in able if o.gold.sentences]
    spans = [
        (span, o.gold.answers)
        for o in able
        if o.gold.answers and o.quoted and (span := o.quoted[0].span) is not None
    ]
    return {
        "sentence F1": mean(token_f1(quote, golds) for quote, golds in sentences),
        "answer span exact": mean(exact(span, golds) for span, golds in spans),
        "answer span F1": mean(token_f1(span, golds) for span, golds in spans),
    }


def _pages(outcomes: Sequence[Outcome]) -> dict[str, Measure]:
    rows = {}
    text = [outcome for outcome in outcomes if outcome.gold.text_only]
    tables = [outcome for outcome in outcomes if outcome.gold.table]
    for name, group in (("page", outcomes), ("page (text only)", text), ("page (table)", tables)):
        for k in (1, 5):
            rows[f"{name}@{k}"] = mean(
                float(any(_on_page(item, o.gold) for item in o.quoted[:k])) for o in group
            )
    return rows


def _on_page(item: QuotedPassage, gold: Gold) -> bool:
    """True if the citation names a right page, of the right document where that is known."""
    right = not gold.relevance or bool(item.documents & gold.relevance.keys())
    return right and bool(gold.pages.intersection(item.pages))


def _abstention(outcomes: Sequence[Outcome]) -> dict[str, Measure]:
    """How well it is known what is not there.

    False answers are the share of unanswerable questions answered at the threshold that was set.
    """
    able = [outcome for outcome in outcomes if outcome.gold.answerable]
    unable = [outcome for outcome in outcomes if not outcome.gold.answerable]
    known = [outcome for outcome in outcomes if outcome.right is not None]
    area, error = risk_area(curve(known)), calibration_error(reliability(known))
    pairs = auroc([o.confidence for o in able], [o.confidence for o in unable])
    return {
        "answerable: not found": _not_found(able),
        "unanswerable: not found": _not_found(unable),
        "false answers": _answered(unable),
        "confidence AUROC": Measure(pairs, len(outcomes)),
        **_tiers(known),
        "area under risk-coverage": Measure(area, len(known)),
        "calibration error": Measure(error, len(known)),
    }


def _tiers(known: Sequence[Outcome]) -> dict[str, Measure]:
    """Coverage is the share of questions answered, risk the share of these answers that are wrong.

    Shown is the share that has an answer or a possible one, "possible: right" how often the latter is right.
    """
    return {
        "coverage": _answered(known),
        "risk": mean(not outcome.right for outcome in known if outcome.answered),
        "shown": mean(outcome.shown for outcome in known),
        "possible: right": mean(bool(outcome.right) for outcome in known if outcome.possible),
    }


def _answered(outcomes: Sequence[Outcome]) -> Measure:
    return mean(outcome.answered for outcome in outcomes)


def _not_found(outcomes: Sequence[Outcome]) -> Measure:
    return mean(not outcome.shown for outcome in outcomes)
