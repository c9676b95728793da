"""Files of Microsoft's compound format (MS-CFB), as Outlook's messages are, of streams by their paths."""

import struct
from collections.abc import Mapping

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file with these streams; "a/b" is the stream b in the storage a."""
    names = [""]  # the root, then every storage and stream
    for path in streams:
        parts = path.split("/")
        names += [one for n in range(1, len(parts) + 1) if (one := "/".join(parts[:n])) not in names]
    sectors: list[bytes] = []
    fat: list[int] = []
    small, small_fat = b"", []
    places: dict[str, tuple[int, int]] = {}
    for path, data in streams.items():
        if len(data) < _CUTOFF:
            places[path] = (len(small_fat) if data else _END, len(data))
            count = -(-len(data) // _SMALL)
            small_fat += [*range(len(small_fat) + 1, len(small_fat) + count), _END] if count else []
            small += data.ljust(count * _SMALL, b"\0")
        else:
            places[path] = (_put(data, sectors, fat), len(data))
    places[""] = (_put(small, sectors, fat), len(small))
    table = b"".join(_entry(number, names, places) for number in range(len(names)))
    directory = _put(table.ljust(-(-len(table) // _SECTOR) * _SECTOR, b"\0"), sectors, fat)
    small_table = _put(struct.pack(f"<{len(small_fat)}I", *small_fat).ljust(_SECTOR, b"\xff"), sectors, fat)
    first, count = len(sectors), 1
    while count * (_SECTOR // 4) < first + count:
        count += 1
    fat += [_FAT] * count
    fat += [_FREE] * (count * (_SECTOR // 4) - len(fat))
    head = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, count, directory, 0, _CUTOFF, small_table, 1, _END, 0)
    head += struct.pack(f"<{count}I", *range(first, first + count))
    return head.ljust(_SECTOR, b"\xff") + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _put(data: bytes, sectors: list[bytes], fat: list[int]) -> int:
    """The first of the sectors that now hold the data."""
    first, count = len(sectors), max(-(-len(data) // _SECTOR), 1)
    padded = data.ljust(count * _SECTOR, b"\0")
    sectors += [padded[n : n + _SECTOR] for n in range(0, len(padded), _SECTOR)]
    fat += [*range(first + 1, first + count), _END]
    return first


def _entry(number: int, names: list[str], places: Mapping[str, tuple[int, int]]) -> bytes:
    """What the directory says of the root, a storage or a stream: its siblings are a chain."""
    path = names[number]
    above = path.rpartition("/")[0]
    siblings = [n for n, one in enumerate(names) if n and one.rpartition("/")[0] == above]
    below = [n for n, one in enumerate(names) if n and one.rpartition("/")[0] == path]
    right = next((n for n in siblings if n > number), _FREE) if number else _FREE
    kind = 5 if not number else 2 if path in places else 1
    name = ("Root Entry" if not number else path.rpartition("/")[2]).encode("utf-16-le")
    start, size = places.get(path, (0, 0))
    child = below[0] if below and kind != 2 else _FREE
    head = struct.pack("<64sHBB3I", name, len(name) + 2, kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
