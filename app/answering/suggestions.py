"""Questions made of a document's sentences and headings: to begin with, and to go on with from a quote."""

import re
from collections import deque
from collections.abc import Iterable, Iterator

from ingest.document import Block, Document

_LEADS = frozenset("The A An How Why What When Where Who".split())  # small within one
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:[.)]\d{0,2})+\s+")  # "2. ", "3.1 "
# English sentences that say what a name stands for, or when something that has a name was done.
_STATEMENT = re.compile(r"(?:^|(?<=[.!?] ))(The )?([A-Z][\w’'&-]*(?: [\w’'&-]+){0,7}?) (is|was|were) ")
_IS = re.compile(r"(?:an?|the|one of the) (\w[^.,;]*)")
_SAID = 200  # characters of what is said that are looked at
_DONE = re.compile(
    r"(\w+ed|held|built|begun|overthrown|written)\b[^.;:]{0,80}?\b(?:in|on) "
    r"(?:\d{1,2} )?(?:(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December) )?"
    r"(?:\d{1,2}, )?(?:1[5-9]|20)\d\d\b"
)
_PERSON = re.compile(
    r"advis[eo]r|ambassador|author|diplomat|director|economist|historian|journalist|lawyer|lecturer|minister|"
    r"politician|president|professor|researcher|scholar|writer"
)
_HEAD = re.compile(r"\s+(?:of|for|to|at|in|on|by|from|with|and|who|whose|that|which|based)\b")  # what ends it
_LOWER = frozenset("of for and the in on to &".split())  # within a name
_NO_NAME = frozenset(
    "The A An It This That These Those They He She We You I There Here What Who Which Such Both Each Many "
    "Most Some All One Another If When While Although As Since In On At By With From After Before Under "
    "Among During Later Then Now Today But And Or So No Not Chapter Figure Table Section Appendix".split()
)


def about(document: Document, language: str | None = None) -> list[str]:
    """Questions about its names, then about its headings; of that language, if given."""
    return [*about_names(document, language), *about_headings(document, language)]


def about_names(document: Document, language: str | None = None) -> list[str]:
    """What a name stands for, or when it was made, as sentences say it; of that language, if given.

    Only of English sentences, in their order: "The X of Y is a ..." makes "What is the X of Y?".
    """
    if language not in (None, "en"):
        return []
    asked: list[str | None] = []
    for block in document.blocks:
        if block.kind == "paragraph" and block.language == "en":
            text = " ".join(document.text[block.start : block.end].split())
            for statement in _STATEMENT.finditer(text):
                asked.append(_about_name(statement, text[statement.end() :][:_SAID]))
    return list(dict.fromkeys(question for question in asked if question))


def _about_name(statement: re.Match[str], rest: str) -> str | None:
    """A question about what the sentence begins with, `rest` being what it says of that; None for no name."""
    article, name, verb = statement.groups()
    if not _is_name(name, with_article=bool(article)):
        return None
    named = f"the {name}" if article else name
    if verb != "is":
        done = _DONE.match(rest)
        return f"When {verb} {named} {done[1]}?" if done else None
    meant = _IS.match(rest)
    if not meant:
        return None
    if not _PERSON.fullmatch(_HEAD.split(meant[1])[0].split()[-1]):
        return f"What is {named}?"
    return None if article else f"Who is {named}?"


def _is_name(name: str, with_article: bool) -> bool:
    """True if the words are a name: "Gertrude Bell", "1930 Treaty", "OPEC", "(The) Treaty of Jeddah"."""
    words = name.split()
    marked = [word for word in words if word[0].isupper() or word[0].isdigit()]
    if words[0] in _NO_NAME or words[0].endswith("ing"):
        return False
    if len(marked) < 2 and not with_article and not name.isupper():
        return False
    return all(word in marked or word in _LOWER for word in words)


def about_headings(document: Document, language: str | None = None) -> list[str]:
    """A question about each heading that suits one, in the document's order; of that language, if given."""
    blocks = (document.blocks[at] for at in _headings(document))
    asked = (_question(document, block) for block in blocks if language in (None, block.language))
    return list(dict.fromkeys(question for question in asked if question))


def about_near_headings(document: Document, start: int) -> list[str]:
    """The same about the headings around an offset, the nearest of its own section's kind first.

    The headings that stand beside its own come before all others, and what follows before what precedes.
    The last is its own.
    """
    headings = _headings(document)
    if not headings:
        return []
    own = max((at for at in headings if document.blocks[at].start <= start), default=headings[0])
    beside = document.section_of(document.blocks[own].start)

    def nearness(at: int) -> tuple[bool, bool, int, bool]:
        apart = document.section_of(document.blocks[at].start) != beside
        return at == own, apart, abs(headings.index(at) - headings.index(own)), at < own

    asked = (_question(document, document.blocks[at]) for at in sorted(headings, key=nearness))
    return list(dict.fromkeys(question for question in asked if question))


def in_turn(columns: Iterable[Iterator[str]]) -> Iterator[str]:
    """One of each column, then another of each, until none is left; none twice, none before it is needed.

    `in_turn([iter("ab"), iter("ac")]) -> "a", "c", "b"`
    """
    waiting, seen = deque(columns), set[str]()
    while waiting:
        column = waiting.popleft()
        if fresh := next((one for one in column if one not in seen), None):
            seen.add(fresh)
            waiting.append(column)
            yield fresh


def _headings(document: Document) -> list[int]:
    """Places of the headings with text of their own: a cover's lines have none."""
    blocks = document.blocks
    return [
        at
        for at, block in enumerate(blocks[:-1])
        if block.kind == "heading" and blocks[at + 1].kind != "heading"
    ]


def _question(document: Document, heading: Block) -> str | None:
    """A question about the heading, itself where it is one; None for less than two words, or too many."""
    text = document.text[heading.start : heading.end].strip(" :：.")
    if numbered := _SECTION_NUMBER.match(text):
        text = text[numbered.end() :]
    words = text.split()
    if not 2 <= sum(word[0].isalpha() for word in words) <= len(words) <= 9 or not text[0].isalpha():
        return None
    if text.endswith(("?", "؟")):
        return text
    if heading.language == "ar":
        return f"حدثني عن {text}"
    # In single quotes: what stands in double ones would be searched for as it stands.
    return f"Tell me about {text[0].lower() + text[1:] if words[0] in _LEADS else f'‘{text}’'}"
