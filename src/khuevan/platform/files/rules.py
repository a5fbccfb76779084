"""What a file is by its first bytes, and what name it may be saved under. No storage, no tables."""

from __future__ import annotations

import codecs
import lzma
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, cast

from khuevan.kernel.vietnamese import normalize
from khuevan.ui import downloads

HEAD = 8192
LONGEST_NAME = 120
MOST_ZIP_ENTRIES = 20_000
LONGEST_ZIP_LISTING = 8 << 20
"""Bytes of the list of what a zip holds: each entry of it costs ten times as much memory."""
FORBIDDEN_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
DIRECTION_MARKS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class FileType:
    """A type the system tells apart by content."""

    code: str
    media_type: str
    suffixes: tuple[str, ...]


XLSX = FileType("xlsx", downloads.XLSX, (".xlsx",))
XLS = FileType("xls", "application/vnd.ms-excel", (".xls", ".xlsx", ".doc"))
"""Any OLE container: old spreadsheets, and new ones under a password."""
ODS = FileType("ods", "application/vnd.oasis.opendocument.spreadsheet", (".ods",))
DOCX = FileType(
    "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)
)
ZIP = FileType("zip", "application/zip", (".zip",))
PDF = FileType("pdf", downloads.PDF, (".pdf",))
PNG = FileType("png", "image/png", (".png",))
JPEG = FileType("jpeg", "image/jpeg", (".jpg", ".jpeg"))
TEXT = FileType("text", "text/plain", (".txt", ".csv", ".tsv", ".json"))
OTHER = FileType("other", "application/octet-stream", ())

_MAGIC: tuple[tuple[bytes, FileType], ...] = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", XLS),
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
)

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,  # locked, or packed in a way not known
    OSError,
    EOFError,
    ValueError,
)
"""What the standard library raises at a zip that is not right."""


def detect(content: IO[bytes]) -> FileType:
    """Return what a seekable file is, judged by its content alone; leaves it at its start."""
    content.seek(0)
    head = content.read(HEAD)
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if found is ZIP:
        found = _inside_zip(content)
    if found is None:
        found = TEXT if _is_text(head) else OTHER
    content.seek(0)
    return found


def safe_name(name: str, *, fallback: str = "tep") -> str:
    """Return a name that is safe on any system and in a header: no path, no hidden marks."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    text = FORBIDDEN_IN_NAMES.sub(" ", DIRECTION_MARKS.sub("", text))
    text = normalize(text).lstrip(". ").rstrip(". ")
    stem, dot, suffix = text.rpartition(".")
    if dot and stem and len(suffix) <= 8:
        return f"{stem[: LONGEST_NAME - len(suffix) - 1].rstrip()}.{suffix}"
    return text[:LONGEST_NAME] or fallback


def _inside_zip(content: IO[bytes]) -> FileType:
    """Tell office documents from other archives by the names inside; nothing is unpacked."""
    try:
        with zipfile.ZipFile(cast("IO[bytes]", _Sparing(content))) as archive:
            names = {entry.filename for entry in archive.filelist[:MOST_ZIP_ENTRIES]}
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                stated = archive.read("mimetype").decode("ascii", "replace")
                return ODS if stated.startswith(ODS.media_type) else ZIP
    except BROKEN_ZIP:
        return OTHER
    if any(name.startswith("xl/") for name in names):
        return XLSX
    return DOCX if any(name.startswith("word/") for name in names) else ZIP


class _Sparing:
    """A file of which no more is read at once than a zip's list of entries may have."""

    def __init__(self, content: IO[bytes]) -> None:
        self.seek, self.tell, self._read = content.seek, content.tell, content.read
        self.seekable = content.seekable

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        :raises BadZipFile: where too many are asked for
        """
        if size > LONGEST_ZIP_LISTING:
            raise zipfile.BadZipFile
        return self._read(size)


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if not head or b"\x00" in head:
        return False
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls * 100 <= len(head)
