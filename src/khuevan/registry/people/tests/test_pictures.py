"""Nothing but the picture is kept of a picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.registry.people.pictures import BrokenPictureError, bare
from khuevan.registry.people.tests.pictures import small_jpeg, small_png

SECRET = b"GPS 18.3428 N 105.9057 E"


@pytest.mark.parametrize("content", [small_jpeg(secret=SECRET), small_png(secret=SECRET)])
def test_place_and_device_go_the_picture_stays(content: bytes) -> None:
    found = bare(content)
    assert SECRET in content
    assert SECRET not in found.content
    assert (found.width, found.height) == (160, 200)
    assert bare(found.content).content == found.content


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", small_png()[:60], small_jpeg()[:30], small_png(20, 20), small_jpeg(9000, 90)],
)
def test_what_is_no_picture_to_show_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenPictureError):
        bare(content)


@given(st.binary(max_size=400), st.sampled_from([b"\xff\xd8", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_read_or_refused(tail: bytes, start: bytes) -> None:
    try:
        bare(start + tail)
    except BrokenPictureError:
        return
