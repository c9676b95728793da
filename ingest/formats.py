"""What format a file is in, told by its content before its name."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from ingest.decode import decode
from ingest.errors import ReadError

# Where the function `read_<format>` of each format is.
READERS = {
    "pdf": "ingest.pdf.read",
    "docx": "ingest.office.docx",
    "pptx": "ingest.office.pptx",
    "epub": "ingest.markup.epub",
    "html": "ingest.markup.html",
    "markdown": "ingest.markup.markdown",
    "text": "ingest.text",
}
_UNPACKED = 300 << 20  # bytes that a container may grow by when unpacked
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (  # the names of its streams tell what an OLE file holds; the first that fits
    ("EncryptedPackage", "locked with a password"),
    ("WordDocument", "unsupported: old Word format, save it as .docx"),
    ("PowerPoint Document", "unsupported: old PowerPoint format, save it as .pptx"),
    ("Workbook", "unsupported: spreadsheet"),
    ("__substg1.0_", "unsupported: Outlook message, save it as text"),
    ("", "unsupported: old Office format"),
)
_ZIP_MEMBERS = (  # how the names of a container's members begin; the first that fits
    ("word/", "docx"),
    ("ppt/", "pptx"),
    ("META-INF/container.xml", "epub"),
    ("xl/", "unsupported: spreadsheet"),
    ("content.xml", "unsupported: OpenDocument format, save it as .docx, .pptx or .pdf"),
    ("", "unsupported: zip archive, unpack it first"),
)
_SIGNATURES = (  # offset, bytes there, what it is
    (0, b"\x89PNG", "image"),
    (0, b"\xff\xd8\xff", "image"),
    (0, b"GIF8", "image"),
    (0, b"II*\0", "image"),
    (0, b"MM\0*", "image"),
    (0, b"BM", "image"),
    (8, b"WEBP", "image"),
    (8, b"WAVE", "sound"),
    (8, b"AVI ", "video"),
    (4, b"ftyp", "video or image"),
    (0, b"\x1a\x45\xdf\xa3", "video"),
    (0, b"ID3", "sound"),
    (0, b"\xff\xfb", "sound"),
    (0, b"OggS", "sound"),
    (0, b"fLaC", "sound"),
    (0, b"\x1f\x8b", "compressed file, unpack it first"),
    (0, b"BZh", "compressed file, unpack it first"),
    (0, b"\xfd7zXZ\0", "compressed file, unpack it first"),
    (0, b"7z\xbc\xaf\x27\x1c", "compressed file, unpack it first"),
    (0, b"Rar!", "compressed file, unpack it first"),
    (0, b"MZ", "program"),
    (0, b"\x7fELF", "program"),
    (0, b"SQLite format 3\0", "database"),
    (0, b"{\\rtf", "RTF, save it as .docx"),
    (0, b"%!PS", "PostScript, save it as .pdf"),
)
_TEXTLIKE = (b"BM", b"MZ", b"BZh", b"ID3", b"GIF8", b"Rar!")  # letters that a text may begin with
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MHTML = re.compile(r"content-type:\s*multipart/related", re.I)
_BY_SUFFIX = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}

_DATA = frozenset(
    ".json .jsonl .ndjson .geojson .ipynb .csv .tsv .xml .yaml .yml .toml .ini .log .sql .bib .tex".split()
)


def format_of(data: bytes, name: str) -> str:
    """One of "pdf", "docx", "pptx", "epub", "html", "markdown" and "text".

    The name decides only what the content leaves open.

    Raises:
        ReadError: the file is empty, damaged, locked or of a format that is not read.
    """
    if not data:
        raise ReadError("empty")
    if data.startswith(_OLE):
        raise ReadError(next(reason for stream, reason in _OLE_STREAMS if stream.encode("utf-16-le") in data))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _container(data)
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in data[:1024] and (data.startswith(b"%PDF-") or suffix == ".pdf" or b"\nstartxref" in data):
        return "pdf"
    for offset, signature, what in _SIGNATURES:
        if data.startswith(signature, offset) and not (signature in _TEXTLIKE and _is_text(data)):
            raise ReadError(f"unsupported: {what}")
    start = decode(data)[0][:4096]
    if _HTML.match(start):
        return "html"
    if start.lower().startswith(("mime-version:", "from:")) and _MHTML.search(start):
        raise ReadError("unsupported: web archive (MHTML), save it as .html")
    if suffix in _DATA:
        raise ReadError("unsupported: data or source text, not a document")
    return _BY_SUFFIX.get(suffix, "text")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The container, once its directory is known to be whole and its size to be bearable.

    Raises:
        ReadError: it is damaged, encrypted, or would be too large when unpacked.
    """
    try:
        container = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ReadError("damaged: the file is cut off or is not a whole zip container") from error
    members = container.infolist()
    if sum(max(member.file_size - member.compress_size, 0) for member in members) > _UNPACKED:
        raise ReadError("too large when unpacked")
    if any(member.flag_bits & 1 for member in members):
        raise ReadError("locked with a password")
    return container


def _container(data: bytes) -> str:
    """The format of a zip container, by its members."""
    names = open_zip(data).namelist()
    found = next(
        (what for start, what in _ZIP_MEMBERS if any(name.startswith(start) for name in names)),
        "empty",
    )
    if found not in ("docx", "pptx", "epub"):
        raise ReadError(found)
    if found != "epub" and "[Content_Types].xml" not in names:
        raise ReadError("unsupported: zip archive, unpack it first")
    return found


def _is_text(data: bytes) -> bool:
    try:
        decode(data[:4096])
    except ReadError:
        return False
    return True
