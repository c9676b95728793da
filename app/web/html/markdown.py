"""A conversation as Markdown: its questions, the quotes that answer them, and where these stand."""

import re
from collections.abc import Iterator, Sequence

from app.answering.answer import Answer, Citation
from app.phrases.reasons import worded
from app.phrases.wording import confidence_words, credit_words, date_words, pages_words
from app.phrases.words import Words
from app.web.html.citation import kind_of
from app.web.html.escaping import title_of
from app.web.service.conversations import Conversation
from app.web.service.exchange import Exchange
from app.web.service.filters import labels

# What some flavour of Markdown takes for markup anywhere in a line, and what only at its beginning.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>&|~$@^#]|(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)
_FIRST = re.compile(r"^(\d*)([.)+\-=:])")


def markdown(conversation: Conversation, words: Words) -> str:
    """The conversation in a reader's language; nothing in the words of others is markup."""
    head = [f"# {plain(conversation.title)}", conversation.created[:10]]
    blocks = [block for exchange in conversation.exchanges for block in _exchange(exchange, words)]
    return "\n\n".join([*head, *blocks]) + "\n"


def plain(text: str) -> str:
    """The text on one line, with a backslash before all that would be markup."""
    line = _ANYWHERE.sub(lambda found: f"\\{found[0]}", " ".join(text.split()))
    return _FIRST.sub(r"\1\\\2", line)


def _exchange(exchange: Exchange, words: Words) -> Iterator[str]:
    yield f"## {plain(exchange.question)}"
    if exchange.filter:
        names = words.comma.join(name for _, _, name in labels(exchange.filter, words))
        yield plain(words.answered_from.format(paths=names))
    if exchange.answer is not None:
        yield from _answer(exchange.answer, words)
    elif exchange.error is not None:
        yield plain(worded(exchange.error, words))


def _answer(answer: Answer, words: Words) -> Iterator[str]:
    if answer.searched_as != answer.question:
        yield plain(words.searched_as.format(question=answer.searched_as))
    offer = answer.offer
    if offer is not None and offer.kind != "help":
        yield plain(words.quotes_only)
    if offer is not None and not answer.citations:
        if offer.outline:
            yield from _quoted(offer.outline, words)
        yield from (f"- {plain(question)}" for question in offer.questions)
        return
    if answer.status == "not_found":
        yield f"**{words.not_found}**"
        return
    if answer.status == "possible":
        yield f"**{words.possible}**"
    if answer.differs:
        yield words.differ
    *quotes, sources = _quoted(answer.own, words)
    yield from quotes
    yield words.confidence.format(confidence=confidence_words(answer.confidence, words))
    yield sources


def _quoted(citations: Sequence[Citation], words: Words) -> Iterator[str]:
    """Each quote with its number, then the list of their sources."""
    for citation in citations:
        lines = [plain(line) for line in citation.quote.splitlines() if line.strip()]
        yield "> " + "\n>\n> ".join(lines) + f" \\[{citation.n}\\]"
    yield "\n".join(f"- \\[{citation.n}\\] {_source(citation, words)}" for citation in citations)


def _source(citation: Citation, words: Words) -> str:
    """What the citation is of: the document's title and path, its pages by both names, the headings."""
    path = citation.paths[0]
    parts = (
        title_of(citation),
        path if citation.title else "",
        pages_words(citation.pages, path, words, between=citation.between),
        credit_words(citation.details, words),
        date_words(citation.date, words) if citation.date else "",
        " › ".join(citation.section),
        kind_of(citation, words),
    )
    return plain(words.comma.join(filter(None, parts)))
