"""An answer as HTML for the chat, and as the plain text that is copied."""

from collections.abc import Iterable, Sequence

from app.answering.answer import Answer, Citation, Offer
from app.phrases.wording import confidence_words, date_words
from app.phrases.words import Words
from app.web.html.citation import by_document, link_html, place_of, quote_html
from app.web.html.escaping import safe, title_of, unread_html
from app.web.html.map import map_html
from app.web.html.offer import offer_html, offer_note

_UNREAD = 5  # unread files that are named at once; the others are folded away


def answer_html(
    answer: Answer,
    turn: int,
    chosen: Sequence[str],
    words: Words,
    *,
    reading: bool = False,
    named: bool = False,
) -> str:
    """An answer as a chat message; its links name the turn and the citation, `#cite-0-1`.

    `reading` is true if it was not found while documents were still being read. What was not read is folded
    where an earlier answer of the conversation has `named` it.
    """
    head = _notes(answer, chosen, words)
    if answer.offer and not answer.citations:
        foot = f'<div class="m-foot">{_copy(copy_text(answer, words), words)}</div>' * bool(answer.sources)
        return f'<div class="m-answer">{head}{offer_html(answer.offer, turn, words)}{foot}</div>'
    if answer.status == "not_found":
        near = _not_found(answer, turn, words, reading=reading, named=named)
        return f'<div class="m-answer m-notfound">{head}{near}</div>'
    possible = answer.status == "possible"
    head += f'<p class="m-verdict">{words.possible if possible else words.answered}</p>'
    if answer.differs:
        head += f'<p class="m-note">{words.differ}</p>'
    more = _folded(words.further(len(answer.further)), answer.further, answer, turn, words)
    more += map_html(answer, turn, words)
    if not answer.calibrated:
        more += f'<p class="m-note">{words.uncalibrated}</p>'
    return (
        f'<div class="m-answer{" m-possible" * possible}">{head}{_own(answer, turn, words)}{more}'
        f'<div class="m-foot">{_confidence(answer.confidence, words)}'
        f"{_copy(copy_text(answer, words), words)}</div></div>"
    )


def _notes(answer: Answer, chosen: Sequence[str], words: Words) -> str:
    """What was asked for that no quote is, what was searched, in which documents, and how."""
    notes = []
    if answer.searched_as != answer.question:
        notes.append(words.searched_as.format(question=_chip(answer.searched_as, words)))
    if chosen:
        paths = words.comma.join(f'<bdi dir="auto">{safe(name)}</bdi>' for name in chosen)
        notes.append(words.answered_from.format(paths=paths))
    if answer.by_words:
        notes.append(words.by_words)
    offer = offer_note(answer, words) if answer.offer else ""
    return offer + "".join(f'<p class="m-note">{note}</p>' for note in notes)


def searching_html(documents: int, words: Words) -> str:
    """What stands in the answer's place until it is there; the style sheet shows it after 300 ms."""
    return (
        f'<div class="m-searching" role="status"><span>{words.searching(documents)}</span> '
        f'<button type="button" class="m-cancel">{words.cancel}</button></div>'
    )


def follow_ups_html(questions: Sequence[str], answers: int, words: Words) -> str:
    """Questions to go on with, each a button; "" for none. The script hides them where `answers` are more."""
    if not questions:
        return ""
    chips = "".join(
        f'<button type="button" class="m-pose" dir="auto">{safe(each)}</button>' for each in questions
    )
    return (
        f'<div class="m-follow-ups" role="group" aria-label="{words.nearby}" data-answers="{answers}">'
        f'<span class="m-note">{words.nearby}</span>{chips}</div>'
    )


def copy_text(answer: Answer, words: Words) -> str:
    """The answer, or the outline, as plain text with the documents and pages it cites, a line each."""
    quoted = answer.own or answer.sources
    sources = [
        f"[{c.n}] "
        + words.comma.join(
            filter(
                None,
                (title_of(c), c.paths[0] if c.title else "", *place_of(c, words, dated=answer.differs)),
            )
        )
        for c in quoted
    ]
    return "\n".join([*(f"{c.quote} [{c.n}]" for c in quoted), "", *sources])


def _own(answer: Answer, turn: int, words: Words) -> str:
    """The answer's quotes, under what is compared, or the documents if these are several or asked for."""
    if answer.offer and answer.offer.things:
        return _sides(answer, answer.offer, turn, words)
    documents = by_document(answer.own)
    if len(documents) < 2 and not answer.by_document:
        return _quotes(answer.own, answer, turn, words)
    return "".join(
        f"<section>{_document(cited[0], answer.differs, words)}"
        f"{_quotes(cited, answer, turn, words, titled=False)}</section>"
        for cited in documents
    )


def _sides(answer: Answer, offer: Offer, turn: int, words: Words) -> str:
    """What answers as a whole, if anything does; then the quote on each thing, side by side."""
    by_number = {citation.n: citation for citation in answer.own}
    each = ((name, by_number.get(n or 0)) for name, n in offer.things)
    of_things = {n for _, n in offer.things}
    return (
        _quotes([one for one in answer.own if one.n not in of_things], answer, turn, words)
        + '<div class="m-sides">'
        + "".join(
            f'<section><h2 class="m-document" dir="auto">{safe(name)}</h2>'
            + (_quotes([one], answer, turn, words) if one else f'<p class="m-note">{words.nothing_on}</p>')
            + "</section>"
            for name, one in each
        )
        + "</div>"
    )


def _document(citation: Citation, dated: bool, words: Words) -> str:
    date = f' <span class="m-note">{safe(date_words(citation.date, words))}</span>' if dated else ""
    return f'<h2 class="m-document"><bdi>{safe(title_of(citation))}</bdi>{date}</h2>'


def _quotes(
    citations: Iterable[Citation], answer: Answer, turn: int, words: Words, *, titled: bool = True
) -> str:
    return "".join(
        quote_html(one, link_html(one, turn, words, titled=titled), answer.searched_as, words)
        for one in citations
    )


def _not_found(answer: Answer, turn: int, words: Words, *, reading: bool, named: bool) -> str:
    still = f'<p class="m-note">{words.unread_then}</p>' if reading else ""
    near = _folded(words.closest(len(answer.closest)), answer.closest, answer, turn, words)
    return f'<p class="m-verdict">{words.not_found}</p>{still}{near}{_unread(answer, words, named)}'


def _unread(answer: Answer, words: Words, named: bool) -> str:
    """The files where the answer may stand all the same."""
    entries = [f"<li>{unread_html(entry, words)}</li>" for entry in answer.unread]
    if not entries:
        return ""
    listed = f'<ul class="m-unread">{"".join(entries[:_UNREAD])}</ul>'
    if rest := entries[_UNREAD:]:
        summary = words.more_files.format(n=f"{len(rest):,}")
        listed += (
            f'<details class="m-more"><summary>{summary}</summary>'
            f'<ul class="m-unread">{"".join(rest)}</ul></details>'
        )
    summary = f"<summary>{words.maybe_unread} ({len(entries):,})</summary>"
    return f'<details class="m-more m-gaps"{"" if named else " open"}>{summary}{listed}</details>'


def _folded(summary: str, citations: Sequence[Citation], answer: Answer, turn: int, words: Words) -> str:
    if not citations:
        return ""
    inside = _quotes(citations, answer, turn, words)
    return f'<details class="m-more"><summary>{summary}</summary>{inside}</details>'


def _chip(question: str, words: Words) -> str:
    """What was searched, a button that the script makes an input of."""
    return (
        f'<button type="button" class="m-searched"><bdi>{safe(question)}</bdi> '
        f'<span class="m-aside">({words.edit})</span></button>'
    )


def _confidence(confidence: float, words: Words) -> str:
    """How sure the answer is; what that means is read out with it, and shown like a preview."""
    said = words.confidence.format(confidence=confidence_words(confidence, words))
    note = words.confidence_note
    return (
        f'<button type="button" class="m-confidence">{said} <span class="m-aside">({note})</span></button>'
        f'<div class="m-preview" hidden>{note}</div>'
    )


def _copy(text: str, words: Words) -> str:
    button = f'<button type="button" class="m-copy">{words.copy}</button>'
    return f'{button}<span class="m-clip" hidden>{safe(text)}</span>'
