"""What is filled in on a PDF's form: each field's value, as a person sees it, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pypdf

from ingest.characters import normalise
from ingest.dates import iso_date

_DEEPEST = 20  # parents of a field that are looked at
_PASSWORD, _RADIO, _BUTTON = 1 << 13, 1 << 15, 1 << 16  # of a field's flags
_HIDDEN = 1 << 1 | 1 << 5  # of an annotation's flags: hidden, and not shown on a screen
_LONGEST = 20_000  # characters of a value
# By whether the box is a radio button, and whether it is ticked.
MARKS = {(False, False): "☐", (False, True): "☑", (True, False): "○", (True, True): "◉"}


@dataclass(frozen=True, slots=True)
class Written:
    """What is written onto a page: what a field holds, a mark in a box to tick (one of `MARKS`), or a note.

    `name` is what a form calls its field to people, else to programs, or who wrote a note. `state` is what it
    calls a box's, "" where that is off, or of what is no box. The sides are on the page, in points.
    """

    text: str
    name: str
    state: str
    left: float
    bottom: float
    right: float
    top: float


def fields_of(page: Mapping[str, Any]) -> list[Written]:
    """The page's fields that are shown and hold anything, boxes to tick in either state; from top to bottom.

    Raises whatever pypdf does where they are damaged.
    """
    widgets = (each.get_object() for each in page.get("/Annots") or ())
    found = [field for widget in widgets if (field := _field(widget))]
    return sorted(found, key=lambda field: (-field.top, field.left))


def _field(widget: Any) -> Written | None:
    if widget.get("/Subtype") != "/Widget" or is_hidden(widget):
        return None
    text = normalise(_shown(widget)[:_LONGEST])
    if not text:
        return None
    name = normalise(str(_held(widget, "/TU") or _held(widget, "/T") or ""))
    state = normalise(_state(widget)) if text in MARKS.values() else ""
    return Written(text, name, state, *sides_of(widget))


def is_hidden(annotation: Any) -> bool:
    """True if its flags say that nobody sees it."""
    return bool(int(annotation.get("/F", 0)) & _HIDDEN)


def sides_of(annotation: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of where it stands."""
    x, y, across, up = (float(side) for side in annotation["/Rect"])
    return min(x, across), min(y, up), max(x, across), max(y, up)


def _shown(widget: Any) -> str:
    """What a person sees of the field; "" of buttons and of what is hidden behind dots."""
    flags, value = int(_held(widget, "/Ff") or 0), _held(widget, "/V")
    kind = _held(widget, "/FT")
    if kind == "/Btn":
        return "" if flags & _BUTTON else MARKS[bool(flags & _RADIO), bool(_state(widget))]
    if value is None or (kind == "/Tx" and flags & _PASSWORD):
        return ""
    read = {"/Tx": _text, "/Ch": _chosen, "/Sig": _signed}.get(str(kind))
    return read(widget, value) if read else ""


def _text(_: Any, value: Any) -> str:
    return value.get_data().decode("utf-8", "replace") if hasattr(value, "get_data") else str(value)


def _chosen(widget: Any, value: Any) -> str:
    """What is chosen of a list, as the list shows it: an option may be exported as another text."""
    options = [each.get_object() for each in _held(widget, "/Opt") or ()]
    named = {str(each[0]): str(each[1]) for each in options if isinstance(each, list) and len(each) == 2}
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(named.get(str(one), str(one)) for one in chosen)


def _signed(_: Any, value: Any) -> str:
    """By whom, and on which day, as far as it is said."""
    signed = (value.get("/Name"), iso_date(str(value.get("/M", ""))))
    return ", ".join(str(part) for part in signed if part)


def _state(widget: Any) -> str:
    """What the form calls the state of a box that is ticked; "" of one that is not."""
    return str(widget.get("/AS", _held(widget, "/V") or "/Off")).removeprefix("/").replace("Off", "", 1)


def _held(widget: Any, key: str) -> Any:
    """What the field, or else the nearest one above it, has under the key; None where none has any."""
    node = widget
    for _ in range(_DEEPEST):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            break
        node = node["/Parent"]
    return None


def is_xfa(reader: pypdf.PdfReader | None) -> bool:
    """True if the form is one of XML alone (XFA), which nothing here draws: its pages ask to wait."""
    try:
        form: Any = reader.root_object["/AcroForm"].get_object() if reader else {}
        return "/XFA" in form and not form.get("/Fields")
    except Exception:  # noqa: BLE001 pypdf meets damage with any exception; a form that it cannot find is none
        return False
