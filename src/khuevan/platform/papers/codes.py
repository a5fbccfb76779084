"""QR codes as SVG for pages and PNG for papers."""

from __future__ import annotations

from io import BytesIO

import segno

LONGEST = 1500
QUIET_ZONE = 4


def qr_svg(text: str, *, scale: int = 4) -> str:
    """Return a QR code as an inline SVG, black on white, with the quiet zone readers need."""
    image = BytesIO()
    _code(text).save(
        image,
        kind="svg",
        scale=scale,
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgns=True,
        omitsize=True,
    )
    return image.getvalue().decode("utf-8").strip()


def qr_png(text: str, *, scale: int = 8) -> bytes:
    """Return a QR code as a PNG."""
    image = BytesIO()
    _code(text).save(image, kind="png", scale=scale, border=QUIET_ZONE)
    return image.getvalue()


def _code(text: str) -> segno.QRCode:
    if not text or len(text) > LONGEST:
        raise ValueError(f"a QR code holds 1 to {LONGEST} characters")
    return segno.make(text, micro=False, error="m")
