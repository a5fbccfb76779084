"""Pictures without what cameras write beside them: place, device, time. Pure, over bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

JPEG_START, PNG_START = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
KEPT_MARKERS = frozenset({0xE0, 0xEE})
"""JFIF, and the marker that says how colours are written; every other application's part goes."""
KEPT_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB"})
SIZES = frozenset({*range(0xC0, 0xD0)}) - {0xC4, 0xC8, 0xCC}
COMMENT, SCAN, END = 0xFE, 0xDA, 0xD9
LEAST, MOST = 120, 6000


class BrokenPictureError(ValueError):
    """The bytes are no picture, or not one that can be shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it may be kept."""

    content: bytes
    width: int
    height: int
    suffix: str


def bare(content: bytes) -> Picture:
    """Return a JPEG or PNG picture with nothing but the picture in it.

    :raises BrokenPictureError: when it is none, or too small or too large to show
    """
    try:
        found = _bare_jpeg(content) if content.startswith(JPEG_START) else _bare_png(content)
    except (struct.error, IndexError) as error:
        raise BrokenPictureError from error
    if not (LEAST <= found.width <= MOST and LEAST <= found.height <= MOST):
        raise BrokenPictureError
    return found


def _bare_jpeg(content: bytes) -> Picture:
    kept, size = [JPEG_START], (0, 0)
    for marker, part in _segments(content):
        if marker in SIZES:
            height, width = struct.unpack(">HH", part[5:9])
            size = (width, height)
        is_beside = 0xE0 <= marker <= 0xEF and marker not in KEPT_MARKERS
        if not is_beside and marker != COMMENT:
            kept.append(part)
    return Picture(b"".join(kept), *size, ".jpg")


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the parts of a JPEG up to the picture itself, which is the last one."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise BrokenPictureError
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == SCAN:
            end = content.rfind(b"\xff\xd9")
            if end < at:
                raise BrokenPictureError
            yield marker, content[at : end + 2]
            return
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if length < 2:
            raise BrokenPictureError
        yield marker, content[at : at + 2 + length]
        at += 2 + length


def _bare_png(content: bytes) -> Picture:
    if not content.startswith(PNG_START):
        raise BrokenPictureError
    kept, size, at, name = [PNG_START], (0, 0), len(PNG_START), b""
    while name != b"IEND":
        length, name = struct.unpack(">I4s", content[at : at + 8])
        part = content[at : at + 12 + length]
        if len(part) != 12 + length:
            raise BrokenPictureError
        if name == b"IHDR":
            size = struct.unpack(">II", part[8:16])
        if name in KEPT_CHUNKS:
            kept.append(part)
        at += 12 + length
    return Picture(b"".join(kept), *size, ".png")
