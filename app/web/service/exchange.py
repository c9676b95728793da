"""A question of a conversation with its answer, and the JSON in which it is kept.

Version 2; where a key may be missing its default stands behind it, and keys not named here are ignored:

    {"version": 2,                        1
     "question": "When does it end?",
     "filter": {"documents": [], "folders": [], "since": "", "until": "", "languages": []},    {}, [], ""
     "error": {"code": "no_word"},        null; the reason why no answer came (ingest/reasons.py)
     "reading": true,                     false; documents were being read when it was not found
     "answer": null}                      null; or what follows

An answer is as in `--json` (design.md) without `answer`, which its citations make, and `timings_ms`:

    {"question", "searched_as", "status", "confidence", "generation",
     "citations": [], "closest": [],      []
     "differs": true,                     false
     "calibrated": false,                 true
     "by_words": true,                    false
     "answering": [1],                    []; the numbers of the citations that its text is made of
     "offer": {"kind", "outline": [], "documents": [{"path", "title"}], "more", "things": [{"name", "n"}],
               "questions": []}}          null; in it [] and 0

Nor is `unread` kept, the ledger of the whole library: a reopened "not found" lists what is unread now.
A citation is as there too, with the rest of what the page shows of it:

    {"n", "document": {"id", "path", "copies": [], "title": "", "date": null, "language": null},
                                                                                  [], "", null, null
     "pages": [{"number", "label": null}], "section": [],                         [], null, []
     "start", "end", "quote", "passage", "score", "answer_span": null,            null
     "foreign": null,                     null
     "kind": "note", "by": "A. Hassan",   null
     "recognised": true, "between": true, false
     "probable": "العلاقات", "note_to": "It began.",    null
     "row": {"label", "columns": [["Fee", "4"]], "asked": 0},  null; and null for `asked`
     "passage_start": 1000,               `start`; the offset of `passage` in the document
     "dense": 0.62, "lexical": 7.5,       null, 0; the scores of the search
     "document_pages": 12,                0; how many pages the document has
     "document_length": 34000}            0; and how many characters

Version 1 was a dump of the dataclasses of its day, and says no version.
"""

import json
from dataclasses import dataclass
from typing import Any

from app.answering.answer import Answer, Citation, Offer
from app.answering.cited_row import CitedRow
from app.web.service.filters import Filter
from ingest.document import Page, Span
from ingest.reasons import Reason

VERSION = 2
_NOT_KEPT = ("answer", "unread", "timings_ms")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, the filter of the documents that it was asked of, and its answer or why there is none.

    `reading` is true if it was not found while documents were still being read.
    """

    question: str
    filter: Filter
    answer: Answer | None
    error: Reason | None = None
    reading: bool = False

    @property
    def quoted(self) -> frozenset[str]:
        """The ids of the documents whose words it holds."""
        if self.answer is None:
            return frozenset()
        outline = self.answer.offer.outline if self.answer.offer else ()
        cited = (*self.answer.citations, *self.answer.closest, *outline)
        return frozenset(citation.document_id for citation in cited)


def written(exchange: Exchange) -> str:
    """The exchange as JSON of the newest version."""
    wanted = exchange.filter
    kept = {
        "version": VERSION,
        "question": exchange.question,
        "filter": {
            "documents": wanted.documents,
            "folders": wanted.folders,
            "since": wanted.since,
            "until": wanted.until,
            "languages": wanted.languages,
        },
        "error": exchange.error.as_json() if exchange.error else None,
        "reading": exchange.reading,
        "answer": _answer_json(exchange.answer) if exchange.answer else None,
    }
    return json.dumps(kept, ensure_ascii=False)


def read(text: str) -> Exchange:
    """The exchange that was written, by this version or an earlier one; its answer's `unread` is empty.

    Raises: ValueError, which says what was expected and found.
    """
    try:
        kept = json.loads(text)
        version = kept.get("version", 1)
        if version <= VERSION:
            return _exchange(kept if version == VERSION else _from_1(kept))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError("expected a kept exchange, found another thing") from error
    raise ValueError(f"expected an exchange of version {VERSION} or older, found {version}")


def _answer_json(answer: Answer) -> dict[str, Any]:
    kept = {name: value for name, value in answer.as_json().items() if name not in _NOT_KEPT}
    return {
        **kept,
        "citations": [_citation_json(citation) for citation in answer.citations],
        "closest": [_citation_json(citation) for citation in answer.closest],
        "answering": answer.answering,
        **({"offer": _offer_json(answer.offer)} if answer.offer else {}),
    }


def _offer_json(offer: Offer) -> dict[str, Any]:
    return {**offer.as_json(), "outline": [_citation_json(citation) for citation in offer.outline]}


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {
        **citation.as_json(),
        "passage_start": citation.passage_start,
        "dense": citation.dense,
        "lexical": citation.lexical,
        "document_pages": citation.document_pages,
        "document_length": citation.document_length,
    }


def _exchange(kept: dict[str, Any]) -> Exchange:
    wanted, answer, error = kept.get("filter", {}), kept.get("answer"), kept.get("error")
    return Exchange(
        kept["question"],
        Filter(
            documents=tuple(wanted.get("documents", ())),
            folders=tuple(wanted.get("folders", ())),
            since=wanted.get("since", ""),
            until=wanted.get("until", ""),
            languages=tuple(wanted.get("languages", ())),
        ),
        _answer(answer) if answer is not None else None,
        Reason.from_json(error) if error is not None else None,
        kept.get("reading", False),
    )


def _answer(kept: dict[str, Any]) -> Answer:
    return Answer(
        question=kept["question"],
        searched_as=kept["searched_as"],
        status=kept["status"],
        confidence=kept["confidence"],
        citations=tuple(map(_citation, kept.get("citations", ()))),
        answering=tuple(kept.get("answering", ())),
        closest=tuple(map(_citation, kept.get("closest", ()))),
        unread=(),
        generation=kept["generation"],
        timings_ms={},
        differs=kept.get("differs", False),
        by_document=kept.get("by_document", False),
        calibrated=kept.get("calibrated", True),
        by_words=kept.get("by_words", False),
        offer=_offer(kept["offer"]) if kept.get("offer") else None,
    )


def _offer(kept: dict[str, Any]) -> Offer:
    return Offer(
        kept["kind"],
        outline=tuple(map(_citation, kept.get("outline", ()))),
        documents=tuple((one["path"], one["title"]) for one in kept.get("documents", ())),
        more=kept.get("more", 0),
        things=tuple((one["name"], one["n"]) for one in kept.get("things", ())),
        questions=tuple(kept.get("questions", ())),
    )


def _citation(kept: dict[str, Any]) -> Citation:
    document, span = kept["document"], kept.get("answer_span")
    return Citation(
        n=kept["n"],
        document_id=document["id"],
        paths=(document["path"], *document.get("copies", ())),
        title=document.get("title", ""),
        date=document.get("date"),
        pages=tuple(Page(page["number"], page.get("label")) for page in kept.get("pages", ())),
        section=tuple(kept.get("section", ())),
        start=kept["start"],
        end=kept["end"],
        quote=kept["quote"],
        answer_span=Span(*span) if span else None,
        passage=kept["passage"],
        passage_start=kept.get("passage_start", kept["start"]),
        score=kept["score"],
        dense=kept.get("dense"),
        lexical=kept.get("lexical", 0.0),
        language=document.get("language"),
        foreign=kept.get("foreign"),
        detail=kept.get("detail"),
        details=tuple((name, one) for name, values in document.get("details", {}).items() for one in values),
        kind=kept.get("kind"),
        by=kept.get("by"),
        recognised=kept.get("recognised", False),
        between=kept.get("between", False),
        probable=kept.get("probable"),
        note_to=kept.get("note_to"),
        document_pages=kept.get("document_pages", 0),
        document_length=kept.get("document_length", 0),
        row=CitedRow.from_json(kept["row"]) if kept.get("row") else None,
    )


def _from_1(kept: dict[str, Any]) -> dict[str, Any]:
    """Version 1 in the form of version 2: the reason, and of a citation its document and its spans."""
    kept["error"] = {"code": "other", "detail": kept["error"]} if kept["error"] else None
    answer = kept["answer"] or {"citations": [], "closest": []}
    for citation in (*answer["citations"], *answer["closest"]):
        path, *copies = citation["paths"]
        named = {"id": citation["document_id"], "title": citation["title"], "date": citation["date"]}
        citation["document"] = {**named, "path": path, "copies": copies}
        span = citation["answer_span"]
        citation["answer_span"] = [span["start"], span["end"]] if span else None
    return kept
