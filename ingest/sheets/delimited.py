"""The reader of delimited text (CSV, TSV): its rows, headed by the first."""

import csv
from collections import Counter
from collections.abc import Sequence

from ingest.blocks import Content
from ingest.decode import decode
from ingest.document import Unread
from ingest.errors import ReadError
from ingest.reasons import Reason
from ingest.sheets.grid import grid_blocks
from ingest.tables import RawCell

_SAMPLE = 50  # rows by which the delimiter is told
_DELIMITERS = ",;\t|"  # of two that fit as well, the first
csv.field_size_limit(1 << 30)


def read_csv(data: bytes) -> Content:
    """The file's rows, as they stand.

    Raises:
        ReadError: the data is not text, or not in rows.
    """
    text, reason = decode(data)
    lines = text.splitlines(keepends=True)
    marked = lines[0].strip() if lines else ""
    if marked.lower().startswith("sep=") and len(marked) == 5:  # as Excel writes it
        delimiter, lines = marked[4], lines[1:]
    else:
        delimiter = _delimiter(lines)
    try:
        read = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except csv.Error as error:
        raise ReadError(Reason("damaged", problem=Reason("malformed", detail=str(error)))) from error
    rows = {
        number: {column: RawCell(text) for column, text in enumerate(fields) if text.strip()}
        for number, fields in enumerate(read)
    }
    filled = {number: cells for number, cells in rows.items() if cells}
    return Content(None, list(grid_blocks(filled, least=2)), unread=[Unread(None, reason)] if reason else ())


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter by which most rows have as many fields as most others, and more than one."""

    def fits(delimiter: str) -> tuple[int, int]:
        try:
            rows = [fields for fields in csv.reader(lines[:_SAMPLE], delimiter=delimiter) if fields]
        except csv.Error:
            return 0, 0
        widths = Counter(len(fields) for fields in rows)
        width, count = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        return (count, width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=fits)
