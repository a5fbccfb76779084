"""Draw the marks of Khuê Văn from their geometry: pavilion window, pavilion, app icons.

Run `.venv/bin/python tools/draw_marks.py` after changing the geometry; it needs Chromium for the
PNG icons. The symbols also go into the icon sprite, which `tools/vendor_assets.py` writes.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

MARKS = Path(__file__).resolve().parents[1] / "src/khuevan/ui/static/ui/marks"
SON, INK, PAPER = "#BF3517", "#1C1E22", "#F7F5F0"
SQUARE = "M4 1h24a3 3 0 0 1 3 3v24a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3Z"
OPENING = "M16 3.6a12.4 12.4 0 1 0 0 24.8a12.4 12.4 0 1 0 0-24.8Z"


def _bars(count: int, inner: float, outer: float, center: tuple[float, float] = (16, 16)) -> str:
    """Return one path of `count` straight bars around a center, the first one upright."""
    x, y = center
    parts = []
    for index in range(count):
        angle = math.tau * index / count - math.pi / 2
        cos, sin = math.cos(angle), math.sin(angle)
        start = f"M{x + inner * cos:.2f} {y + inner * sin:.2f}"
        parts.append(f"{start}L{x + outer * cos:.2f} {y + outer * sin:.2f}")
    return "".join(parts)


def window(bars: int = 16, stroke: float = 1.25) -> str:
    """Return the pavilion window on a 32 grid, in the current color, its opening cut through."""
    return (
        f'<path fill="currentColor" fill-rule="evenodd" d="{SQUARE}{OPENING}"/>'
        f'<path fill="none" stroke="currentColor" stroke-width="{stroke}"'
        f' d="{_bars(bars, 5, 12.6)}"/>'
        '<circle cx="16" cy="16" r="4.8" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        '<circle cx="16" cy="16" r="1.7" fill="currentColor"/>'
    )


def pavilion() -> str:
    """Return the line drawing of the pavilion on a 104 x 88 grid: tile gray lines, son window."""
    half = (
        "M52 1.6C49.2 4.9 47.6 5.2 46 6.6 43.4 10.4 39.4 12.9 35.2 12.5 33.2 12.3 31.8 11.8 30 11.3"
        "M34.7 12.6V16C31.6 22.6 27.4 27.2 20.9 27.1"
        "M33.4 26.9V81.2M39.5 53.4V81.2M45.6 53.4V58"
    )
    lines = (
        "M46 6.6H58M34.7 16H69.3M41 29.2H63V51.2H41Z"
        "M27 53.4H77M28.5 58H75.5M52 53.4V58M23.9 81.2H80.1M19.2 85.2H84.8"
        "M1.4 85.2h1.2M6 85.2h1.2M10.6 85.2h1.2M92.2 85.2h1.2M96.8 85.2h1.2M101.4 85.2h1.2"
    )
    center = (52, 40.2)
    return (
        '<g fill="none" stroke="currentColor" stroke-width="1.15"'
        ' stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{half}"/><path transform="matrix(-1 0 0 1 104 0)" d="{half}"/>'
        f'<path d="{lines}"/></g>'
        '<g fill="none" stroke="var(--son, #BF3517)">'
        '<circle cx="52" cy="40.2" r="9.1" stroke-width="1.25"/>'
        '<circle cx="52" cy="40.2" r="3.3" stroke-width="1.25"/>'
        f'<path stroke-width=".7" d="{_bars(16, 3.6, 8.8, center)}"/></g>'
    )


def symbols() -> str:
    """Return the marks as sprite symbols: logo, logo-small (under 22 px), pavilion."""
    return (
        f'<symbol id="logo" viewBox="0 0 32 32">{window()}</symbol>\n'
        f'<symbol id="logo-small" viewBox="0 0 32 32">{window(10, 1.7)}</symbol>\n'
        f'<symbol id="pavilion" viewBox="0 0 104 88">{pavilion()}</symbol>\n'
    )


def _svg(box: str, body: str, color: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" color="{color}">{body}</svg>\n'


def _icon_page(size: int, *, full_bleed: bool) -> str:
    """Return a page that is one app icon; one that may be masked is son to the edge."""
    inside = '<circle cx="16" cy="16" r="12.4" fill="#fff"/>' + window()
    if full_bleed:
        ground = f'<rect width="32" height="32" fill="{SON}"/>'
        inside = f'{ground}<g transform="translate(.8 .8) scale(.95)">{inside}</g>'
    svg = _svg("0 0 32 32" if full_bleed else "1 1 30 30", inside, SON)
    return f"<style>*{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg}"


def _render_pngs() -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only this step needs a browser

    icons = {
        "icon-192.png": (192, False),
        "icon-512.png": (512, False),
        "icon-maskable-512.png": (512, True),
        "apple-touch-icon.png": (180, True),
        "favicon-32.png": (32, False),
    }
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("KHUEVAN_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for name, (size, full_bleed) in icons.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(_icon_page(size, full_bleed=full_bleed))
            page.screenshot(path=MARKS / name, omit_background=True)
            page.close()
        browser.close()


def main() -> None:
    MARKS.mkdir(parents=True, exist_ok=True)
    white = '<circle cx="16" cy="16" r="12.4" fill="#fff"/>'
    files = {
        "logo.svg": _svg("0 0 32 32", window(), SON),
        "logo-small.svg": _svg("0 0 32 32", window(10, 1.7), SON),
        "logo-ink.svg": _svg("0 0 32 32", window(), INK),
        "favicon.svg": _svg("1 1 30 30", white + window(10, 1.7), SON),
        "pavilion.svg": _svg("0 0 104 88", pavilion(), "#63676E"),
    }
    for name, text in files.items():
        (MARKS / name).write_text(text, encoding="utf-8")
    _render_pngs()


if __name__ == "__main__":
    main()
