"""What is offered where what is asked for is no quote: an outline, or the documents to choose among."""

from collections.abc import Sequence

from app.answering.answer import Answer, Citation, Offer, Turn
from app.answering.citing import cited
from app.answering.evidence import Evidence
from app.answering.outline import outline
from app.answering.reading import Reading
from app.answering.requests import telling
from index.store import Generation
from index.types import FileState, Hit, Query, Scope
from index.words.terms import terms
from ingest.languages import BY_CODE
from ingest.languages.english import ENGLISH

CHOICES = 20  # documents that are named at most where any may be meant
_NOT_JUDGED = Evidence(answers=None, share=None, cosine=None, covered=0.0, margin=0.0)


def alone(query: Query, offer: Offer, generation: Generation) -> Answer:
    """An answer that is the offer alone: nothing was searched."""
    return Answer(
        query.text, query.text, "not_found", 0.0, (), (), (), (), generation.number, {}, offer=offer
    )


def summary(
    query: Query, of: str, history: Sequence[Turn], documents: Scope, generation: Generation
) -> Offer | None:
    """The outline of the document that is meant, or those that may be; None where `of` is something else.

    That is the one that is named, else the one that was quoted last, else the only one there is.
    """
    files = [file for file in generation.status().files if file.state == "indexed"]
    if documents is not None:
        files = [file for file in files if file.sha256 in documents]
    named = _named(of, files, query.language)
    if named == []:
        return None
    meant = named or _quoted(history, files) or files
    if len(meant) == 1:
        return Offer("summary", outline=_outline(query, meant[0], generation))
    choices = tuple((file.path, file.title or "") for file in meant[:CHOICES])
    return Offer("summary", documents=choices, more=len(meant) - len(choices))


def _named(of: str, files: Sequence[FileState], language: str) -> list[FileState] | None:
    """The documents of that title or path, or whose names hold all it tells; None where it tells nothing."""
    called = [file for file in files if of in (file.path, file.title)]
    wanted = telling(of, BY_CODE.get(language, ENGLISH))
    if called or not wanted:
        return called or None
    return [file for file in files if wanted <= set(terms(f"{file.title} {file.path}", language))]


def _quoted(history: Sequence[Turn], files: Sequence[FileState]) -> list[FileState]:
    """The document that was quoted last, first of its answer; [] where none was, or it is not among these."""
    last = next((turn.quoted[0] for turn in reversed(history) if turn.quoted), None)
    return [file for file in files if file.sha256 == last]


def _outline(query: Query, file: FileState, generation: Generation) -> tuple[Citation, ...]:
    """The first sentence of each of the document's sections, as citations of its passages."""
    [document_id] = generation.document_ids(frozenset({file.sha256 or ""}))
    passages = generation.passages(map(int, generation.passage_ids([document_id])))
    paths = generation.paths(document_id)
    hits = [Hit(one, document_id, paths, passage, None, 0.0, 0.0) for one, (_, passage) in passages.items()]
    told = outline(generation.document(document_id), hits)
    readings = (Reading(hit, quote, None, _NOT_JUDGED, 0.0) for hit, quote in told)
    return tuple(cited(n, reading, generation, query) for n, reading in enumerate(readings, 1))
