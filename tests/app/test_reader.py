"""What the reader quotes."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.answering.evidence import confidence, constants_of, features
from app.answering.query import query_of
from app.answering.reader import PassageScore, Reader, Remembering
from index.types import Hit, Query
from ingest.blocks import Content, RawBlock, assemble, block
from ingest.document import Document, Page, PageSpan, Passage, Span
from ingest.passages import passages_of
from ingest.settings import MULTILINGUAL_MODEL
from tests.support.fakes import EveryScript, WordCrossEncoder, WordEmbedder


class Shelf:
    """A corpus of one document, all of whose words are equally rare."""

    def __init__(self, *blocks: RawBlock, title: str | None = None) -> None:
        self.only = assemble("0" * 64, Content(title, blocks))

    def document(self, document_id: int) -> Document:
        return self.only

    language = "en"

    def rarity(self, word: str) -> float:
        return 1.0

    def hits(self) -> list[Hit]:
        """Every passage, with falling scores."""
        return [
            Hit(n, 1, ("a.txt",), passage, 0.5 if n == 0 else 0.4, 2.0 - n / 10, 1.5 - n / 10)
            for n, passage in enumerate(passages_of(self.only, 100))
        ]

    def surest(self, query: Query) -> float:
        """The confidence of what is quoted first."""
        return Reader(WordCrossEncoder()).read(query, self.hits(), self)[0].confidence

    def quotes(self, question: str) -> list[str]:
        """What is quoted for the question, best first."""
        readings = Reader(WordCrossEncoder()).read(query_of(question), self.hits(), self)
        assert all(0 <= reading.confidence <= 1 for reading in readings)
        return [self.only.text[reading.quote.start : reading.quote.end] for reading in readings]


GOALS = (
    block("heading", "Goals", level=1),
    block("paragraph", "Iraq weighed its position. The goals of Iraq are:"),
    block("item", "• Unity of the country."),
    block("item", "• Balance among neighbours. It matters most."),
    block("item", "• Growth."),
    block("paragraph", "Nothing else was decided."),
)


def test_the_sentence_that_answers_is_quoted_alone() -> None:
    """One sentence of three, to the letter."""
    shelf = Shelf(block("paragraph", "The pact was old. It was signed in Baghdad in 1955. Few liked it."))
    assert shelf.quotes("Where was the pact signed in 1955?") == ["It was signed in Baghdad in 1955."]


def test_a_list_that_is_asked_for_is_quoted_whole() -> None:
    """From the line that introduces it to its last item, without what stands around."""
    assert Shelf(*GOALS).quotes("What are the goals of Iraq?")[0] == (
        "The goals of Iraq are:\n\n• Unity of the country.\n"
        "• Balance among neighbours. It matters most.\n• Growth."
    )


def test_a_question_for_one_thing_does_not_get_the_list() -> None:
    """The item that answers is enough."""
    assert Shelf(*GOALS).quotes("Is balance among neighbours a goal?")[0] == "• Balance among neighbours."


def test_a_line_that_introduces_a_list_is_quoted_with_it() -> None:
    """It promises an answer and holds none, whatever was asked."""
    assert Shelf(*GOALS).quotes("Which goals of Iraq are there?")[0].endswith("• Growth.")


def test_an_item_with_a_word_of_the_question_answers_alone() -> None:
    """A list of facts under the name of a thing: the name is in the question, and so is the fact."""
    shelf = Shelf(
        block("heading", "Drill D-9", level=1),
        block("item", "• Weight: 2.4 kg with its battery"),
        block("item", "• Voltage: 18 V in both gears"),
    )
    assert shelf.quotes("What is the voltage of the drill D-9?")[0] == "• Voltage: 18 V in both gears"


def test_a_list_whose_introduction_is_the_question_is_quoted_though_a_sentence_is_surer() -> None:
    """The sentence before it has all of the question's words too."""
    shelf = Shelf(
        block("paragraph", "The goals of the plan for Iraq were long debated. The goals of the plan are:"),
        block("item", "• More schools."),
        block("item", "• Better roads."),
    )
    listed = "The goals of the plan are:\n\n• More schools.\n• Better roads."
    assert shelf.quotes("What are the goals of the plan?")[0] == listed


def test_an_arabic_list_is_asked_for_as_an_english_one() -> None:
    """What introduces it holds more of the question than its items do; no pattern of a language is needed."""
    shelf = Shelf(
        block("paragraph", "أهداف الخطة هي:"),
        block("item", "• تطوير التعليم."),
        block("item", "• بناء المدارس."),
    )
    assert shelf.quotes("ما هي أهداف الخطة؟")[0] == shelf.only.text


def test_a_list_longer_than_a_passage_is_quoted_whole_and_once() -> None:
    """Each of its passages leads to the same list; it is one citation."""
    items = [block("item", f"• Goal number {n} of Iraq is a matter of {n} words or more.") for n in range(60)]
    shelf = Shelf(block("paragraph", "The goals of Iraq are:"), *items)
    assert len(shelf.hits()) > 2
    quotes = shelf.quotes("What are the goals of Iraq?")
    assert quotes[0] == shelf.only.text
    assert len(quotes) == 1


def test_an_unmarked_first_entry_below_a_heading_with_a_colon_belongs_to_the_list() -> None:
    """As exported documents have it when the first bullet is lost."""
    shelf = Shelf(
        block("heading", "The benefits of the track:", level=1),
        block("paragraph", "Arab investments in health."),
        block("item", "- Support for projects."),
        block("item", "- Support for banks."),
    )
    assert shelf.quotes("What are the benefits of the track?")[0].startswith("Arab investments")


def test_a_title_is_not_quoted_where_anything_stands_beside_it() -> None:
    """It says what the document is about, and answers nothing; alone it is all there is."""
    title = block("heading", "The harbour report of 2022", level=1)
    assert Shelf(
        title, block("paragraph", "Nine cranes stand at its piers."), title="The harbour report of 2022"
    ).quotes("harbour report 2022") == ["Nine cranes stand at its piers."]
    assert Shelf(title, title="The harbour report of 2022").quotes("harbour 2022") == [
        "The harbour report of 2022"
    ]


def test_a_scrap_is_not_quoted_where_a_sentence_stands_beside_it() -> None:
    """A name standing alone answers nothing."""
    shelf = Shelf(block("paragraph", "Adel Saleh"), block("paragraph", "Adel Saleh wrote about the pact."))
    assert shelf.quotes("Who is Adel Saleh?")[0] == "Adel Saleh wrote about the pact."


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Checkout is noon.", "When is checkout?"),
        ("Founded: 1978", "When was it founded?"),
        ("رئيس الحي كريم.", "من رئيس الحي؟"),
    ],
)
def test_a_short_sentence_is_quoted(said: str, question: str) -> None:
    """It says all there is to say; what ends in no full stop has a label."""
    shelf = Shelf(block("paragraph", "Guests leave the key at the desk."), block("paragraph", said))
    assert shelf.quotes(question)[0] == said


@pytest.mark.parametrize("asked", ["How many books can I borrow?", "كم كتابا أستعير؟"])
def test_a_question_of_the_documents_is_no_answer_and_what_follows_it_is(asked: str) -> None:
    """The same words as the question asked, and nothing that answers it."""
    shelf = Shelf(block("paragraph", f"The rules. {asked} Twelve at a time. Bring them back in May."))
    assert shelf.quotes(asked)[0] == "Twelve at a time."
    headed = Shelf(block("heading", asked, level=1), block("paragraph", "Twelve at a time. Be kind."))
    assert headed.quotes(asked)[0] == "Twelve at a time."


def test_what_stands_in_a_heading_alone_is_quoted_from_there() -> None:
    """A date or a name above the text; a heading that only introduces is none."""
    shelf = Shelf(
        block("heading", "Siege of Kut, 7 December 1915 to 29 April 1916", level=1),
        block("paragraph", "The line carried supplies until the river rose."),
    )
    assert shelf.quotes("When was the siege of Kut?")[0] == "Siege of Kut, 7 December 1915 to 29 April 1916"
    led = Shelf(
        block("heading", "The siege of Kut and its end:", level=1),
        block("paragraph", "It ended in April."),
    )
    assert led.quotes("When did the siege of Kut end?")[0] == "It ended in April."


def test_a_passage_of_questions_is_quoted_all_the_same() -> None:
    """A list of open questions has nothing else."""
    shelf = Shelf(block("paragraph", "What does it cost the country? Who pays for it in the end?"))
    assert shelf.quotes("Who pays in the end?")[0] == "Who pays for it in the end?"


def test_a_script_the_model_does_not_know_is_read_by_its_words() -> None:
    """The sentence that shares the most words is quoted, and the cross-encoder says nothing of it."""
    shelf = Shelf(
        block("paragraph", "انضم العراق إلى الحلف. وقعت تركيا على حلف بغداد عام 1955. انتهى الأمر.")
    )
    [reading] = Reader(WordCrossEncoder()).read(
        query_of("متى وقعت تركيا على حلف بغداد؟"), shelf.hits(), shelf
    )
    assert shelf.only.text[reading.quote.start : reading.quote.end].startswith("وقعت تركيا")
    assert (reading.evidence.answers, reading.evidence.share, reading.answer_span) == (None, None, None)


def test_the_sentence_that_the_cross_encoder_believes_in_is_quoted_with_its_exact_words() -> None:
    """Its share counts for more than a word in common, and its span is the document's."""
    shelf = Shelf(block("paragraph", "The pact was old. Everyone came home in spring. Few liked it."))
    [reading] = Reader(Fixed(PassageScore(3.0, (0.02, 0.96, 0.02), (None, Span(40, 46), None)))).read(
        Query("When did they return?"), shelf.hits(), shelf
    )
    assert shelf.only.text[reading.quote.start : reading.quote.end] == "Everyone came home in spring."
    assert shelf.only.text[reading.answer_span.start : reading.answer_span.end] == "spring"
    assert (reading.evidence.answers, reading.evidence.share) == (3.0, 0.96)


def test_a_list_has_the_share_of_all_its_sentences_and_no_exact_words() -> None:
    """The belief is spread over its items; together they have it all."""
    [reading] = Reader(WordCrossEncoder()).read(
        Query("What are the goals of Iraq?"), Shelf(*GOALS).hits(), Shelf(*GOALS)
    )
    assert reading.evidence.share == pytest.approx(5 / 8)
    assert reading.answer_span is None


def test_a_passage_in_a_script_the_model_does_not_know_is_not_read() -> None:
    """An English question may find an Arabic passage; the cross-encoder says nothing of it."""
    shelf = Shelf(block("paragraph", "وقعت تركيا على حلف بغداد عام 1955."))
    [reading] = Reader(WordCrossEncoder()).read(Query("Who signed in 1955?"), shelf.hits(), shelf)
    assert reading.evidence.answers is None


def test_only_the_best_passages_are_read() -> None:
    """The others are judged by the search alone and keep a confidence."""
    shelf = Shelf(*[block("paragraph", f"Sentence {n} speaks of trade. " * 12) for n in range(12)])
    encoder = WordCrossEncoder()
    readings = Reader(encoder, read=2).read(Query("Who speaks of trade?"), shelf.hits(), shelf)
    assert encoder.read == 2
    assert sum(reading.evidence.answers is not None for reading in readings) <= 2 < len(shelf.hits())


def test_what_was_not_read_keeps_the_searchs_order_behind_what_was() -> None:
    """And is said to be no surer than what stands before it."""
    shelf = Shelf(*[block("paragraph", f"Sentence {n} speaks of trade. " * 12) for n in range(12)])
    hits = shelf.hits()
    readings = Reader(WordCrossEncoder(), read=2).read(Query("Who speaks of trade?"), hits, shelf)
    left = [reading.hit.passage_id for reading in readings if reading.evidence.answers is None]
    assert left == [hit.passage_id for hit in hits[2:]][: len(left)]
    assert len(left) > 1
    sure = [reading.confidence for reading in readings]
    assert sure == sorted(sure, reverse=True)


def test_without_a_cross_encoder_words_and_search_decide() -> None:
    """Nothing is read, and the sentence with the question's words is still the one quoted."""
    shelf = Shelf(block("paragraph", "The pact was old. It was signed in Baghdad in 1955. Few liked it."))
    [reading] = Reader(None).read(Query("Where was the pact signed in 1955?"), shelf.hits(), shelf)
    assert shelf.only.text[reading.quote.start : reading.quote.end] == "It was signed in Baghdad in 1955."
    assert reading.evidence.answers is None


def test_what_the_cross_encoder_cannot_read_is_compared_quote_by_quote() -> None:
    """By a model that knows the script: the quote nearest to the question in meaning, words of it or not."""
    shelf = Shelf(block("paragraph", "كان الحلف قديما. وقع الحلف في بغداد. لم يحبه كثيرون."))
    [reading] = Reader(WordCrossEncoder(), EveryScript()).read(
        query_of("متى وقع الحلف؟"), shelf.hits(), shelf
    )
    assert shelf.only.text[reading.quote.start : reading.quote.end] == "وقع الحلف في بغداد."
    assert (reading.judged, reading.evidence.answers, reading.evidence.foreign) == (True, None, False)
    asked, quoted = EveryScript().embed(["متى وقع الحلف؟", "وقع الحلف في بغداد."])
    assert reading.evidence.cosine == pytest.approx(float(asked @ quoted))


def test_a_heading_is_not_compared() -> None:
    """Every quote is taken with it: alone it would be nearest to whatever is asked about its subject."""
    shelf = Shelf(
        block("heading", "حلف بغداد", level=1), block("paragraph", "وقع حلف بغداد عام 1955. لم يحبه كثيرون.")
    )
    asked = query_of("لماذا قام حلف بغداد مع تركيا؟")
    [reading] = Reader(None, EveryScript()).read(asked, shelf.hits(), shelf)
    assert shelf.only.text[reading.quote.start : reading.quote.end] == "وقع حلف بغداد عام 1955."


def test_what_is_in_another_language_is_compared_too() -> None:
    """Though the cross-encoder knows the question: it takes no confidence from words that it cannot hold."""
    shelf = Shelf(block("paragraph", "كان الحلف قديما. وقع الحلف في بغداد Baghdad. لم يحبه كثيرون."))
    encoder = WordCrossEncoder()
    query = query_of("Where is Baghdad?")
    [reading] = Reader(encoder, EveryScript()).read(query, shelf.hits(), shelf)
    assert (encoder.read, reading.judged, reading.evidence.foreign) == (0, True, True)
    constants = constants_of(MULTILINGUAL_MODEL)
    assert features(reading.evidence, constants) == (1.0, reading.evidence.cosine, 0.0)
    more = replace(reading.evidence, covered=1.0)
    assert confidence(more, constants) == reading.confidence


def test_a_cross_encoder_of_one_language_is_not_asked_in_another() -> None:
    """Where quotes can be compared instead; one that was trained on several is."""
    shelf = Shelf(block("paragraph", "Der Pakt wurde in Bagdad geschlossen. Nicht alle waren für ihn."))
    for language, read in (("en", 0), ("de", 1), (None, 1)):
        encoder = WordCrossEncoder()
        encoder.language = language
        query = query_of("Wo wurde der Pakt geschlossen?")
        [reading] = Reader(encoder, EveryScript()).read(query, shelf.hits(), shelf)
        assert (query.language, encoder.read, reading.judged) == ("de", read, True)
        assert (reading.evidence.answers is not None) == bool(read)
        Reader(encoder, WordEmbedder()).read(query, shelf.hits(), shelf)
        assert encoder.read == read + 1


def test_a_model_of_one_language_compares_nothing() -> None:
    """What the cross-encoder does not know is left to the passage's place in the search."""
    shelf = Shelf(block("paragraph", "كان الحلف قديما. وقع الحلف في بغداد."))
    model = WordEmbedder()
    [reading] = Reader(WordCrossEncoder(), model).read(query_of("Where is Baghdad?"), shelf.hits(), shelf)
    assert (model.embedded, reading.judged, reading.evidence.foreign) == ([], False, False)
    assert reading.evidence.cosine == shelf.hits()[0].dense


def test_read_and_compared_are_ordered_by_confidence_together() -> None:
    """The best passages of both languages come before the rest, whose order is the search's."""
    arabic = "وقع الحلف في بغداد. " * 12
    shelf = Shelf(
        *[block("paragraph", text * 6) for text in ("Sentence of trade. " * 2, arabic, "It speaks. " * 3) * 4]
    )
    readings = Reader(WordCrossEncoder(), EveryScript()).read(
        Query("Who speaks of trade?"), shelf.hits(), shelf
    )
    judged = [reading.judged for reading in readings]
    assert {reading.evidence.foreign for reading in readings if reading.judged} == {True, False}
    assert judged == sorted(judged, reverse=True)
    sure = [reading.confidence for reading in readings]
    assert sure == sorted(sure, reverse=True)


def test_nothing_found_is_nothing_read() -> None:
    """No hits give no readings."""
    assert Reader(WordCrossEncoder()).read(Query("What?"), [], Shelf()) == []


class Fixed(WordCrossEncoder):
    """Says the same of every passage."""

    def __init__(self, score: PassageScore) -> None:
        super().__init__()
        self._score = score

    def score(self, question: str, passages: Sequence[Passage]) -> list[PassageScore]:
        return [self._score for _ in passages]


@pytest.mark.parametrize(
    ("pages", "order"),
    [
        ((), (0, 1, 2, 3, 4)),
        ((1, 1, 1, 2, 2), (0, 1, 3, 2, 4)),
        ((1, 1, 1, 1, 1), (0, 1, 2, 3, 4)),
        ((1, 2, 2, 3, 1), (0, 1, 3, 2, 4)),
    ],
)
def test_a_second_quote_of_a_page_comes_last(pages: tuple[int, ...], order: tuple[int, ...]) -> None:
    """Behind the first of every page, unless it was read, as the first two of these five passages are."""
    parts = [
        (block("heading", f"Part {n}", level=1), block("paragraph", f"Ship {n} left.")) for n in range(5)
    ]
    shelf = Shelf(*(each for part in parts for each in part))
    hits = shelf.hits()
    spans = [
        PageSpan(hit.passage.start, hit.passage.end, page) for hit, page in zip(hits, pages, strict=False)
    ]
    known = tuple(Page(number, None) for number in sorted(set(pages)))
    shelf.only = replace(shelf.only, pages=known, page_spans=tuple(spans))
    readings = Reader(WordCrossEncoder(), read=2).read(Query("Which ship left?"), hits, shelf)
    assert tuple(reading.hit.passage_id for reading in readings) == order


def test_a_passage_is_read_once_with_a_question() -> None:
    """The scores are those of the encoder, in the order asked for; another question reads anew."""
    first, second = (Passage(0, 6, (Span(0, 6),), "", text) for text in ("a pact", "a boat"))
    encoder, plain = WordCrossEncoder(), WordCrossEncoder()
    remembering = Remembering(encoder)
    assert remembering.score("a pact", [first]) == plain.score("a pact", [first])
    assert remembering.score("a pact", [second, first]) == plain.score("a pact", [second, first])
    assert encoder.read == 2
    assert remembering.score("a boat", [first]) == plain.score("a boat", [first])
    assert encoder.read == 3
    assert remembering.score("a boat", []) == []
