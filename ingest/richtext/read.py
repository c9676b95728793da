"""The reader of Rich Text Format (RTF 1.9.1): its groups, its control words, its many encodings.

striprtf, the library for it, gives the text alone: 10 to the 6th as "106", hidden words as shown, neither
footnotes nor page headers, headings or tables.
"""

import re
from dataclasses import dataclass, field, replace

from ingest.blocks import Content, RawBlock, block, first_heading, notes_last
from ingest.office.running import PAGE_NUMBER, run_lines
from ingest.richtext.story import PLAIN, Cell, Story
from ingest.richtext.words import (
    CAUGHT,
    CHARACTERS,
    CODE_PAGES,
    DESTINATIONS,
    ENDS,
    NOTES,
    PARAGRAPHS,
    RUNNING,
    SAID,
    SIGNS,
    THROUGH,
    TOLD,
    State,
)

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<text>[\\{}])|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|[\r\n]+|(?P<plain>[^\\{}\r\n]+)",
    re.S,
)
_HEADING = re.compile(r"\s*(?:heading (\d)|(title))\b", re.I)
_PAGE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.I)
_TOLD_BY_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|TOC)\b", re.I)  # their results are left out


def read_rtf(data: bytes) -> Content:
    """The text with its notes, then its page headers and footers; pictures and contents are left out."""
    reader = _Reader()
    reader.read(data)
    body = list(notes_last(reader.stories[0].finish(reader.state.paragraph)))
    told = {name: text for name in TOLD if (text := reader.caught.get(name, "").strip())}
    details = [(name if name != "doccomm" else "description", told[name]) for name in sorted(told)]
    blocks = [*body, *run_lines(reader.running)]
    return Content(told.get("title") or first_heading(body), blocks, date=reader.created, details=details)


@dataclass(slots=True)
class _Reader:
    """Goes through the tokens; the last of `stories` is the one that text goes to."""

    state: State = field(default_factory=State)
    stories: list[Story] = field(default_factory=lambda: [Story()])
    running: list[RawBlock] = field(default_factory=list)
    caught: dict[str, str] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    _groups: list[tuple[State, str]] = field(default_factory=list)
    _opened: str = ""  # the destination that the group at hand opened
    _starred: bool = False
    _bytes: bytearray = field(default_factory=bytearray)
    _to_skip: int = 0
    _fonts: dict[int, str] = field(default_factory=dict)
    _styles: dict[int, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)  # the last font and style named, footnotes so far
    _merged: tuple[bool, bool] = (False, False)  # of the cell that is laid out: with the one above, before
    _is_told: bool = False  # true if the result of the field at hand is not to be read

    @property
    def created(self) -> str | None:
        """When the file was made, as far as it says so."""
        parts = [self.made.get(name, 0) for name in ("yr", "mo", "dy")]
        return "{:04}-{:02}-{:02}".format(*parts) if all(parts) else None

    def read(self, data: bytes) -> None:
        """Read all of it."""
        at = 0
        while match := _TOKEN.search(data, at):
            at = match.end()
            text = match["plain"] or match["text"] or bytes.fromhex((match["byte"] or b"").decode())
            if text:
                self._take(text)
            else:
                self._decode()
                at += self._control(match)
        self._decode()
        while self._groups:
            self._end()

    def _control(self, match: re.Match[bytes]) -> int:
        """Do what is no text; how many bytes behind it are none either."""
        number = int(match["number"]) if match["number"] else None
        if match["word"]:
            self._word(match["word"].decode(), number)
        elif match["brace"]:
            self._begin() if match["brace"] == b"{" else self._end()
        elif match["sign"]:
            self._starred = match["sign"] == b"*"
            self._put(SIGNS.get(match["sign"], ""))
        return max(number or 0, 0) if match["word"] == b"bin" else 0

    def _take(self, data: bytes) -> None:
        """Take up bytes of text, but for those that stand for a character of Unicode once more."""
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes += data[skipped:]

    def _decode(self) -> None:
        if self._bytes:
            self._put(self._bytes.decode(self.state.code_page, "replace"))
            self._bytes.clear()

    def _put(self, text: str) -> None:
        """Put text where the state says that it goes."""
        target = self.state.target
        if target == "story" and not self.state.is_hidden:
            self.stories[-1].add(self.state.turn, text)
        elif target in self.caught:
            self.caught[target] += text
            if target == "stylesheet" and ";" in text:
                self._end_style()

    def _end_style(self) -> None:
        """A style of the sheet is whole: what level of heading it makes."""
        match = _HEADING.match(self.caught["stylesheet"])
        named = int(match[1] or 1) if match else 0
        self._styles[self._numbers.get("s", 0)] = self.state.paragraph.heading or named
        self.caught["stylesheet"] = ""

    def _begin(self) -> None:
        self._to_skip = 0
        self._groups.append((self.state, self._opened))
        self._opened = ""

    def _end(self) -> None:
        self._to_skip = 0
        if not self._groups:
            return
        opened, paragraph = self._opened, self.state.paragraph
        self.state, self._opened = self._groups.pop()
        if opened in (*NOTES, *RUNNING):
            self._close(opened, self.stories.pop().finish(paragraph))
        elif opened in ("listtext", "pntext"):
            self.stories[-1].mark = self.caught[opened]
        elif opened == "fldinst":
            self._is_told = bool(_TOLD_BY_FIELD.match(self.caught[opened]))
            if _PAGE.match(self.caught[opened]):
                self._put(PAGE_NUMBER)

    def _close(self, name: str, blocks: list[RawBlock]) -> None:
        """Put a note, a text box or a page header where it belongs."""
        text, behind = " ".join(raw.text for raw in blocks), self.stories[-1].behind
        if name in RUNNING:
            self.running += blocks
        elif name == "footnote":
            self._numbers[name] = self._numbers.get(name, 0) + 1
            behind.append(block("footnote", f"{self._numbers[name]} {text}"))
        elif name == "annotation":
            behind.append(block("note", text, by=self.caught.pop("atnauthor", "").strip()))
        else:
            behind += blocks

    def _open(self, name: str) -> None:
        """The group at hand is a destination of its own; what is in one that is left out stays so."""
        if not self.state.target:
            return
        self._opened = name
        if name in (*NOTES, *RUNNING):
            self.stories.append(Story())
            self.state = replace(self.state, target="story", turn=None, paragraph=PLAIN)
        else:
            self.caught |= {name: ""} if name in CAUGHT else {}
            self.state = replace(self.state, target=name if name in CAUGHT else "")

    def _word(self, word: str, number: int | None) -> None:
        """Do what a control word says."""
        starred, self._starred = self._starred, False
        if word in SAID:
            self._put(SAID[word])
        elif word in DESTINATIONS or (starred and word not in THROUGH):
            self._open(word)
        elif word in CHARACTERS:
            self.state = replace(self.state, **CHARACTERS[word](1 if number is None else number))
        elif word in PARAGRAPHS:
            changed = replace(self.state.paragraph, **PARAGRAPHS[word](number or 0))
            self.state = replace(self.state, paragraph=changed)
        elif word in ENDS and self.state.target == "story":
            self._end_of(word)
        else:
            self._define(word, number or 0)

    def _end_of(self, word: str) -> None:
        """A paragraph, a cell or a row ends; or a row begins."""
        story = self.stories[-1]
        match word:
            case "cell":
                story.end_cell()
            case "row":
                story.end_row()
            case "trowd":
                story.layout, story.is_head = [], False
            case "trhdr":
                story.is_head = True
            case _:
                story.end_paragraph(self.state.paragraph)

    def _define(self, word: str, number: int) -> None:
        """Take up what is told of fonts, styles, cells and fields, and a character of Unicode."""
        match word:
            case "u":
                self._put(chr(number % 0x10000))
                self._to_skip = self.state.skipped
            case "f" | "s":
                self._numbers[word] = number
                self._apply(word, number)
            case "fcharset":
                self._fonts[self._numbers.get("f", 0)] = CODE_PAGES.get(number, self.state.code_page)
            case "clvmrg" | "clmrg":
                self._merged = (self._merged[0] or word == "clvmrg", self._merged[1] or word == "clmrg")
            case "cellx":
                self.stories[-1].layout.append(Cell(number, *self._merged))
                self._merged = (False, False)
            case "fldrslt" if self._is_told:
                self.state, self._is_told = replace(self.state, target=""), False
            case "yr" | "mo" | "dy" if self.state.target == "creatim":
                self.made[word] = number

    def _apply(self, word: str, number: int) -> None:
        """The font or the style from here on."""
        if word == "f":
            self.state = replace(self.state, code_page=self._fonts.get(number, self.state.code_page))
        else:
            level = self._styles.get(number, 0)
            self.state = replace(self.state, paragraph=replace(self.state.paragraph, heading=level))
