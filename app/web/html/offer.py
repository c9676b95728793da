"""What is offered in an answer's place as HTML: an outline, documents to choose among, questions to ask."""

from collections.abc import Sequence
from dataclasses import replace

from app.answering.answer import Answer, Citation, Offer
from app.phrases.words import Words
from app.web.html.citation import link_html
from app.web.html.escaping import safe, title_of


def offer_note(answer: Answer, words: Words) -> str:
    """One line that says why there is no answer of the kind that was asked for, and what there is instead."""
    offer = answer.offer
    if offer is None or offer.kind == "help":
        return ""
    told = ""
    if answer.citations:
        told = words.on_each if offer.things else words.what_is_said
    elif offer.outline:
        told = words.its_outline
    return f'<p class="m-instead">{words.quotes_only} <span>{told}</span></p>'


def offer_html(offer: Offer, turn: int, words: Words) -> str:
    """What stands in an answer's place; the links of an outline name its sentences like citations."""
    if offer.kind == "help":
        return f'<p class="m-instead">{words.can_answer}</p>{_buttons(offer.questions)}'
    if offer.outline:
        return _outline(offer.outline, turn, words)
    more = f'<p class="m-note">{words.more_files.format(n=f"{offer.more:,}")}</p>' if offer.more else ""
    return f'<p class="m-note">{words.which_document}</p>{_buttons(_choices(offer, words))}{more}'


def _outline(outline: tuple[Citation, ...], turn: int, words: Words) -> str:
    """The document's title, then the headings, deeper ones further in, each over its first sentence."""
    title = f'<h2 class="m-document"><bdi>{safe(title_of(outline[0]))}</bdi></h2>'
    sections = "".join(
        f'<li dir="auto"{" class=m-deep" * (len(one.headings) > 1)}>'
        + "".join(f"<h3>{safe(heading)}</h3>" for heading in one.headings[-1:])
        + f"<p>{safe(one.quote)}</p>{_link(one, turn, words)}</li>"
        for one in outline
    )
    return f'{title}<ol class="m-outline">{sections}</ol>'


def _link(citation: Citation, turn: int, words: Words) -> str:
    """Its link says the pages; where there are none not the heading, which stands above."""
    return f"<div>{link_html(replace(citation, section=()), turn, words, titled=False)}</div>"


def _choices(offer: Offer, words: Words) -> list[str]:
    """How the outline of each document is asked for: by its path where its title is not its own."""
    titles = [title for _, title in offer.documents]
    named = (title if title and titles.count(title) == 1 else path for path, title in offer.documents)
    return [words.outline_of.format(title=name) for name in named]


def _buttons(questions: Sequence[str]) -> str:
    """A list of questions, each a button that asks it."""
    items = (
        f'<li><button type="button" class="m-pose" dir="auto">{safe(each)}</button></li>'
        for each in questions
    )
    return f'<ul class="m-offers">{"".join(items)}</ul>'
