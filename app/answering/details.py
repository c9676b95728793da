"""Which of what files say of themselves a question asks for: their authors, or those by an author."""

from collections.abc import Sequence

from app.answering.comparison import Corpus
from app.answering.evidence import TermWeigher
from index.types import Hit, Query
from index.words.terms import terms
from ingest.document import Document
from ingest.languages import BY_CODE
from ingest.languages.english import ENGLISH

_NEARLY = 0.8  # share of a value in the question, or of the question in a value, that names it
_OF = {
    "date": ("creator", "publisher", "sender")
}  # "when" alone may ask for anything, "when written" asks for a date


def asked(hits: Sequence[Hit], query: Query, corpus: Corpus) -> list[Hit]:
    """The hits without the details that the query neither asks for nor names.

    "Who wrote it?" asks for an author; "Which report is by A. Hassan?" names one.
    """
    weigher = TermWeigher(query, corpus.rarity)
    words = set(terms(str(query), query.language))
    known = BY_CODE.get(query.language, ENGLISH).details

    def holds(name: str) -> bool:
        if name in known:
            return not words.isdisjoint(terms(known[name], query.language))
        return words.issuperset(terms(name, query.language))

    def is_asked(hit: Hit, document: Document) -> bool:
        detail, value = document.detail_at(hit.passage.start), hit.passage.text
        if detail is None or max(weigher.covering(value), weigher.covered(value)) >= _NEARLY:
            return True
        return holds(detail.name) and any(map(holds, _OF.get(detail.name, [detail.name])))

    return [hit for hit in hits if is_asked(hit, corpus.document(hit.document_id))]
