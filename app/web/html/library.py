"""The library as HTML in which every word of others is escaped: its summary, its dialog, its list."""

from html import escape

from app.phrases.languages import autonym
from app.phrases.reasons import worded
from app.phrases.words import Words
from app.web.html.escaping import text_html, unread_html
from app.web.service.listing import Listing, Order, condition, name_of
from app.web.service.service import Library, Watching
from index.types import FileState, StoreStatus

_FIRST_DOWN = ("pages", "date")  # what is sorted by these shows first the longest, the newest
_LEDGER = 20  # entries in the summary; the list has all


def summary_html(status: StoreStatus | None, words: Words) -> str:
    """The sidebar: counts, what was not read, or not surely, and why; buttons that open the library."""
    add = f'<button type="button" class="m-add" data-library="add">{words.add}</button>'
    generation = status.generation if status else 0
    if status is None or not status.files:
        return f'<p class="m-note m-counts" data-generation="{generation}">{words.no_documents}</p>{add}'
    unread = [(file.path, entry) for file in status.files for entry in file.unread]
    ledger = "".join(f"<li>{unread_html(entry, words, path)}</li>" for path, entry in unread[:_LEDGER])
    if ledger:
        summary = words.not_read.format(n=len(unread))
        more = f'<li><button type="button" data-library="list">{words.library}</button></li>'
        ledger += more if len(unread) > _LEDGER else ""
        ledger = f"<details><summary>{summary}</summary><ul>{ledger}</ul></details>"
    counts = (
        words.n_documents(status.documents),
        words.n_pages(status.pages) if status.pages else "",
        words.n_passages(status.passages),
    )
    return (
        f'<p class="m-counts" data-generation="{generation}">{words.comma.join(filter(None, counts))}</p>'
        f'<button type="button" class="m-library" data-library="list">{words.library}</button>{add}'
        f'<div class="m-ledger">{ledger}</div>'
    )


def reading_html(words: Words) -> str:
    """The sidebar, while anything is read: what, how far, how long still; the script fills it in."""
    return (
        '<div class="m-busy" hidden><p><span role="status"></span>'
        f'<button type="button" class="m-stop">{words.stop}</button></p>'
        '<bdi class="m-path" dir="ltr"></bdi>'
        f'<progress aria-label="{words.being_read}"></progress>'
        '<p class="m-note"><span></span><span></span></p></div>'
    )


def dialog_html(library: Library, words: Words) -> str:
    """The library's dialog: what is handed in above, the list below, which the script fetches."""
    return (
        f'<dialog class="m-shelf" aria-labelledby="m-shelf-title" data-limit="{library.max_file_mb}">'
        f'<header><h2 id="m-shelf-title">{words.documents}</h2>'
        f'<button type="button" class="m-leave" data-library="close" aria-label="{words.close_library}">×'
        "</button></header>"
        f'<div class="m-drop"><span>{words.drop_here}</span>'
        f'<button type="button" data-library="files">{words.choose_files}</button>'
        f'<button type="button" data-library="folder">{words.choose_folder}</button>'
        f'<input type="file" multiple hidden aria-label="{words.choose_files}">'
        f'<input type="file" webkitdirectory hidden aria-label="{words.choose_folder}"></div>'
        f'<section class="m-uploads" aria-label="{words.add}" hidden>'
        '<div class="m-far"><progress></progress><span role="status"></span>'
        f'<button type="button" data-library="cancel">{words.cancel}</button>'
        f'<button type="button" data-library="clear" hidden>{words.clear_uploads}</button></div>'
        '<ul tabindex="0"></ul></section>'
        f'<div class="m-find"><input type="search" aria-label="{words.find_document}" '
        f'placeholder="{words.find_document}">'
        '<span role="status"></span></div>'
        '<div class="m-all" tabindex="-1"></div></dialog>'
        f'<div class="m-dropping" hidden>{words.drop_now}</div>'
    )


def list_html(status: StoreStatus | None, library: Library, listing: Listing, words: Words) -> str:
    """The files asked for, with what is known of each and can be done with it, and how the watch stands."""
    if status is None or not status.files:
        return f'{_watch(library.watching(), words)}<p class="m-note">{words.no_documents}</p>'
    found = listing.found(status.files)
    shown = found[listing.start : listing.start + listing.most]
    ours = [library.is_upload(file) for file in shown]
    rows = "".join(_row(file, our, words) for file, our in zip(shown, ours, strict=True))
    note = "" if all(ours) else f'<p class="m-note">{words.not_ours}</p>'
    none = "" if found else f'<p class="m-note">{words.none_named}</p>'
    return (
        f"{_watch(library.watching(), words)}{note}{_orders(listing, words)}"
        f'<ul class="m-files" data-found="{len(found)}">{rows}</ul>{none}'
    )


def _orders(listing: Listing, words: Words) -> str:
    """A button for each order, in the places of what it is by; that of the list's own turns it round."""

    def button(order: Order, word: str) -> str:
        now = order == listing.order
        down = not listing.down if now else order in _FIRST_DOWN
        told = f' <span class="m-aside">{words.descending if listing.down else words.ascending}</span>'
        return (
            f'<button type="button" data-order="{order}" data-down="{str(down).lower()}" '
            f'aria-pressed="{str(now).lower()}">{word}{told * now}</button>'
        )

    named: tuple[tuple[Order, str], ...] = (
        ("name", words.by_name),
        ("pages", words.pages),
        ("date", words.by_date),
        ("language", words.document_language),
        ("state", words.by_state),
    )
    buttons = "".join(button(order, word) for order, word in named)
    turned = " m-down" * listing.down
    return f'<div class="m-orders{turned}" role="group" aria-label="{words.sort_by}">{buttons}</div>'


def _watch(watching: Watching | None, words: Words) -> str:
    if watching is None:
        return ""
    said = [words.watching(watching.paths)]
    if watching.ingested is not None:
        said.append(words.watched_at.format(time=f"{watching.ingested:%Y-%m-%d %H:%M}"))
    text = words.comma.join(said)
    if watching.problem is not None:
        problem = f'<bdi dir="auto">{escape(worded(watching.problem, words))}</bdi>'
        text += f"{words.comma}<strong>{words.watch_problem.format(problem=problem)}</strong>"
    return f'<p class="m-note m-watch">{text}</p>'


def _row(file: FileState, is_upload: bool, words: Words) -> str:
    name = escape(name_of(file))
    pages = words.n_pages(file.pages) if file.pages else ""
    spoken = autonym(file.language) if file.language else ""
    date = f'<bdi dir="ltr">{file.date or ""}</bdi>'
    absent = f'<span class="m-lack">{words.absent}</span>' if file.absent else ""
    facts = "".join(f'<span class="m-fact">{fact}</span>' for fact in (pages, date, escape(spoken)))
    return (
        f'<li data-path="{escape(file.path)}"><div class="m-what">'
        f'<span class="m-title" dir="auto">{text_html(name_of(file))}</span>'
        f'<bdi class="m-path" dir="ltr">{text_html(file.path)}</bdi>{absent}</div>{facts}'
        f'<div class="m-state">{_state(file, words)}</div>'
        f'<div class="m-do">{_actions(file, name, is_upload, words)}</div></li>'
    )


def _state(file: FileState, words: Words) -> str:
    """One word; where something is missing, the ledger's reasons too."""
    word = {
        "unread": words.state_unread,
        "partly": words.state_partly,
        "copy": words.a_copy,
        "read": words.state_read,
    }[condition(file)]
    reasons = "".join(f"<li>{unread_html(entry, words)}</li>" for entry in file.unread)
    return f'<span class="m-lack">{word}</span><ul class="m-reasons">{reasons}</ul>' if reasons else word


def _actions(file: FileState, name: str, is_upload: bool, words: Words) -> str:
    """Links and buttons; what a screen reader says of each ends with the document's name."""

    def button(action: str, word: str) -> str:
        return f'<button type="button" data-do="{action}" aria-label="{word}: {name}">{word}</button>'

    parts = []
    if file.state != "unread":
        address = f'href="/documents/{file.sha256}/original" target="_blank"'
        link = f'<a {address} aria-label="{words.open_original}: {name}">{words.open}</a>'
        parts = [link, button("only", words.ask_only)]
    parts.append(button("reread", words.reread))
    if is_upload:
        parts.append(button("remove", words.remove))
    return "".join(parts)
