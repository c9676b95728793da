"""What a follow-up leaves out."""

import pytest

from app.answering.answer import Turn
from app.answering.conversation import left_out
from index.words.terms import language_by_stop_words


def asked(*questions: str) -> list[Turn]:
    """Earlier questions, oldest first."""
    return [Turn("user", question) for question in questions]


@pytest.mark.parametrize(
    ("before", "question", "searched"),
    [
        ("What is the second track about?", "And what are the results of that path?", "second track"),
        ("What does Iraq want in the economy?", "What about corruption?", "Iraq economy"),
        ("Who signed the Baghdad Pact?", "When did they sign it?", "Baghdad Pact"),
        ("Who signed the Baghdad Pact?", "Why?", "signed Baghdad Pact"),
        ("Who signed the Baghdad Pact?", "And Pakistan? :)", "signed Baghdad Pact"),
        ("Who signed the Baghdad Pact?", "What was its aim (roughly)", "signed Baghdad Pact"),
        ("Who signed the Baghdad Pact?", "Did Iraq find it useful?", "signed Baghdad Pact"),
        ("Who signed the Baghdad Pact?", "In 1958 did its council meet?", "signed Baghdad Pact"),
        ("Where is the marsh?", "Is it rain-fed?", "marsh"),
        ("Who signed the Baghdad Pact?", "How many countries?", "signed Baghdad Pact"),
        ("Who was Nuri al-Said?", "Where was his house?", "Nuri al-Said"),
        ("What is a restraining order?", "How do I file an order?", "restraining"),
        ("How do I file a claim?", "I am in Basra.", "file claim"),
        ("Which is the best river for fishing?", "The longest one", "best river fishing"),
        ("ما هو حلف بغداد؟", "وماذا عن تركيا؟", "حلف بغداد"),
        ("What are the goals of NARA?", "Which of these concerns the military?", "goals NARA"),
        ("ما أهداف حلف بغداد؟", "أي من هذه يخص الجيش؟", "أهداف حلف بغداد"),
        ("ما هو حلف بغداد؟", "من وقعه؟", "حلف بغداد"),
        ("ما هي معاهدة بغداد؟", "متى تم توقيعها؟", "معاهدة بغداد"),
        ("ما هو حلف بغداد؟", "كم دولة في هذا الحلف؟", "بغداد"),
        ("ما هو حلف بغداد؟", "وكم عدد أعضائه؟", "حلف بغداد"),
        ("أين درّس أينشتاين؟", "ومتى؟", "درّس أينشتاين"),
    ],
)
def test_a_follow_up_is_completed_from_the_question_before(before: str, question: str, searched: str) -> None:
    """The words left out are those that carry meaning there and are not here."""
    assert left_out(question, asked(before), language_by_stop_words(question, "en")) == tuple(
        searched.split()
    )


@pytest.mark.parametrize(
    "question",
    [
        "Which countries joined the Baghdad Pact in 1955?",
        "What is stratigraphy?",
        "How long is Austria?",
        "When was Saddam Hussein born?",
        "How does a port work and why should it grow?",
        "Which teachers of the old school lost their posts?",
        "What are those who repair ships called?",
        "Does NATO have its own army?",
        "Does France have its own currency?",
        "Why doesn't the EU have its own navy?",
        "What happened this century in Kuwait?",
        "Who led Iraq in these years: 1958-1963?",
        "Which of these towns: Basra, Mosul, Kirkuk lies on the Tigris?",
        "What do people in Basra eat these days?",
        "Which countries joined this year's NATO summit?",
        "Then and now: what changed in Kuwait?",
        "How do plankton reproduce?",
        "Why is it bad for Iraq to wait for the US elections?",
        "And which countries joined the Baghdad Pact in 1955?",
        "But who signed the memorandum of understanding with Siemens?",
        "economic growth forecast",
        "salary of a nurse",
        "founder of the museum",
        "ما هو السرطان؟",
        "أين تقع اليابان؟",
        "ومن وقّع مذكرة التفاهم مع Siemens؟",
        "وكم نسبة السكان تحت مستوى البحر؟",
        "ما الكتاب الذي وضع فيه الشافعي علم الأصول؟",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    """A conversation does not change what does not lean on it."""
    assert (
        left_out(
            question,
            asked("What is the second track about?", "ما هو حلف بغداد؟"),
            language_by_stop_words(question, "en"),
        )
        == ()
    )


def test_without_a_history_nothing_is_added() -> None:
    """The first question of a conversation is searched as it is, however short."""
    assert left_out("And that?", [], "en") == ()


def test_a_chain_of_follow_ups_keeps_its_subject() -> None:
    """A follow-up to a follow-up still knows what the first question was about."""
    assert "Kuwait" in left_out("And in 1990?", asked("What did Kuwait export?", "And to whom?"), "en")


def test_the_subject_of_short_follow_ups_is_looked_for_further_back() -> None:
    """Turns are read backwards until a few words are found, so that a row of short ones loses nothing."""
    turns = asked("What did Kuwait export?", "And to whom?", "And in 1990?", "Why?")
    assert left_out("And in 1991?", turns, "en") == ("1990", "Kuwait", "export")


@pytest.mark.parametrize(
    ("older", "newer", "question", "words"),
    [
        ("What does GAO say of the military?", "What are the goals of NARA?", "And by when?", "goals NARA"),
        ("ما هو حلف بغداد؟", "كم سفينة تدخل ميناء البصرة؟", "ومتى؟", "سفينة تدخل ميناء البصرة"),
    ],
)
def test_words_of_an_older_topic_are_left_there(older: str, newer: str, question: str, words: str) -> None:
    """A question that leans on none and names something begins a topic of its own."""
    language = language_by_stop_words(question, "en")
    assert left_out(question, asked(older, newer), language) == tuple(words.split())


def test_a_long_conversation_adds_few_words() -> None:
    """However much was asked before, the question stays readable."""
    long = " ".join(f"word{n}" for n in range(100))
    assert left_out("Why?", asked(long, long), "en") == tuple(long.split()[:10])


def test_only_words_the_user_asked_are_added() -> None:
    """An earlier answer, which may be long and off the point, adds nothing."""
    history = [Turn("user", "Who signed the pact?"), Turn("assistant", "Nuri al-Said signed for Iraq.")]
    assert left_out("And when?", history, "en") == ("signed", "pact")
