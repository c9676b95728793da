"""The control words of RTF: where their text goes, and what they change."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ingest.characters import subscript, superscript
from ingest.office.drawing import Turn
from ingest.richtext.story import PLAIN, Paragraph

CODE_PAGES = {  # of a font, by the number of its character set
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip
SAID = {
    "tab": "\t", "line": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "nestcell": " ", "nestrow": " ",
}  # fmt: skip
SIGNS = {b"~": " ", b"_": "‑"}
NOTES = {"footnote", "annotation", "shptxt"}
RUNNING = {f"{where}{which}" for where in ("header", "footer") for which in ("", "l", "r", "f")}
TOLD = {"title", "author", "subject", "keywords", "doccomm"}
CAUGHT = {*TOLD, "atnauthor", "listtext", "pntext", "fldinst", "stylesheet", "fonttbl", "creatim"}
THROUGH = {"shpinst", "ud"}  # of what a reader that does not know it would leave out
_LEFT_OUT = set(
    "pict colortbl filetbl xe tc rxe private generator objdata objclass themedata sp shprslt upr "
    "nonesttables operator printim revtim buptim comment hlinkbase manager company category nonshppict "
    "formfield datafield".split()
)
DESTINATIONS = NOTES | RUNNING | CAUGHT | _LEFT_OUT
ENDS = {"par", "sect", "page", "column", "cell", "row", "trowd", "trhdr"}
CHARACTERS: dict[str, Callable[[int], dict[str, Any]]] = {  # what a word changes of the state
    "super": lambda on: {"turn": superscript if on else None},
    "sub": lambda on: {"turn": subscript if on else None},
    "up": lambda by: {"turn": superscript if by else None},
    "dn": lambda by: {"turn": subscript if by else None},
    "nosupersub": lambda _: {"turn": None},
    "v": lambda on: {"is_hidden": bool(on)},
    "deleted": lambda on: {"is_hidden": bool(on)},
    "plain": lambda _: {"turn": None, "is_hidden": False},
    "uc": lambda n: {"skipped": max(n, 0)},
    "ud": lambda _: {"target": "story"},
    "ansicpg": lambda n: {"code_page": f"cp{n}" if _is_known(f"cp{n}") else "cp1252"},
    "mac": lambda _: {"code_page": "mac_roman"},
    "pc": lambda _: {"code_page": "cp437"},
    "pca": lambda _: {"code_page": "cp850"},
}
PARAGRAPHS: dict[str, Callable[[int], dict[str, Any]]] = {  # and of the paragraph at hand
    "pard": lambda _: {"heading": 0, "nesting": 0, "in_table": False},
    "intbl": lambda _: {"in_table": True},
    "outlinelevel": lambda n: {"heading": n + 1 if 0 <= n < 9 else 0},
    "ilvl": lambda n: {"nesting": min(max(n, 0), 9)},
}


def _is_known(code_page: str) -> bool:
    try:
        codecs.lookup(code_page)
    except LookupError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class State:
    """What a group keeps to itself; `target` is where text goes, "" for nowhere."""

    target: str = "story"
    code_page: str = "cp1252"
    turn: Turn = None
    is_hidden: bool = False
    skipped: int = 1  # characters that stand behind one of Unicode, for readers that know none
    paragraph: Paragraph = PLAIN
