"""How what is offered in an answer's place, or beside one, looks to a person at a terminal."""

from rich.console import Console
from rich.text import Text

from app.answering.answer import Answer, Citation, Offer
from app.command_line.terminal import flat, print_answer, quote_text, wrapped
from app.phrases.languages import ENGLISH
from app.phrases.wording import pages_words


def print_reply(answer: Answer, console: Console) -> None:
    """The answer, under what it is offered for if it is; or what is offered in its place."""
    offer = answer.offer
    if offer is None:
        print_answer(answer, console)
        return
    if offer.kind != "help":
        wrapped(console, Text(ENGLISH.quotes_only, "yellow"))
    if answer.sources and not offer.outline:
        if answer.status != "not_found":
            _beside(offer, console)
        print_answer(answer, console)
        return
    if offer.kind == "help":
        wrapped(console, Text(ENGLISH.can_answer))
    for question in offer.questions:
        wrapped(console, Text(flat(question), "bold"), 2)
    if offer.outline:
        wrapped(console, Text(ENGLISH.its_outline))
    for citation in offer.outline:
        _section(citation, console)
    if offer.documents:
        _choices(offer, console)


def _beside(offer: Offer, console: Console) -> None:
    """What the answer below it is instead, and which of the things that are compared each quote is about."""
    wrapped(console, Text(ENGLISH.on_each if offer.things else ENGLISH.what_is_said))
    for name, n in offer.things:
        about = Text(f"{flat(name)}: ")
        wrapped(console, about.append(f"[{n}]" if n else ENGLISH.nothing_on, "cyan" if n else ""), 2)
    console.print()


def _section(citation: Citation, console: Console) -> None:
    """The heading and the pages, then the sentence; above the first the document."""
    if citation.n == 1:
        console.print()
        wrapped(console, Text(flat(f"{citation.title} · {citation.paths[0]}"), "dim"))
    where = [" › ".join(citation.headings) or citation.title, pages_words(citation.pages, citation.paths[0])]
    console.print()
    wrapped(console, Text(" · ".join(flat(part) for part in where if part), "bold"), 2)
    quoted = quote_text(citation)
    quoted.stylize("not bold")
    wrapped(console, quoted, 4)


def _choices(offer: Offer, console: Console) -> None:
    """How the outline of each document is asked for."""
    wrapped(console, Text(ENGLISH.which_document))
    for path, title in offer.documents:
        shown = Text(ENGLISH.outline_of.format(title=flat(title or path)), "bold")
        wrapped(console, shown.append(f" ({flat(path)})" if title else "", "not bold dim"), 2)
    if offer.more:
        wrapped(console, Text(ENGLISH.more_files.format(n=f"{offer.more:,}")), 2)
