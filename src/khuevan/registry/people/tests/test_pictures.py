"""Nothing but the picture is kept of a picture."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from khuevan.registry.people.pictures import (
    KEPT_SIDE,
    BrokenPictureError,
    LargePictureError,
    SmallPictureError,
    redrawn,
)
from khuevan.registry.people.tests.pictures import small_jpeg, small_png

SECRET = "GPS 18.3428 N 105.9057 E"


@pytest.mark.parametrize("content", [small_jpeg(secret=SECRET), small_png(secret=SECRET)])
def test_place_and_device_go_the_picture_stays(content: bytes) -> None:
    found = redrawn(content)
    assert SECRET.encode() in content
    assert SECRET.encode() not in found.content
    with Image.open(BytesIO(found.content)) as kept:
        assert kept.format == "JPEG"
        assert not kept.getexif()
        assert "comment" not in kept.info


def test_a_picture_taken_on_its_side_stands_upright() -> None:
    found = redrawn(small_jpeg(160, 200))
    assert (found.width, found.height) == (200, 160)


def test_a_large_picture_is_kept_as_large_as_records_show_it() -> None:
    found = redrawn(small_png(2400, 1600))
    assert (found.width, found.height) == (KEPT_SIDE, 800)


@pytest.mark.parametrize("content", [b"", b"GIF89a", small_png()[:60], small_jpeg()[:300]])
def test_what_is_no_picture_to_show_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenPictureError):
        redrawn(content)


def test_too_few_pixels_are_told_apart() -> None:
    with pytest.raises(SmallPictureError):
        redrawn(small_png(160, 40))


@pytest.mark.parametrize("side", [7000, 60_000])
def test_a_picture_that_says_it_is_huge_is_not_unpacked(side: int) -> None:
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    body = b"IDAT" + zlib.compress(b"")
    bomb += struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    with pytest.raises(LargePictureError):
        redrawn(bomb)


@given(st.binary(max_size=400), st.sampled_from([b"\xff\xd8", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_read_or_refused(tail: bytes, start: bytes) -> None:
    try:
        redrawn(start + tail)
    except BrokenPictureError:
        return


@given(st.integers(0, 2000), st.integers(0, 255))
def test_one_wrong_byte_never_breaks_the_reader(place: int, value: int) -> None:
    content = bytearray(small_jpeg(secret=SECRET))
    content[place % len(content)] = value
    try:
        redrawn(bytes(content))
    except BrokenPictureError:
        return
