"""From a reading to a citation, whose words are compared with the stored text before they leave."""

from pathlib import PurePosixPath

from app.answering.answer import Citation
from app.answering.candidates import foreign_language
from app.answering.reading import Reading
from app.answering.rows import cited_row
from index.store import Generation
from index.types import Hit, Query
from ingest.document import ASIDE, Document, Span, main_language
from ingest.errors import StoreDamaged
from ingest.quotes.noted import noted
from ingest.quotes.printed import printed_pages
from ingest.spelling.turned import probable_quote


def cited(n: int, reading: Reading, generation: Generation, query: Query) -> Citation:
    """The reading as a citation, its words compared with the stored text. Raises: StoreDamaged."""
    hit = reading.hit
    document = generation.document(hit.document_id)
    around = _around(hit, reading.quote, document, generation)
    block = document.blocks[document.block_at(reading.quote.start)]
    pages = document.pages_of(reading.quote)
    printed, between = printed_pages(document, reading.quote)
    return Citation(
        n=n,
        document_id=document.sha256,
        absent=(away := generation.away()).issuperset(hit.paths),
        paths=tuple(path for path in hit.paths if path not in away) or hit.paths,
        title=document.title or PurePosixPath(hit.paths[0]).stem,
        date=document.date,
        pages=pages or printed,
        between=between,
        section=document.section_of(reading.quote.start),
        start=reading.quote.start,
        end=reading.quote.end,
        quote=document.text[reading.quote.start : reading.quote.end],
        answer_span=reading.answer_span,
        passage=document.text[around.start : around.end],
        passage_start=around.start,
        score=reading.confidence,
        dense=hit.dense,
        lexical=hit.lexical,
        language=main_language(document.blocks),
        foreign=foreign_language(reading.quote, document, query.language),
        kind=block.kind if block.kind in ASIDE else None,
        by=block.by,
        recognised=any(page.number in document.recognised for page in pages),
        detail=said.name if (said := document.detail_at(reading.quote.start)) else None,
        details=tuple((each.name, document.text[each.start : each.end]) for each in document.details),
        probable=probable_quote(document, reading.quote),
        note_to=document.text[to.start : to.end] if (to := noted(document, reading.quote.start)) else None,
        document_pages=len(document.pages),
        document_length=len(document.text),
        row=cited_row(reading.quote, reading.answer_span, document),
    )


def _around(hit: Hit, quote: Span, document: Document, generation: Generation) -> Span:
    """The hit's passage, compared with the stored text, and the quote. Raises: StoreDamaged."""
    passage = hit.passage
    if document.text[passage.start : passage.end] != passage.text:
        raise StoreDamaged(
            generation.directory, f"{hit.paths[0]}: a passage is not what the document says: ingest it anew"
        )
    return Span(min(passage.start, quote.start), max(passage.end, quote.end))
