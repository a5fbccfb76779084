"""Small pictures made by hand, with what a camera would write beside them."""

from __future__ import annotations

import struct
import zlib


def small_png(width: int = 160, height: int = 200, *, secret: bytes = b"") -> bytes:
    """Return a grey PNG, with a text chunk when there is a secret to hide in it."""
    rows = b"".join(b"\x00" + b"\x80" * width for _row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    beside = _chunk(b"tEXt", secret) if secret else b""
    body = _chunk(b"IHDR", head) + beside + _chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + body + _chunk(b"IEND", b"")


def small_jpeg(width: int = 160, height: int = 200, *, secret: bytes = b"GPS 18.34N") -> bytes:
    """Return the frame of a JPEG with an EXIF part and a comment; the scan is not real."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"),
            _segment(0xE1, b"Exif\x00\x00" + secret),
            _segment(0xFE, secret),
            _segment(0xC0, frame),
            _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            b"\x12\x34\xff\x00\x56",
            b"\xff\xd9",
        )
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data
