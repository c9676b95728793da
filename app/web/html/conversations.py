"""The kept conversations as HTML: a link to each, with what can be done to it, all escaped."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from html import escape

from app.phrases.words import Words
from app.web.html.escaping import text_html
from app.web.service.conversations import LISTED, Listed

_MANY = 5  # conversations up to which they are found by eye


def conversations_html(listed: Sequence[Listed], current: str, seen: int, query: str, words: Words) -> str:
    """The conversations that a search found, all where it is empty; `current` is the id of the open one.

    `seen` is the number of the last exchange that is shown of it. The address of the page follows
    `data-current`; the box to search stands above many of them.
    """
    named = Counter(each.title for each in listed)
    items = "".join(_item(each, each.id == current, named[each.title] > 1, words) for each in listed)
    note = ""
    if query.strip() and not listed:
        note = words.none_holds
    elif len(listed) == LISTED:
        note = words.older_ones
    many = " m-many" if query.strip() or len(listed) > _MANY else ""
    return (
        f'<nav class="m-kept{many}" data-current="{current}" data-seen="{seen}" '
        f'aria-label="{words.conversations}">'
        f"{f'<h2>{words.conversations}</h2>' if items or note else ''}"
        f"<ul>{items}</ul>{f'<p class=m-note role=status>{note}</p>' if note else ''}</nav>"
    )


def _item(listed: Listed, current: bool, twin: bool, words: Words) -> str:
    """A link with its date, which the script words; a `twin` of another's title needs its time too."""
    title = escape(listed.title)
    more, date = f"m-more-{listed.id}", f"m-date-{listed.id}"
    when = f'<time id="{date}" datetime="{listed.changed}"{" data-twin" * twin}></time>'
    named = f'aria-label="{words.more_about.format(title=title)}"'
    named += f' id="{more}" aria-labelledby="{more} {date}"' * twin
    return (
        f'<li data-conversation="{listed.id}"><a class="m-conversation" href="?conversation={listed.id}" '
        f'title="{title}"{" aria-current=page" * current}>'
        f'<span dir="auto">{text_html(listed.title)}</span>{when}</a>'
        f'<details name="m-kept"><summary {named}>⋯</summary>'
        f'<p class="m-note">{words.n_questions(listed.questions)}</p><div class="m-do">'
        f'<button type="button" data-do="rename">{words.rename}</button>'
        f'<a href="/conversations/{listed.id}.md?language={words.code}" download>{words.export}</a>'
        f'<button type="button" data-do="delete">{words.delete}</button></div></details></li>'
    )


def notice_html(line: str) -> str:
    """What is to be said of the conversations, as one plain line."""
    return f'<p class="m-told" role="status" dir="auto">{escape(line)}</p>'


def gone_html(documents: AbstractSet[str], answers: int, words: Words) -> str:
    """That so many answers quote these documents, by id, which are no longer here; offers to forget them."""
    said = words.quotes_gone.format(documents=words.n_documents(len(documents)))
    return (
        f'<div class="m-told"><p role="status">{said}</p>'
        f'<button type="button" class="m-forget" data-documents="{" ".join(sorted(documents))}">'
        f"{words.forget(answers)}</button></div>"
        + _dialog("m-forget", words.forget_these, words.forget_note, words.keep, words.delete)
    )


def dialog_html(words: Words) -> str:
    """What asks once more before a conversation is deleted; the script fills its title in."""
    note = f'<bdi></bdi></p><p class="m-note">{words.delete_note}'
    return _dialog("m-delete", words.delete_this, note, words.keep_it, words.delete)


def _dialog(name: str, question: str, note: str, no: str, yes: str) -> str:
    return (
        f'<dialog id="{name}" aria-labelledby="{name}-title"><form method="dialog">'
        f'<p id="{name}-title">{question}</p><p class="m-note">{note}</p>'
        f'<div class="m-do"><button value="">{no}</button>'
        f'<button value="yes" class="m-danger">{yes}</button></div></form></dialog>'
    )
