"""Which of what files say of themselves a question asks for: their authors, or those by an author."""

import re
from collections.abc import Iterable, Iterator, Sequence

from app.answering.comparison import Corpus
from app.answering.evidence import TermWeigher
from index.types import Hit, Query
from index.words.terms import content_words, stems, terms
from ingest.detail_passages import name_of
from ingest.document import Document
from ingest.languages import BY_CODE
from ingest.languages.english import ENGLISH

_NEARLY = 0.8  # share of a value in the question, or of the question in a value, that names it
_HALF = 0.5  # share of the rest of the question that the document's names hold, where it means the document
_WHOLE = 0.999
_WORD = re.compile(r"[^\W_]+")
_MAKERS = ("creator", "editor", "translator", "publisher")
_OF = {"date": ("creator", "publisher")}  # "when" alone may ask for anything, "when written" asks for a date


def asked(hits: Iterable[Hit], query: Query, corpus: Corpus) -> Iterator[Hit]:
    """The hits without the details that the query neither asks for nor names.

    "Who wrote On Wells?" asks for the author of a document of that name, "Which report is by A. Hassan?"
    names one.
    """
    weigher = TermWeigher(query, corpus.rarity)
    words = set(terms(str(query), query.language))
    language = BY_CODE.get(query.language, ENGLISH)
    asking = {*terms(" ".join([*language.details.values(), *language.documents]), query.language)}
    rest = stems(content_words(str(query), query.language), query.language)
    weights = {term: corpus.rarity(term) for term in rest if term not in asking}

    def holds(name: str) -> bool:
        if name in language.details:
            return not words.isdisjoint(terms(language.details[name], query.language))
        return words.issuperset(terms(name, query.language))

    def is_meant(hit: Hit, document: Document, name: str) -> bool:
        named = " ".join([name_of(document), *hit.paths, name, hit.passage.text])
        names = set(terms(named, query.language))
        return sum(weights[term] for term in weights.keys() & names) >= _HALF * sum(weights.values())

    def is_asked(hit: Hit, document: Document) -> bool:
        detail, value = document.detail_at(hit.passage.start), hit.passage.text
        if detail is None or max(weigher.covering(value), weigher.covered(value)) >= _NEARLY:
            return True
        asks = holds(detail.name) and any(map(holds, _OF.get(detail.name, [detail.name])))
        return asks and is_meant(hit, document, detail.name)

    return (hit for hit in hits if is_asked(hit, corpus.document(hit.document_id)))


def maker_of(query: Query) -> tuple[str, str] | None:
    """Whose documents are asked for, and as what: of "Which reports are by Ada Holm?" creator and Ada Holm.

    None for other questions. The first telling word is what documents are called.
    """
    language = BY_CODE.get(query.language, ENGLISH)
    told = [word for word in _WORD.findall(query.text) if content_words(word, query.language)]
    words = [set(terms(word, query.language)) for word in told]
    documents = set(stems(language.documents, query.language))
    if not words or words[0].isdisjoint(documents):
        return None
    asking = {name: set(terms(language.details.get(name, ""), query.language)) for name in _MAKERS}
    names = [name for name in _MAKERS if not asking[name].isdisjoint(set().union(*words))]
    known = documents.union(*asking.values())
    called = " ".join(word for word, its in zip(told, words, strict=True) if its.isdisjoint(known))
    return ([*names, "creator"][0], called) if called else None


def made_by(hits: Sequence[Hit], name: str, query: Query, corpus: Corpus) -> list[Hit]:
    """Of the hits the details of that name which hold all of the query."""
    weigher = TermWeigher(query, corpus.rarity)

    def is_theirs(hit: Hit) -> bool:
        if weigher.covered(hit.passage.text) < _WHOLE:
            return False
        detail = corpus.document(hit.document_id).detail_at(hit.passage.start)
        return detail is not None and detail.name == name

    return list(filter(is_theirs, hits))
