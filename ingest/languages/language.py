"""The shape of what is known of a language; each of the other modules here fills it in for one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import snowballstemmer


@dataclass(frozen=True, slots=True)
class FollowUps:
    """How a question says that it leans on the one before, in folded words.

    openings: what it begins with: "what about".
    conjunctions: words that join it to what was said: "and".
    joined: letters that do so, written together with a stop word.
    choices: what stands for the things that were quoted, of which one is asked for: "of these".
    pronouns: what stands for something named before: "it".
    possessives: those that say whose a thing is: "its".
    definitions: what a question begins with that names all it asks about, in one word: "what is".
    vague: words that tell nothing of what is asked about, though no stop words: "example".
    """

    openings: tuple[str, ...] = ()
    conjunctions: frozenset[str] = frozenset()
    joined: str = ""
    choices: tuple[str, ...] = ()
    pronouns: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    definitions: tuple[str, ...] = ()
    vague: frozenset[str] = frozenset()


NO_HINTS = FollowUps()


@dataclass(frozen=True, slots=True)
class Requests:
    """How people ask for what no quote is, as regular expressions over a whole question in folded letters.

    Its last marks are gone, and letters stand for letters, so that a place in it is one in the question.

    help: asks what can be asked.
    summary: asks to shorten `of`, which may be a topic, or is not there.
    contents: asks what stands in `of`, which is a document.
    comparison: asks to compare what `of` joins.
    joints: what joins two things, the one that decides first: " with ", " and ".
    within: words behind which a thing begins, and before which one ends: "in".
    whose: the same, but none ends before them, and they go on a name: "the Treaty of Jeddah".
    others: words of a thing that is not named: "other", "most".
    whole: words that mean a document as a whole, beside what documents are called: "pdf", "main".
    this: words before what a document is called, whatever that is: "this contract".
    """

    help: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    comparison: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    within: frozenset[str] = frozenset()
    whose: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    this: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Words with a full stop that may end no sentence, without it; one that is written "Sun" is not "sun".

    titles: behind which none ends: "Mr".
    words: behind which one ends only where a stop word with a capital letter follows: "Inc".
    beside_numbers: behind which one ends before any capital but a label ("Fig. S2"): "fig", "mg".
    ordinals: true if a number with a full stop is one: "3. Mai".
    """

    titles: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    beside_numbers: frozenset[str] = frozenset()
    ordinals: bool = False


def abbreviations(
    titles: str = "", words: str = "", beside_numbers: str = "", ordinals: bool = False
) -> Abbreviations:
    """The abbreviations of lists written as texts."""
    return Abbreviations(
        frozenset(titles.split()), frozenset(words.split()), frozenset(beside_numbers.split()), ordinals
    )


@dataclass(frozen=True, slots=True)
class Language:
    """What the product knows of one language.

    code: ISO 639-1, "en".
    script: the first word of its letters' Unicode names, "LATIN".
    stop_words: words that say nothing of what is asked about, question words among them, in small letters
        and, where the index folds letters, folded.
    stem: a folded word to its stem: "treaties" -> "treati".
    parts: a folded word to further terms that it is ranked by, none in most languages.
    abbreviations: those whose full stop may end no sentence.
    numbers: number words, folded, with their values: "thirty" -> 30.
    follow_ups: how its questions lean on others.
    bounds: what stands before a year where another one is meant: "before".
    documents: what its questions call the documents, any form of the word: "report".
    say: what these are asked to do with a topic: "mention".
    requests: how it asks for a summary, a comparison or help.
    details: for what a file says of itself, by its name, words that questions ask for it with.
    """

    code: str
    script: str
    stop_words: frozenset[str]
    stem: Callable[[str], str]
    abbreviations: Abbreviations
    numbers: Mapping[str, int]
    parts: Callable[[str], Sequence[str]] = lambda _: ()
    follow_ups: FollowUps = NO_HINTS
    bounds: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    say: frozenset[str] = frozenset()
    requests: Requests = field(default_factory=Requests)
    details: Mapping[str, str] = field(default_factory=dict)


def snowball(name: str) -> Callable[[str], str]:
    """The Snowball stemmer of that name (Porter 2001, "Snowball: a language for stemming algorithms")."""

    def stem(word: str) -> str:
        # A stemmer keeps the word that it works on: one shared by two threads would mix theirs.
        return str(snowballstemmer.stemmer(name).stemWord(word))

    return stem


def words(text: str) -> frozenset[str]:
    """The words of a list written as one text, in small letters."""
    return frozenset(text.casefold().split())


def counted(text: str, start: int = 0, step: int = 1) -> dict[str, int]:
    """Number words in order, with the names of one number joined by "|": `counted("one|an two", 1)`."""
    values = enumerate(text.casefold().split())
    return {name: start + step * place for place, names in values for name in names.split("|")}
