"""Writes the two samples that are not plain text, the PDF and the DOCX, from the words below.

Run `python tests/support/make_samples.py` after a change here and commit what it writes.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

TITLE = "Baghdad and Washington, 1930–1990"
SAMPLES = Path(__file__).parents[2] / "app" / "samples"

# One block a line: "#" a heading, "-" a list item, "^1" a footnote, which is set at the foot of the page
# that refers to it as [^1]; "=" starts a new page. A soft hyphen (\u00ad) is a place to break a word.
FRONT_MATTER = f"""\
# {TITLE}
Treaties, breaks and returns: a short study
Written for the Mustanad samples
=
# Preface
This study follows the relations between Iraq and the United States from the first treaty to the eve of \
the war over Kuwait. It is a sample: every date in it can be checked in public records, and every sentence \
was written for this purpose.
Place names are given as English readers know them. Days are counted as they fell in Baghdad.
"""
STUDY = """\
# Recognition
Iraq was still under a British mandate when the United States recognised it. On 9 January 1930 the three \
governments signed a convention in London; Charles Dawes, the American ambassador there, signed for \
Washington.[^1] The convention gave American citizens in Iraq the rights that citizens of League members \
had, and its preamble called Iraq an inde\u00adpendent state. Ratifications were exchanged on 24 February \
1931.
^1 It is known as the Tripartite Convention, or the Anglo-American-Iraqi Convention of 1930.
Later that year, on 30 June 1930, Britain and Iraq signed a treaty of alliance. Nuri al-Said, the prime \
minister, signed for Iraq. The treaty was to last 25 years from Iraq's entry into the League of Nations. \
It promised Britain:
- two air bases, one near Basra and one west of the Euphrates;
- the use of railways, rivers, ports and airfields in time of war;
- a British ambassador who ranked above all other envoys.
An American legation opened in Baghdad on 30 March 1931, when Alexander Sloan presented his credentials as \
chargé d'affaires. Iraq entered the League on 3 October 1932, as its first member to have come out of a \
mandate. The legation was raised to an embassy in December 1946, and George Wadsworth became the first \
American ambassador.
# Arms and alliances
## The agreement of 1954
For two decades Washington left Iraq largely to the British. That changed with the search for allies along \
the southern border of the Soviet Union. By an exchange of notes in Baghdad on 21 April 1954 the United \
States undertook to supply Iraq with military equipment and training without payment.[^2] Iraq undertook \
to use them only for its internal security, for its own defence, and in the defence of its region.
^2 Notes of this kind bind two governments in the way a treaty does, but take effect at once.
## The Baghdad Pact
Iraq and Turkey signed a pact of mutual cooperation in Baghdad on 24 February 1955. Three states joined it \
in the same year:
- the United Kingdom, in April;
- Pakistan, in September;
- Iran, in November.
The United States never became a full member, although it had en\u00adcouraged the pact, paid for part of \
its work and took seats in its economic, counter-subversion and military committees. Many Arabs saw in the \
pact a tool of the West, and Gamal Abdel Nasser's Egypt cam\u00adpaigned against it from the first day. \
Within Iraq it became, together with the treaty of 1930, the complaint on which the opponents of the \
monarchy[^3] could most easily agree, whether they were nationalists, com\u00admunists or officers of the \
army. The monarchy fell on 14 July 1958, when officers led by Abd al-Karim Qasim seized Baghdad and King \
Faisal II was killed.
^3 The Hashemite kings of Iraq were Faisal I (1921–1933), Ghazi (1933–1939) and Faisal II (1939–1958).
Washington recognised the republic early in August 1958. Iraq left the Baghdad Pact on 24 March 1959, and \
the pact, which had lost the city it was named after, took the name of Central Treaty Organization in \
August of that year.
# Break and return
## Seventeen years without an embassy
On 7 June 1967, the third day of the war between Israel and its Arab neighbours, Iraq broke off diplomatic \
relations with the United States. Belgium looked after American interests in Baghdad. An American \
interests section opened in the Belgian embassy on 1 October 1972, but it had no ambassador, and relations \
were not restored until 1984.
Trade went on all the while. After the oil price rose in 1973, American companies sold Iraq aircraft, farm \
products and machinery.
## The war with Iran
Iraq invaded Iran on 22 September 1980. The United States declared itself neutral, but it did not want \
Iran to win. It took Iraq off the list of state sponsors of terrorism in February 1982, and in December \
1983 President Ronald Reagan sent Donald Rumsfeld to Baghdad as his special envoy. Full diplomatic \
relations were restored on 26 November 1984, when the deputy prime minister, Tariq Aziz, met President \
Reagan in Washington.[^4]
^4 The first American ambassador after the break was David Newton, who had headed the interests section.
On 17 May 1987 an Iraqi aircraft hit the American frigate Stark in the Gulf with two missiles, and 37 \
sailors died. Iraq apologised and later paid compensation to the families. The war with Iran ended on 20 \
August 1988.
## The road to Kuwait
Iraq came out of the war deep in debt and accused Kuwait of pumping too much oil. On 2 August 1990 its \
troops invaded. The United States put together a coalition to drive them out; how many countries belonged \
to it is counted in several ways, and this study uses the figure of 34. Iraq broke off relations in \
February 1991, and no American ambassador returned to Baghdad for thirteen years.
"""

_SIZE = {"#": 15.0, "##": 12.0, "^": 8.0}  # points; 10.5 for all else
_LEFT, _RIGHT, _TOP, _BOTTOM = 54.0, A5[0] - 54, A5[1] - 72, 60.0
_MARK = re.compile(r"\[\^(\d+)\]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block on its way to a page; `first` where it opens the block."""

    kind: str
    text: str
    first: bool

    @property
    def size(self) -> float:
        """Of its type, in points."""
        return _SIZE.get(self.kind, 10.5)

    @property
    def font(self) -> str:
        """The name of its typeface."""
        return "Times-Bold" if self.kind.startswith("#") else "Times-Roman"

    @property
    def height(self) -> float:
        """With the space above it, in points."""
        above = {"#": 14.0, "##": 9.0, "-": 1.0, "^": 1.0}.get(self.kind, 5.0) if self.first else 0.0
        return self.size * 1.3 + above


def _width(text: str, font: str, size: float) -> float:
    """In points, marks of footnotes being set small."""
    marks = "".join(_MARK.findall(text))
    return float(stringWidth(_MARK.sub("", text), font, size) + stringWidth(marks, font, size * 0.65))


def _lines(kind: str, text: str) -> list[Line]:
    """The block's lines, each as full as it gets; a word is broken only at a soft hyphen."""
    room = _RIGHT - _LEFT - (14 if kind == "-" else 0)
    probe = Line(kind, "", first=False)
    rows, row = [], ""
    for word in text.split():
        head, _, tail = word.partition("\u00ad")
        whole = f"{row} {head}{tail}".lstrip()
        if _width(whole, probe.font, probe.size) <= room:
            row = whole
        elif tail and _width(f"{row} {head}-", probe.font, probe.size) <= room:
            rows.append(f"{row} {head}-")
            row = tail
        else:
            rows.append(row)
            row = head + tail
    return [Line(kind, row, first=not n) for n, row in enumerate([*rows, row])]


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The kind of each line of the text (its sign without a footnote's number) and its words."""
    for line in text.splitlines():
        sign, _, words = line.partition(" ")
        yield (sign.rstrip("0123456789"), words) if sign[0] in "#-^=" else ("", line)


def _footnotes(text: str) -> dict[str, list[Line]]:
    notes = [words for kind, words in _blocks(text) if kind == "^"]
    return {str(n): _lines("^", f"[^{n}] {words}") for n, words in enumerate(notes, 1)}


def _pages(text: str) -> Iterator[tuple[list[Line], list[Line]]]:
    """The body and the foot of each page, every footnote on the page of its mark."""
    notes = _footnotes(text)
    body: list[Line] = []
    foot: list[Line] = []
    for kind, words in _blocks(text):
        if kind == "^":
            continue
        for line in _lines(kind, words):
            adds = [note for mark in _MARK.findall(line.text) for note in notes[mark]]
            heading = 40.0 if kind.startswith("#") else 0.0  # a heading takes two lines of text with it
            used = sum(other.height for other in [*body, *foot, *adds, line]) + heading
            if body and (kind == "=" or used > _TOP - _BOTTOM - 8):
                yield body, foot
                body, foot = [], []
            if kind != "=":
                body.append(line)
                foot += adds
    yield body, foot


def _draw(canvas: Canvas, line: Line, x: float, y: float) -> None:
    if line.kind == "-" and line.first:
        canvas.setFont("Symbol", line.size)
        canvas.drawString(x + 3, y, "•")
    pen = canvas.beginText(x + (14 if line.kind == "-" else 0), y)
    for n, part in enumerate(_MARK.split(line.text)):
        small = n % 2 == 1
        pen.setFont(line.font, line.size * (0.65 if small else 1))
        pen.setRise(line.size * 0.35 if small else 0)
        pen.textOut(part)
    canvas.drawText(pen)


def _draw_page(canvas: Canvas, body: list[Line], foot: list[Line], label: str, keys: Iterator[str]) -> None:
    if label != "i":
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(_LEFT, A5[1] - 46, TITLE)
    y = _TOP
    for line in body:
        y -= line.height
        _draw(canvas, line, _LEFT, y)
        if line.kind.startswith("#") and line.first:
            key = next(keys)
            canvas.bookmarkHorizontal(key, 0, y + 20)
            canvas.addOutlineEntry(line.text, key, level=len(line.kind) - 1)
    y = _BOTTOM + sum(line.height for line in foot)
    if foot:
        canvas.line(_LEFT, y + 3, _LEFT + 80, y + 3)
    for line in foot:
        y -= line.height
        _draw(canvas, line, _LEFT, y)
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(A5[0] / 2, 34, label)


def pdf() -> bytes:
    """The study: roman front matter, outline, running head, page numbers, footnotes."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A5, invariant=1, pageCompression=1, lang="en")
    canvas.setTitle(TITLE)
    canvas.setAuthor("The Mustanad samples")
    keys = (f"section-{n}" for n in range(100))
    front, study = list(_pages(FRONT_MATTER)), list(_pages(STUDY))
    labels = [*["i", "ii", "iii", "iv"][: len(front)], *map(str, range(1, len(study) + 1))]
    for label, (body, foot) in zip(labels, [*front, *study], strict=True):
        _draw_page(canvas, body, foot, label, keys)
        canvas.showPage()
    canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    canvas.addPageLabel(len(front), style="ARABIC", start=1)
    canvas.save()
    return out.getvalue()


AGREEMENTS = """\
On 17 November 2008, in Baghdad, Iraq and the United States signed two agreements. Foreign Minister \
Hoshyar Zebari signed for Iraq and Ambassador Ryan Crocker for the United States. One set a date for the \
troops to leave; the other was to outlast them.
# The security agreement
The security agreement is often called the SOFA, for status of forces.[^1] It has 30 articles and was made \
for three years. Article 24 holds its two best-known dates: American combat forces were to leave the \
cities, towns and villages by 30 June 2009, and all American forces were to leave Iraq by 31 December \
2011.
# The Strategic Framework Agreement
The Strategic Framework Agreement has no end date. Either side can end it by written notice, and it then \
lapses one year after that notice. Its text has eleven sections:
+ Principles of cooperation
+ Political and diplomatic cooperation
+ Defence and security cooperation
+ Cultural cooperation
+ Economic and energy cooperation
+ Health and environmental cooperation
+ Information technology and communications cooperation
+ Law enforcement and judicial cooperation
+ Joint committees
+ Implementing agreements and arrangements
+ Final provisions
A Higher Coordinating Committee oversees the work, and joint committees for each field report to it.
# From signature to withdrawal
## Approval in Baghdad
The Council of Representatives approved both agreements on 27 November 2008. Of the 198 members present, \
149 voted in favour; the Council then had 275 seats. The Presidency Council gave its consent on 4 December \
2008, and both agreements entered into force on 1 January 2009.
## The troops leave
President Barack Obama said at Camp Lejeune on 27 February 2009 that the combat mission would end on 31 \
August 2010. It did, and the operation was renamed New Dawn. The two governments talked in 2011 about a \
smaller force that would stay to train Iraqi troops, but they could not agree on immunity from Iraqi \
courts. The last convoy crossed into Kuwait on the morning of 18 December 2011.
"""
SOFA_NOTE = (
    "Its full name speaks of the withdrawal of United States forces from Iraq and of the organization of "
    "their activities during their temporary presence in Iraq."
)
STEPS = (
    ("Step", "Date", "Place or body"),
    ("Signature", "17 November 2008", "Baghdad"),
    ("Vote", "27 November 2008", "Council of Representatives"),
    ("Consent", "4 December 2008", "Presidency Council"),
    ("Entry into force", "1 January 2009", "both agreements"),
    ("Out of the cities", "30 June 2009", "combat forces"),
    ("Last convoy", "18 December 2011", "border with Kuwait"),
)
_NOTE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_STYLES = {"#": "Heading 1", "##": "Heading 2", "+": "List Number", "": "Normal"}


def _refer(paragraph: Paragraph, note: int) -> None:
    """Append a footnote's mark to the paragraph."""
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(note))
    run._r.append(reference)


def _footnotes_part(document: docx.document.Document, notes: list[str]) -> None:
    """The part that holds the footnotes, which python-docx cannot write; ids 0 and 1 are Word's own."""
    rows = [
        f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for n, kind in enumerate(("separator", "continuationSeparator"))
    ]
    rows += [
        f'<w:footnote w:id="{n}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {note}</w:t></w:r></w:p></w:footnote>'
        for n, note in enumerate(notes, 2)
    ]
    xml = f"<?xml version='1.0' encoding='UTF-8'?>\n<w:footnotes {nsdecls('w')}>{''.join(rows)}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), _NOTE_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _without_clock(data: bytes) -> bytes:
    """The same zip with every member dated 1980, the first date that a zip can hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def word() -> bytes:
    """The briefing: headings, a numbered list, a footnote, a table."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = "The agreements of 2008", "The Mustanad samples"
    properties.comments = ""
    properties.created = properties.modified = datetime(2024, 12, 1)
    document.add_heading("The agreements of 2008", level=0)
    for line in AGREEMENTS.splitlines():
        sign, _, words = line.partition(" ")
        kind, text = (sign, words) if sign in _STYLES else ("", line)
        before, mark, after = text.partition("[^1]")
        paragraph = document.add_paragraph(before, style=_STYLES[kind])
        if mark:
            _refer(paragraph, 2)
            paragraph.add_run(after)
    document.add_heading("The steps in order", level=2)
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for row in STEPS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    _footnotes_part(document, [SOFA_NOTE])
    out = io.BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


MADE = {"baghdad-and-washington.pdf": pdf, "agreements-of-2008.docx": word}

if __name__ == "__main__":
    for name, make in MADE.items():
        (SAMPLES / name).write_bytes(make())
