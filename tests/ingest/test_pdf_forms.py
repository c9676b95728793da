"""Forms and notes of PDFs: what is filled in stands by its label, what is noted is a note by its author."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Highlight, Text
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from ingest.blocks import Content, assemble, block
from ingest.document import Unread
from ingest.pdf.annotations import with_notes
from ingest.pdf.read import read_pdf
from ingest.reasons import Reason

Draw = Callable[[Canvas], object]


def printed(*draws: Draw) -> bytes:
    """A PDF with a page for each of the functions that draw one."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def said(content: Content, *kinds: str) -> list[str]:
    """The texts of the blocks of these kinds, of all if none is named."""
    return [raw.text for raw in content.blocks if not kinds or raw.kind in kinds]


def words(canvas: Canvas, *placed: tuple[float, float, str]) -> None:
    """Words at their places."""
    for x, y, text in placed:
        canvas.drawString(x, y, text)


def order(canvas: Canvas) -> None:
    """A form with labels on the left, above, and behind; two fields for one label."""
    words(
        canvas, (60, 740, "Surname:"), (330, 740, "Given name:"), (60, 700, "Date:"), (60, 660, "Boat wanted")
    )
    words(
        canvas,
        (80, 600, "with oars"),
        (180, 600, "with a sail"),
        (60, 560, "Paid:"),
        (60, 500, "Signed above."),
    )
    form = canvas.acroForm
    form.textfield(value="Ada", x=410, y=735, width=120, height=20, name="g")
    form.textfield(value="Holm", x=120, y=735, width=120, height=20, name="s")
    form.textfield(value="3", x=120, y=695, width=20, height=20, name="d")
    form.textfield(value="May", x=150, y=695, width=60, height=20, name="m")
    form.textfield(value="Red one", x=60, y=638, width=200, height=18, name="b")
    form.textfield(value="", x=300, y=638, width=200, height=18, name="empty", tooltip="Nothing here")
    form.checkbox(checked=True, x=60, y=597, size=14, name="o")
    form.checkbox(checked=False, x=160, y=597, size=14, name="t")
    form.checkbox(checked=True, x=100, y=557, size=14, name="p")


def test_each_value_stands_by_its_printed_label() -> None:
    """On its left, else above, each a row; boxes to tick before what they say, ticked or not."""
    content = read_pdf(printed(order))
    assert said(content) == [
        "Surname: Holm",
        "Given name: Ada",
        "Date: 3 May",
        "Boat wanted Red one",
        "☑ with oars ☐ with a sail",
        "Paid: ☑",
        "Signed above.",
    ]
    assert [raw.kind for raw in content.blocks] == ["row"] * 6 + ["paragraph"]
    assert {piece.page for raw in content.blocks for piece in raw.pieces} == {1}


def field(kind: str, rect: tuple[float, ...], **more: object) -> DictionaryObject:
    """A field that is its own widget."""
    made = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject(kind), NameObject("/Rect"): ArrayObject(map(FloatObject, rect)),
    })  # fmt: skip
    for name, value in more.items():
        made[NameObject(f"/{name}")] = value
    return made


def with_annotations(data: bytes, *made: DictionaryObject, xfa: bool = False) -> bytes:
    """The PDF with these on its first page; fields belong to its form."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    fields = ArrayObject()
    for each in made:
        added = writer.add_annotation(0, each)
        if each.get("/Subtype") == "/Widget":
            fields.append(added.indirect_reference)
    form = DictionaryObject({NameObject("/Fields"): fields})
    if xfa:
        form[NameObject("/XFA")] = ArrayObject()
    if fields or xfa:
        writer.root_object[NameObject("/AcroForm")] = form
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def page(*placed: tuple[float, float, str]) -> bytes:
    """One page of these words."""
    return printed(lambda canvas: words(canvas, *placed))


BOX = (200.0, 600.0, 300.0, 620.0)
T = TextStringObject


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (field("/Tx", BOX, T=T("surname"), V=T("Holm")), "surname: Holm"),
        (field("/Tx", BOX, T=T("f1"), TU=T("Family name"), V=T("Holm\rBerg")), "Family name: Holm Berg"),
        (field("/Tx", BOX, V=T("Holm")), "Holm"),
        (field("/Btn", BOX, T=T("size"), AS=NameObject("/Large"), V=NameObject("/Large")), "size: Large"),
        (
            field("/Ch", BOX, T=T("boat"), V=T("r"), Opt=ArrayObject([ArrayObject([T("r"), T("Red one")])])),
            "boat: Red one",
        ),
        (field("/Ch", BOX, T=T("days"), V=ArrayObject([T("Mon"), T("Wed")])), "days: Mon, Wed"),
        (
            field("/Sig", BOX, T=T("by"), V=DictionaryObject(
                {NameObject("/Name"): T("Ada Holm"), NameObject("/M"): T("D:20240503101500Z")}
            )),
            "by: Ada Holm, 2024-05-03",
        ),
    ],
)  # fmt: skip
def test_without_a_label_near_the_field_is_called_as_the_form_calls_it(
    made: DictionaryObject, line: str
) -> None:
    """By what people are told, else by its name; choices as they are shown, a signature by whom and when."""
    content = read_pdf(with_annotations(page((60, 740, "Boats for hire.")), made))
    assert said(content) == ["Boats for hire.", line]


@pytest.mark.parametrize(
    "made",
    [
        field("/Tx", BOX, T=T("a"), V=T(" ")),
        field("/Tx", BOX, T=T("a")),
        field("/Tx", BOX, T=T("a"), V=T("secret"), Ff=NumberObject(1 << 13)),
        field("/Tx", BOX, T=T("a"), V=T("unseen"), F=NumberObject(2)),
        field("/Btn", BOX, T=T("a"), Ff=NumberObject(1 << 16), V=T("Send")),
        field("/Btn", BOX, T=T("a"), AS=NameObject("/Off")),
        field("/Ch", BOX, T=T("a"), Opt=ArrayObject([T("Mon")])),
        field("/Sig", BOX, T=T("a")),
    ],
)
def test_what_nobody_sees_is_not_read(made: DictionaryObject) -> None:
    """No password, no hidden field, no button, no choice that is not taken."""
    assert said(read_pdf(with_annotations(page((60, 740, "Boats for hire.")), made))) == ["Boats for hire."]


def test_a_value_that_the_page_prints_too_is_said_once() -> None:
    """As in a form that was printed and then filled in again."""
    data = page((60, 605, "Surname:"), (202, 605, "Holm"))
    made = field("/Tx", BOX, T=T("s"), V=T("Holm"))
    assert said(read_pdf(with_annotations(data, made))) == ["Surname: Holm"]


def test_a_value_of_a_field_above_it_is_its_own() -> None:
    """A widget without a kind or a value has those of its parent."""
    data = page((60, 605, "Surname:"))
    parent = field("/Tx", BOX, T=T("s"), V=T("Holm"))
    widget = DictionaryObject({
        NameObject("/Subtype"): NameObject("/Widget"), NameObject("/Parent"): parent,
        NameObject("/Rect"): ArrayObject(map(FloatObject, BOX)),
    })  # fmt: skip
    assert said(read_pdf(with_annotations(data, widget))) == ["Surname: Holm"]


def test_a_form_of_xml_alone_is_in_the_ledger() -> None:
    """Its page asks to wait for what no reader here can show."""
    content = read_pdf(with_annotations(page((60, 740, "Please wait...")), xfa=True))
    assert content.unread == [Unread((1,), Reason("xfa_form"))]


@pytest.mark.parametrize(
    "damage",
    [
        field("/Tx", BOX, V=BooleanObject(True), T=T("odd")),
        DictionaryObject({NameObject("/Subtype"): NameObject("/Widget"), NameObject("/FT"): NameObject("/Tx"),
                          NameObject("/V"): T("Holm"), NameObject("/Rect"): ArrayObject([T("x")])}),
    ],
)  # fmt: skip
def test_a_damaged_field_takes_nothing_along(damage: DictionaryObject) -> None:
    """The page is read, and in the ledger where the field could not be."""
    content = read_pdf(with_annotations(page((60, 740, "Boats for hire.")), damage))
    assert said(content)[0] == "Boats for hire."
    assert all(entry.pages == (1,) for entry in content.unread)


def test_a_field_that_is_its_own_parent_does_no_harm() -> None:
    """A chain without end is left after some steps."""
    made = field("/Tx", BOX, T=T("s"))
    del made["/FT"]
    data = with_annotations(page((60, 740, "Boats for hire.")), made)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    widget = writer.pages[0]["/Annots"][0].get_object()  # type: ignore[index]
    widget[NameObject("/Parent")] = widget.indirect_reference
    file = io.BytesIO()
    writer.write(file)
    assert said(read_pdf(file.getvalue())) == ["Boats for hire."]


def note(made: DictionaryObject, **more: str) -> DictionaryObject:
    """The annotation with these entries."""
    for name, value in more.items():
        made[NameObject(f"/{name}")] = T(value)
    return made


def test_notes_are_notes_by_their_authors() -> None:
    """Free text, a sticky note, what is said of a marked word; not what the page says itself, nor a state."""
    rect = (60, 500, 200, 520)
    quads = ArrayObject(map(FloatObject, (60, 745, 100, 745, 60, 735, 100, 735)))
    data = printed(
        lambda canvas: words(canvas, (60, 740, "Boats are for hire.")),
        lambda canvas: words(canvas, (60, 740, "Oars are extra.")),
    )
    made = (
        note(FreeText(text="Not in winter.", rect=rect), T="Ann Reed"),
        note(Text(text="Ask Emil.", rect=rect)),
        note(Highlight(rect=rect, quad_points=quads), Contents="All of them?", T="B. Wolf"),
        note(Highlight(rect=rect, quad_points=quads)),
        note(Text(text="Accepted set by Ann", rect=rect), State="Accepted"),
        note(Text(text="Boats are for hire.", rect=rect)),
    )
    content = read_pdf(with_annotations(data, *made))
    assert [(raw.kind, raw.text, raw.by, raw.pieces[0].page) for raw in content.blocks] == [
        ("paragraph", "Boats are for hire.", "", 1),
        ("paragraph", "Oars are extra.", "", 2),
        ("note", "Not in winter.", "Ann Reed", 1),
        ("note", "Ask Emil.", "", 1),
        ("note", "All of them?", "B. Wolf", 1),
    ]
    document = assemble("", content)
    assert [each.by for each in document.blocks if each.kind == "note"] == ["Ann Reed", None, "B. Wolf"]


def test_notes_stand_behind_the_section_in_which_their_page_ends() -> None:
    """And before the next one, or at the end."""
    blocks = [block("heading", "A", 1, 1), block("paragraph", "a", 2), block("heading", "B", 3, 1)]
    notes = [block("note", "one", 1), block("note", "two", 2), block("note", "four", 4)]
    assert [raw.text for raw in with_notes(blocks, notes)] == ["A", "a", "one", "two", "B", "four"]
