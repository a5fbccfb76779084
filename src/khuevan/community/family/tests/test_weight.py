"""A family's first page weighs at most 150 KB over the wire, all that it loads included."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from tests.cast import Cast, Client

MOST = 150_000
ADDRESS = re.compile(r'(?:href|src)="(/static/[^"#]+)')
FONT = re.compile(
    r'font-family: "([^"]+)"; font-weight: (\d+);[^}]*url\("([^"]+)"\)[^}]*unicode-range: ([^;]+)'
)
READY_PACKED = {".woff2", ".png"}
LEFT_OUT = ("apple-touch-icon", "favicon-32", "manifest", "print.css")
"""Loaded when the page is put on the home screen, for old browsers, or on paper."""


def on_the_wire(path: Path) -> int:
    body = path.read_bytes()
    return len(body) if path.suffix in READY_PACKED else len(gzip.compress(body, 9))


def found(address: str) -> Path:
    place = finders.find(address.removeprefix("/static/"))
    assert isinstance(place, str), address
    return Path(place)


def fonts_of(sheet: Path) -> set[Path]:
    """Return the font files a style sheet names: a Vietnamese page draws letters of all of them."""
    text = sheet.read_text("utf-8")
    return {(sheet.parent / url).resolve() for _f, _w, url, _range in FONT.findall(text)}


def test_first_page_is_light(cast: Cast, client: Client) -> None:
    page = client.sign_in(cast.huong).get("/").content
    files = {found(a) for a in ADDRESS.findall(page.decode()) if not any(x in a for x in LEFT_OUT)}
    for sheet in [path for path in files if path.suffix == ".css"]:
        files |= fonts_of(sheet)
    fonts = [path for path in files if path.suffix == ".woff2"]
    weight = len(gzip.compress(page, 9)) + sum(on_the_wire(path) for path in files)
    assert len(fonts) >= 4
    assert not any("500" in path.name for path in fonts)
    assert weight <= MOST, {path.name: on_the_wire(path) for path in files}
