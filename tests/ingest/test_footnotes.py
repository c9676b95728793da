"""Footnotes are told from the text they interrupt by the marks that its words carry."""

from ingest.layout.footnotes import split_footnotes
from ingest.layout.lines import Line


def split(*lines: Line, size: float = 0.0) -> tuple[list[str], list[str], set[int]]:
    """Texts of the body and of the notes, and where the body goes on after notes."""
    body, notes, resumes = split_footnotes(lines, size)
    return [line.text for line in body], [" ".join(line.text for line in note) for note in notes], resumes


def plain(text: str, gap: bool = False, page: int | None = 1, indented: bool = False) -> Line:
    """A line of plain text."""
    return Line(text, page, gap, indented=indented)


def sized(text: str, size: float, page: int = 1) -> Line:
    """A line of a PDF."""
    return Line(text, page, size=size, y=500.0)


def test_note_leaves_the_sentence_that_it_interrupts() -> None:
    """The body goes on where the note ended, and the place is told."""
    body, notes, resumes = split(
        plain("called for a “dialogue”1. In"),
        plain("1. Back to the future", gap=True),
        plain("Read more: https://example.org/a"),
        plain("1930, a treaty was signed.", indented=True),
    )
    assert body == ["called for a “dialogue”1. In", "1930, a treaty was signed."]
    assert notes == ["1. Back to the future Read more: https://example.org/a"]
    assert resumes == {1}


def test_notes_follow_each_other_with_or_without_an_empty_line() -> None:
    """Numbers that run on open the next note."""
    _, notes, _ = split(
        plain("one1 and two2 and three3."),
        plain("1. First", gap=True),
        plain("2. Second"),
        plain("3. Third", gap=True),
    )
    assert notes == ["1. First", "2. Second", "3. Third"]


def test_numbered_list_without_marks_is_text() -> None:
    """No word carries the number, so the line is an item."""
    lines = [plain("Questions arise:"), plain("1. What is due?", gap=True), plain("2. Who pays?", gap=True)]
    assert split(*lines) == ([line.text for line in lines], [], set())


def test_mark_must_be_the_next_number_in_plain_text() -> None:
    """A word that ends in a figure ("B2") does not make a list's second item a note."""
    lines = [plain("Vitamin B2 is needed."), plain("2. Who pays?", gap=True)]
    assert split(*lines)[1] == []


def test_figure_behind_a_figure_or_before_a_percent_sign_is_no_mark() -> None:
    """The figures of "11" and of "a 1% rise" mark nothing."""
    lines = [plain("It rose by a1% and 11."), plain("1. What is due?", gap=True)]
    assert split(*lines)[1] == []


def test_numbered_list_before_the_note_of_the_same_number_is_text() -> None:
    """Of two lines on a page that begin with the marked number, the lower one is the note."""
    body, notes, _ = split(
        plain("They called for a dialogue1 and asked:"),
        plain("1. What is due?", gap=True),
        plain("2. Who pays?", gap=True),
        plain("1. The author, A Title.", gap=True),
    )
    assert body[1:] == ["1. What is due?", "2. Who pays?"]
    assert notes == ["1. The author, A Title."]


def test_note_ends_with_its_page() -> None:
    """The next page's first line is text, without a gap or not."""
    body, notes, _ = split(plain("dialogue1 In"), plain("1. Note", gap=True), plain("1930 it began.", page=2))
    assert (body, notes) == (["dialogue1 In", "1930 it began."], ["1. Note"])


def test_smaller_type_tells_a_note_in_a_pdf() -> None:
    """A note is set smaller than the text; a list in the text's size is none, whatever marks there are."""
    body, notes, resumes = split(
        sized("dialogue1 and", 11),
        sized("1. An item of the text", 11),
        sized("1 A note of two", 8),
        sized("lines.", 8),
        sized("on it goes.", 11),
        size=11.0,
    )
    assert body == ["dialogue1 and", "1. An item of the text", "on it goes."]
    assert notes == ["1 A note of two lines."]
    assert resumes == {2}


def test_small_type_without_a_mark_is_text() -> None:
    """A caption that begins with a number stays where it is."""
    lines = [sized("no mark here", 11), sized("1 Source: own figures", 8)]
    assert split(*lines, size=11.0)[1] == []


def test_arabic_note_in_an_english_text_may_run_on_after_a_gap() -> None:
    """Exports put gaps into Arabic notes; in an English text an Arabic line behind a note is its own."""
    _, notes, _ = split(
        plain("The school stood there2 and was then closed as is well known to all.1 It was2 so."),
        plain("1. First", gap=True),
        plain("2. أرشد مزاحم", gap=True),
        plain("دار أسامة للنشر", gap=True),
    )
    assert notes == ["1. First", "2. أرشد مزاحم دار أسامة للنشر"]


def test_no_lines_no_notes() -> None:
    """Nothing in, nothing out."""
    assert split() == ([], [], set())
