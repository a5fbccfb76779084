"""What a file really is, by its bytes, and whether it is safe to unpack. Never trusts its name.

Runs in the reading process: standard library only, and every loop is bounded.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
MAGICS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PICTURE"),
    (b"\xff\xd8\xff", "PICTURE"),
    (b"GIF8", "PICTURE"),
    (b"BM", "PICTURE"),
    (b"RIFF", "PICTURE"),
    (b"Rar!", "ARCHIVE"),
    (b"7z\xbc\xaf", "ARCHIVE"),
    (b"\x1f\x8b", "ARCHIVE"),
    (b"MZ", "UNKNOWN"),
    (b"\x7fELF", "UNKNOWN"),
)
# Names of streams in the old compound format; the first found says what the file is.
OLE_STREAMS = (
    ("EncryptedPackage", "ENCRYPTED"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "DOCUMENT"),
    ("PowerPoint Document", "DOCUMENT"),
)
PASSWORD_RECORD = 0x2F
FIRST_RECORDS = 8
WEB_START = re.compile(rb"\s*(<[a-z!?]|mime-ver)", re.IGNORECASE)  # any tag or comment, and .mht
ARCHIVED_SHEETS = (".xlsx", ".xlsm", ".xls", ".csv", ".zip")
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

ENTRY_LIMIT = 2000
RATIO_LIMIT = 200
RATIO_FREE_BYTES = 32 << 20  # a small file may compress as well as it likes
INFLATE_STEP = 1 << 20


class Refused(Exception):
    """The file will not be read; `reason` names the error class, `details` fill its sentence."""

    def __init__(self, reason: str, **details: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details


@dataclass(frozen=True)
class Unpacked:
    """How much a package may unpack to."""

    bytes: int
    entries: int = ENTRY_LIMIT
    ratio: int = RATIO_LIMIT


def kind_of(path: Path) -> str:
    """Say xlsx, xls or csv by content.

    :raises Refused: if it is anything else
    """
    with path.open("rb") as file:
        head = file.read(4096)
        if not head:
            raise Refused("EMPTY")
        if head.startswith(OLE_MAGIC):
            return _kind_of_ole(file)
    if head.startswith(EMPTY_ZIP_MAGIC):
        raise Refused("NO_ROWS")
    if head.startswith(ZIP_MAGIC):
        return "xlsx"
    return _kind_of_text(head)


def check_package(path: Path, allowed: Unpacked) -> None:
    """Look into a zip package without trusting what it declares.

    :raises Refused: if it is damaged, no workbook, or would unpack to too much
    """
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error) as error:
        raise Refused("DAMAGED") from error
    if len(entries) > allowed.entries:
        raise Refused("BOMB")
    _check_contents({entry.filename for entry in entries})
    _check_sizes(path, entries, allowed)


def _kind_of_ole(file: BinaryIO) -> str:
    file.seek(0)
    data = file.read()
    for name, kind in OLE_STREAMS:
        entry = _stream_entry(data, name)
        if entry is None:
            continue
        if kind.isupper():
            raise Refused(kind)
        if _is_locked(data, entry):
            raise Refused("ENCRYPTED")
        return kind
    raise Refused("DAMAGED")


def _is_locked(data: bytes, entry: int) -> bool:
    """Look for the password record among the first records of an .xls workbook."""
    (shift,) = struct.unpack_from("<H", data, 30)
    (first_sector,) = struct.unpack_from("<I", data, entry + 116)
    place = (first_sector + 1) << min(shift, 12)
    for _ in range(FIRST_RECORDS):
        if place + 4 > len(data):
            break
        record, size = struct.unpack_from("<HH", data, place)
        if record == PASSWORD_RECORD:
            return True
        place += 4 + size
    return False


def _stream_entry(data: bytes, name: str) -> int | None:
    """Find a directory entry: 128 bytes, the name first, its length in bytes at 64."""
    wanted = (name + "\0").encode("utf-16-le")
    place = data.find(wanted)
    while place != -1:
        if place % 128 == 0 and data[place + 64 : place + 66] == struct.pack("<H", len(wanted)):
            return place
        place = data.find(wanted, place + 1)
    return None


def _kind_of_text(head: bytes) -> str:
    for magic, kind in MAGICS:
        if head.startswith(magic) and (len(magic) > 2 or b"\0" in head):
            raise Refused(kind)
    if head[4:8] == b"ftyp":
        raise Refused("PICTURE")
    if head.startswith(BOMS):
        return _kind_of_marked_text(head)
    if WEB_START.match(head):
        raise Refused("WEB_PAGE")
    if BINARY.search(head) and not _looks_like_utf16(head):
        raise Refused("UNKNOWN")
    return "csv"


def _kind_of_marked_text(head: bytes) -> str:
    start = head[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if WEB_START.match(start):
        raise Refused("WEB_PAGE")
    return "csv"


def _looks_like_utf16(head: bytes) -> bool:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) // 5 and min(even, odd) == 0


def _check_contents(names: set[str]) -> None:
    if "EncryptedPackage" in names:
        raise Refused("ENCRYPTED")
    if "xl/workbook.xml" in names:
        return
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise Refused("DOCUMENT")
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise Refused("OTHER_SHEET")
    if any(name.lower().endswith(ARCHIVED_SHEETS) for name in names):
        raise Refused("ARCHIVE")
    raise Refused("UNKNOWN")


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo], allowed: Unpacked) -> None:
    declared = sum(entry.file_size for entry in entries)
    packed = max(1, min(path.stat().st_size, sum(entry.compress_size for entry in entries)))
    if declared > allowed.bytes:
        raise Refused("BOMB")
    if declared > RATIO_FREE_BYTES and declared / packed > allowed.ratio:
        raise Refused("BOMB")
    with path.open("rb") as file:
        for entry in entries:
            _check_honest(file, entry)


def _check_honest(file: BinaryIO, entry: zipfile.ZipInfo) -> None:
    """Unpack an entry into nothing: a bomb may declare less than it holds."""
    if entry.flag_bits & 0x1:
        raise Refused("ENCRYPTED")
    if entry.compress_type == zipfile.ZIP_STORED:
        if entry.file_size != entry.compress_size:
            raise Refused("BOMB")
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused("DAMAGED")
    try:
        size = _inflated_size(file, entry)
    except (zlib.error, struct.error, OSError) as error:
        raise Refused("DAMAGED") from error
    if size > entry.file_size:
        raise Refused("BOMB")


def _inflated_size(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Count the bytes an entry unpacks to, stopping as soon as it passes what it declares."""
    file.seek(entry.header_offset + 26)
    name_size, extra_size = struct.unpack("<HH", file.read(4))
    file.seek(name_size + extra_size, 1)
    inflater, left, size = zlib.decompressobj(-zlib.MAX_WBITS), entry.compress_size, 0
    while left > 0 and not inflater.eof and size <= entry.file_size:
        packed = inflater.unconsumed_tail or file.read(min(INFLATE_STEP, left))
        if not packed:
            break
        size += len(inflater.decompress(packed, INFLATE_STEP))
        left -= len(packed) - len(inflater.unconsumed_tail)
    return size
