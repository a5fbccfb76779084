"""Pictures drawn anew: upright, no larger than a record shows, with nothing a camera wrote beside.

Pure, over bytes.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

LEAST = 120
"""Pixels of the shorter side: less can't tell who it is."""
MOST_PIXELS = 40_000_000
"""Of the picture as sent. A larger one is refused before its pixels are unpacked."""
KEPT_SIDE = 1200
"""Pixels of the longer side that are kept: enough to print a passport photo."""
QUALITY = 85
FORMATS = ("JPEG", "PNG")
SUFFIX = ".jpg"


class BrokenPictureError(ValueError):
    """The bytes are no picture that can be shown."""


class SmallPictureError(BrokenPictureError):
    """The picture has too few pixels."""


class LargePictureError(BrokenPictureError):
    """The picture has more pixels than anybody unpacks."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it may be kept: a JPEG."""

    content: bytes
    width: int
    height: int
    suffix: str = SUFFIX


def redrawn(content: bytes) -> Picture:
    """Return a JPEG or PNG picture drawn anew as a JPEG with nothing but pixels in it.

    :raises BrokenPictureError: when it is none, or a part of it is missing
    :raises SmallPictureError, LargePictureError: when it has too few or too many pixels
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=FORMATS) as opened:
                return _redrawn(opened)
    except BrokenPictureError:
        raise
    except Image.DecompressionBombError as error:
        raise LargePictureError from error
    except Exception as error:  # noqa: BLE001  (decoders of foreign bytes raise whatever they meet)
        raise BrokenPictureError from error


def _redrawn(opened: Image.Image) -> Picture:
    width, height = opened.size
    if width * height > MOST_PIXELS:
        raise LargePictureError
    if min(width, height) < LEAST:
        raise SmallPictureError
    opened.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
    upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    written = BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Picture(written.getvalue(), *plain.size)
