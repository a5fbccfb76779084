"""Small pictures, with what a camera would write beside them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

ORIENTATION, DESCRIPTION = 0x0112, 0x010E
ON_ITS_SIDE = 6


def small_png(width: int = 160, height: int = 200, *, secret: str = "") -> bytes:
    """Return a PNG, half see-through, with a text beside it when there is a secret to hide."""
    beside = PngInfo()
    if secret:
        beside.add_text("Comment", secret)
    return _written(Image.new("RGBA", (width, height), (90, 120, 150, 128)), "PNG", pnginfo=beside)


def small_jpeg(width: int = 160, height: int = 200, *, secret: str = "") -> bytes:
    """Return a JPEG that a camera held on its side would write, with a secret in its EXIF part."""
    exif = Image.Exif()
    exif[ORIENTATION] = ON_ITS_SIDE
    exif[DESCRIPTION] = secret or "camera"
    picture = Image.new("RGB", (width, height), (90, 120, 150))
    return _written(picture, "JPEG", exif=exif, comment=secret.encode())


def _written(picture: Image.Image, kind: str, **beside: object) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **beside)
    return file.getvalue()
