"""What an answer is: quotes, citations, a confidence; and its JSON, the contract of design.md."""

from dataclasses import dataclass
from typing import Any, Literal

from app.answering.cited_row import CitedRow
from app.phrases.reasons import worded
from ingest.document import BlockKind, Page, Span
from ingest.reasons import Reason
from ingest.settings import POSSIBLE

Status = Literal["answered", "possible", "not_found"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a document and where they stand.

    `start:end` spans the document's text and `quote` is exactly those characters, so is `passage`
    from `passage_start`. `answer_span` lies inside the quote's span; None where no exact span is
    known. `pages` is empty for formats without pages; it stands `between` them, or behind the one, where a
    text of plain page numbers tells no more. `score` is 0 to 1, higher is better.
    `paths` are all the names of the document, first the one to cite; `date` is what its file gives,
    "2021", "2021-03" or "2021-03-04", None where it gives none; `language` is the two-letter code of most of
    it, None where unknown, `foreign` that of the quote where it is not the question's. `dense` and
    `lexical` are the scores of the search (`index.types.Hit`), which the JSON leaves out. `kind` is
    "note", "running" or "detail" for words that are not the text's own, `by` the author of a note if it names
    one, and `detail` the name of a detail. `details` are name and value of all that the file says of itself.
    `recognised` is true if some of the quote was recognised in a picture, `absent` if the folder that the
    document was ingested from is no longer there. `probable` is the quote as it was probably spelt, where
    letters of its Arabic are turned, `note_to` the sentence that it is a footnote of. `row` is what the quote
    says if it is the row of a table. `document_pages` is how many pages its document has, `document_length`
    how many characters; 0 where that is not known.
    """

    n: int
    document_id: str
    paths: tuple[str, ...]
    title: str
    date: str | None
    pages: tuple[Page, ...]
    section: tuple[str, ...]
    start: int
    end: int
    quote: str
    answer_span: Span | None
    passage: str
    passage_start: int
    score: float
    dense: float | None = None
    lexical: float = 0.0
    language: str | None = None
    foreign: str | None = None
    kind: BlockKind | None = None
    by: str | None = None
    recognised: bool = False
    detail: str | None = None
    details: tuple[tuple[str, str], ...] = ()
    row: CitedRow | None = None
    probable: str | None = None
    note_to: str | None = None
    between: bool = False
    absent: bool = False
    document_pages: int = 0
    document_length: int = 0

    @property
    def headings(self) -> tuple[str, ...]:
        """Those above the quote, without the document's own title."""
        return tuple(heading for heading in self.section if heading != self.title)

    def as_json(self) -> dict[str, Any]:
        """The citation as design.md spells it, all from `language` on where it has them."""
        known = {
            "foreign": self.foreign,
            "between": self.between or None,
            "probable": self.probable,
            "note_to": self.note_to,
            "recognised": self.recognised or None,
            "kind": self.kind,
            "by": self.by,
            "detail": self.detail,
            "row": self.row and self.row.as_json(),
        }
        return {
            "n": self.n,
            "document": self._document_json(),
            "pages": [{"number": page.number, "label": page.label} for page in self.pages],
            "section": list(self.section),
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            **{name: value for name, value in known.items() if value is not None},
            "answer_span": [self.answer_span.start, self.answer_span.end] if self.answer_span else None,
            "passage": self.passage,
            "score": round(self.score, 4),
        }

    def _document_json(self) -> dict[str, Any]:
        """Its document; `copies`, `absent`, `date`, `language` and `details` where it has them."""
        document: dict[str, Any] = {"id": self.document_id, "path": self.paths[0], "title": self.title}
        if len(self.paths) > 1:
            document["copies"] = list(self.paths[1:])
        if self.absent:
            document["absent"] = True
        if self.date is not None:
            document["date"] = self.date
        if self.language is not None:
            document["language"] = self.language
        for name, value in self.details:
            document.setdefault("details", {}).setdefault(name, []).append(value)
        return document


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file, or some of its pages, not read or not surely; `pages` None means all of it."""

    path: str
    pages: tuple[int, ...] | None
    reason: Reason

    def as_json(self) -> dict[str, Any]:
        """The entry as design.md spells it."""
        pages = list(self.pages) if self.pages else None
        return {"path": self.path, "pages": pages, "reason": worded(self.reason)}


@dataclass(frozen=True, slots=True)
class Offer:
    """What was asked for that no quote is, and what there is in its place.

    outline: of one document, the first sentence of each section, in its order, numbered.
    documents: path and title ("" for none) of those that may be meant; `more` are not named.
    things: those that are compared, each with the number of its citation, None where nothing was found.
    questions: those that the documents answer.
    """

    kind: Literal["summary", "comparison", "help"]
    outline: tuple[Citation, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    more: int = 0
    things: tuple[tuple[str, int | None], ...] = ()
    questions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As design.md spells it, without what it has none of."""
        parts = {
            "outline": [citation.as_json() for citation in self.outline],
            "documents": [{"path": path, "title": title} for path, title in self.documents],
            "more": self.more,
            "things": [{"name": name, "n": n} for name, n in self.things],
            "questions": list(self.questions),
        }
        return {"kind": self.kind, **{name: part for name, part in parts.items() if part}}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer made of the documents' own words, a quote that may be one, or an honest "not found".

    `confidence` is the probability, 0 to 1, that the first citation (or the closest passage)
    answers the question. The answer's text is made of the citations numbered `answering`; the
    others are further passages, best first. `timings_ms` maps a step to its milliseconds. `differs` is
    true if the documents of the answer give different figures, `by_document` if the answer is those that
    speak of a topic, each with its best quote. `calibrated` is false if the confidence's constants were
    not fitted for the embedding model, `by_words` is true if that does not know the question's script.
    `offer` stands beside the answer, or in its place, where something was asked for that no quote is.
    """

    question: str
    searched_as: str
    status: Status
    confidence: float
    citations: tuple[Citation, ...]
    answering: tuple[int, ...]
    closest: tuple[Citation, ...]
    unread: tuple[UnreadFile, ...]
    generation: int
    timings_ms: dict[str, float]
    differs: bool = False
    by_document: bool = False
    calibrated: bool = True
    by_words: bool = False
    offer: Offer | None = None

    @property
    def sources(self) -> tuple[Citation, ...]:
        """Everything that is quoted, by number: what a link may open."""
        return self.citations or self.closest or (self.offer.outline if self.offer else ())

    @property
    def own(self) -> tuple[Citation, ...]:
        """The citations that the answer's text is made of."""
        return tuple(citation for citation in self.citations if citation.n in self.answering)

    @property
    def further(self) -> tuple[Citation, ...]:
        """The other citations."""
        return tuple(citation for citation in self.citations if citation.n not in self.answering)

    @property
    def text(self) -> str | None:
        """The quoted sentences, joined, each followed by its number; None where nothing was found."""
        return " ".join(f"{c.quote} [{c.n}]" for c in self.own) or None

    def as_json(self, qid: str | None = None) -> dict[str, Any]:
        """The answer as design.md spells it; `qid` only where one was given."""
        return {
            **({"qid": qid} if qid is not None else {}),
            "question": self.question,
            "searched_as": self.searched_as,
            "status": self.status,
            "confidence": round(self.confidence, 4),
            **({} if self.calibrated else {"calibrated": False}),
            **({"by_words": True} if self.by_words else {}),
            "answer": self.text,
            "citations": [citation.as_json() for citation in self.citations],
            "closest": [citation.as_json() for citation in self.closest],
            "unread": [entry.as_json() for entry in self.unread],
            **({"differs": True} if self.differs else {}),
            **({"by_document": True} if self.by_document else {}),
            **({"offer": self.offer.as_json()} if self.offer else {}),
            "generation": self.generation,
            "timings_ms": {step: round(ms, 2) for step, ms in self.timings_ms.items()},
        }


def status_of(confidence: float, threshold: float) -> Status:
    """What a quote is shown as: an answer from the threshold on, below it perhaps a possible one."""
    if confidence >= threshold:
        return "answered"
    return "possible" if confidence >= POSSIBLE else "not_found"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier turn of a conversation; `quoted` are the ids of the documents that it quotes, in order."""

    role: Literal["user", "assistant"]
    text: str
    quoted: tuple[str, ...] = ()
