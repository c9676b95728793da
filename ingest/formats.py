"""What format a file is in, told by its content before its name."""

import re
import zipfile
import zlib
from codecs import BOM_UTF8
from io import BytesIO
from pathlib import PurePath

from ingest.decode import decode
from ingest.errors import ReadError
from ingest.reasons import Code, Reason

# Where the function `read_<format>` of each format is.
READERS = {
    "pdf": "ingest.pdf.read",
    "docx": "ingest.office.docx",
    "pptx": "ingest.office.pptx",
    "epub": "ingest.markup.epub",
    "html": "ingest.markup.html",
    "markdown": "ingest.markup.markdown",
    "picture": "ingest.ocr.pictures",
    "text": "ingest.text",
    "eml": "ingest.mail.eml",
    "mhtml": "ingest.mail.mhtml",
    "msg": "ingest.mail.msg",
    "mbox": "ingest.mail.mbox",
    "xlsx": "ingest.sheets.xlsx",
    "csv": "ingest.sheets.delimited",
    "rtf": "ingest.richtext.read",
    "odt": "ingest.opendocument.read",
    "ods": "ingest.opendocument.read",
    "odp": "ingest.opendocument.read",
}
_UNPACKED = 300 << 20  # bytes that a container may grow by when unpacked
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MESSAGE = "__properties_version1.0"  # a stream of it
_OLE_STREAMS: tuple[tuple[str, Code], ...] = (  # by a stream that an OLE file names; the first that fits
    ("EncryptedPackage", "locked_container"),
    ("WordDocument", "unsupported_word"),
    ("PowerPoint Document", "unsupported_powerpoint"),
    ("Workbook", "unsupported_spreadsheet"),
    ("", "unsupported_office"),
)
_ZIP_FORMATS = {  # by how a member begins
    "word/": "docx",
    "ppt/": "pptx",
    "xl/workbook.xml": "xlsx",
    "META-INF/container.xml": "epub",
}
_LONGEST_TYPE = 100  # bytes
_OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_FLAT = re.compile(rf'<office:document\b[^>]*:mimetype="((?:{"|".join(_OPEN_DOCUMENTS)})(?:-template)?)"')
_ZIP_OTHERS: tuple[tuple[str, Code], ...] = (  # the first that fits
    ("xl/", "unsupported_spreadsheet"),
    ("content.xml", "unsupported_opendocument"),
    ("", "unsupported_archive"),
)
_PICTURES = (  # offset, bytes there
    (0, b"\x89PNG"),
    (0, b"\xff\xd8\xff"),
    (0, b"GIF8"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (0, b"BM"),
    (8, b"WEBP"),
)
_SIGNATURES: tuple[tuple[int, bytes, Code], ...] = (  # offset, bytes there, what it is
    (8, b"WAVE", "unsupported_sound"),
    (8, b"AVI ", "unsupported_video"),
    (4, b"ftyp", "unsupported_video_or_image"),
    (0, b"\x1a\x45\xdf\xa3", "unsupported_video"),
    (0, b"ID3", "unsupported_sound"),
    (0, b"\xff\xfb", "unsupported_sound"),
    (0, b"OggS", "unsupported_sound"),
    (0, b"fLaC", "unsupported_sound"),
    (0, b"\x1f\x8b", "unsupported_compressed"),
    (0, b"BZh", "unsupported_compressed"),
    (0, b"\xfd7zXZ\0", "unsupported_compressed"),
    (0, b"7z\xbc\xaf\x27\x1c", "unsupported_compressed"),
    (0, b"Rar!", "unsupported_compressed"),
    (0, b"MZ", "unsupported_program"),
    (0, b"\x7fELF", "unsupported_program"),
    (0, b"SQLite format 3\0", "unsupported_database"),
    (0, b"\x78\x9f\x3e\x22", "unsupported_outlook"),  # the "winmail.dat" of a mail
    (0, b"%!PS", "unsupported_postscript"),
)
_TEXTLIKE = (b"BM", b"MZ", b"BZh", b"ID3", b"GIF8", b"Rar!")  # letters that a text may begin with
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HEADERS = re.compile(rb"(?:From [^\n]*\n)?((?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+)\r?(?:\n|\Z)")
_LONGEST_HEADERS = 1 << 20  # bytes
_HEADER_NAME = re.compile(rb"^[!-9;-~]+(?=:)", re.M)
_ANOTHER_MAIL = re.compile(rb"\n\r?\nFrom [^\n]*\d\d:\d\d[^\n]*\n[!-9;-~]+:")
_OF_MAIL = {b"mime-version", b"message-id", b"received", b"return-path", b"content-type", b"x-mailer"}
_SAVED = (b"saved by", b"snapshot-content-location")  # what browsers write above a page that they save
_BY_SUFFIX = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".xls": "csv",  # as some programs name delimited text, for Excel to open it
}

_DATA = frozenset(
    ".json .jsonl .ndjson .geojson .ipynb .xml .yaml .yml .toml .ini .log .sql .bib .tex .ics .vcf".split()
)


def format_of(data: bytes, name: str) -> str:
    """A format's name in READERS.

    The name decides only what the content leaves open.

    Raises:
        ReadError: the file is empty, damaged, locked or of a format that is not read.
    """
    if not data:
        raise ReadError(Reason("empty"))
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(_ZIP):
        return _container(data)
    suffix = PurePath(name).suffix.lower()
    if _is_pdf(data, suffix):
        return "pdf"
    if kind := _headed_format(data, suffix):
        return kind
    if is_picture(data):
        return "picture"
    for offset, signature, code in _SIGNATURES:
        if _begins(data, offset, signature):
            raise ReadError(Reason(code))
    return _text_format(decode(data)[0][:4096], suffix)


def is_picture(data: bytes) -> bool:
    """True if these bytes, perhaps of its beginning alone, are those of a picture file that is read."""
    return any(_begins(data, offset, signature) for offset, signature in _PICTURES)


def _begins(data: bytes, offset: int, signature: bytes) -> bool:
    """True if the signature stands there, and is not how a text begins."""
    return data.startswith(signature, offset) and not (signature in _TEXTLIKE and _is_text(data))


def _compound(data: bytes) -> str:
    """The format of an OLE file; only Outlook's messages are read."""
    if _MESSAGE.encode("utf-16-le") in data:
        return "msg"
    raise ReadError(Reason(next(code for stream, code in _OLE_STREAMS if stream.encode("utf-16-le") in data)))


def _is_pdf(data: bytes, suffix: str) -> bool:
    """True if the header of a PDF stands first, or near the start of what is a PDF by its name or its end."""
    start, header = data[:1024], b"%PDF-"
    return header in start and (start.startswith(header) or suffix == ".pdf" or b"\nstartxref" in data)


def _headed_format(data: bytes, suffix: str) -> str | None:
    """The format of what starts as RTF does, or as a mail or a saved page, with headers no letter has."""
    if data.startswith(b"{\\rtf"):
        return "rtf"
    match = _HEADERS.match(data[:_LONGEST_HEADERS].removeprefix(BOM_UTF8).lstrip())
    if match is None:
        return None
    said = match[1].lower()
    names = set(_HEADER_NAME.findall(said))
    if b"multipart/related" in said and (
        suffix in (".mht", ".mhtml") or any(sign in said for sign in _SAVED)
    ):
        return "mhtml"
    if suffix == ".eml" or (b"from" in names and names & _OF_MAIL):
        return "mbox" if data.startswith(b"From ") and _ANOTHER_MAIL.search(data) else "eml"
    return None


def _text_format(start: str, suffix: str) -> str:
    """The format of a text by how it starts, else by its name's suffix."""
    if _HTML.match(start):
        return "html"
    if flat := _FLAT.search(start):
        return _OPEN_DOCUMENTS[flat[1].removesuffix("-template")]
    if suffix in _DATA or (suffix not in _BY_SUFFIX and start.startswith("<?xml")):
        raise ReadError(Reason("unsupported_data"))
    return _BY_SUFFIX.get(suffix, "text")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The container, opened once its directory proves whole and its size acceptable.

    Raises:
        ReadError: it is damaged, encrypted, or would be too large when unpacked.
    """
    try:
        container = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ReadError(Reason("damaged", problem=Reason("cut_off"))) from error
    members = container.infolist()
    if sum(max(member.file_size - member.compress_size, 0) for member in members) > _UNPACKED:
        raise ReadError(Reason("unpacks_too_large"))
    if any(member.flag_bits & 1 for member in members):
        raise ReadError(Reason("locked_container"))
    return container


def _container(data: bytes) -> str:
    """The format of a zip container, by its members."""
    container = open_zip(data)
    names = container.namelist()
    if told := _OPEN_DOCUMENTS.get(_told_type(container)):
        return told

    def holds(start: str) -> bool:
        return any(name.startswith(start) for name in names)

    kind = next((kind for start, kind in _ZIP_FORMATS.items() if holds(start)), None)
    if kind is None:
        raise ReadError(Reason(next((code for start, code in _ZIP_OTHERS if holds(start)), "empty")))
    if kind != "epub" and "[Content_Types].xml" not in names:
        raise ReadError(Reason("unsupported_archive"))
    return kind


def _told_type(container: zipfile.ZipFile) -> str:
    """The media type that the container gives of itself, "" where it gives none that can be read."""
    try:
        with container.open("mimetype") as file:
            return file.read(_LONGEST_TYPE).strip().decode("ascii", "replace").removesuffix("-template")
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        return ""


def _is_text(data: bytes) -> bool:
    try:
        decode(data[:4096])
    except ReadError:
        return False
    return True
