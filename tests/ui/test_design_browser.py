"""The design pages in Chromium: axe finds nothing, nothing overflows, targets are large enough."""

from __future__ import annotations

import mimetypes
import os
import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from khuevan.ui.design import SPECIMENS
from khuevan.ui.design.board import context

CHROMIUM = Path(os.environ.get("KHUEVAN_CHROMIUM", "/usr/bin/chromium"))
STATIC = Path(__file__).parents[2] / "src/khuevan/ui/static"
AXE = Path(__file__).parents[1] / "vendor/axe.min.js"
BOARD = "board"
NAMES = (BOARD, *SPECIMENS)
SMOKE = ("dashboard", "family", "not-found")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL = """() => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .filter(e => e.getClientRects().length && e.type !== 'hidden' && !e.closest('.skip'))
  .filter(e => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))
  .filter(e => (e.closest('label, a, button, summary') || e).getBoundingClientRect().height < 43.5)
  .map(e => e.getBoundingClientRect().height + ' ' + e.outerHTML.slice(0, 90))"""
SETTLED = """() => Promise.all([new Promise(done => setTimeout(done, 60)),
  ...document.getAnimations().filter(a => a instanceof CSSTransition).map(a => a.finished)])"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]


@cache
def page_of(name: str) -> bytes:
    """Return a design page as a signed-out reader gets it, in Vietnamese."""
    request = RequestFactory().get("/design/")
    with translation.override("vi"):
        if name == BOARD:
            values = {**context(), "specimens": list(SPECIMENS), "shell": {}}
            return render_to_string("ui/design/board.html", values, request).encode()
        template, data = SPECIMENS[name]
        return render_to_string(template, data(), request).encode()


def policy() -> str:
    """Return the content security policy of the settings."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(map(str, values))}" for name, values in directives.items())


class Handler(BaseHTTPRequestHandler):
    """Serves the pages and the static files from memory and disk: no database behind them."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].strip("/")
        file = STATIC / path.removeprefix("static/")
        if path.startswith("static/") and file.is_file():
            self._send(mimetypes.guess_type(file.name)[0] or "font/woff2", file.read_bytes())
        elif path in NAMES:
            self._send("text/html; charset=utf-8", page_of(path))
        else:
            self.send_error(404)

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy())
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    for name in NAMES:
        page_of(name)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    flags += ["--disable-component-update", "--disable-sync"]
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


def opened(
    browser: Browser, url: str, *, width: int = 1280, theme: Any = "light", **options: Any
) -> Page:
    """Return the page in a context of its own, which its close ends."""
    size = {"width": width, "height": 800}
    page = browser.new_page(viewport=size, color_scheme=theme, locale="vi-VN", **options)  # type: ignore[arg-type]
    page.goto(url)
    return page


def axe_faults(page: Page) -> list[str]:
    """Return what axe finds, in words."""
    only = {"resultTypes": ["violations"], "runOnly": RULES}
    result = page.evaluate("options => axe.run(document, options)", only)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in result["violations"]]


def looks_of(page: Page) -> Iterator[tuple[int, str]]:
    """Show a page wide and narrow, in light and dark, without loading it again."""
    for width, theme in ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.evaluate(SETTLED)
        yield width, theme


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=() if n in SMOKE else pytest.mark.slow) for n in NAMES],
)
def test_axe_finds_nothing_in_light_dark_wide_and_narrow(
    site: str, browser: Browser, name: str
) -> None:
    page = opened(browser, f"{site}/{name}", bypass_csp=True, reduced_motion="reduce")
    page.evaluate(AXE.read_text("utf-8"))
    found = {look: axe_faults(page) for look in looks_of(page)}
    page.close()

    assert not any(found.values()), found


@pytest.mark.parametrize("name", NAMES)
def test_only_tables_scroll_sideways(site: str, browser: Browser, name: str) -> None:
    page = opened(browser, f"{site}/{name}")
    surplus = {}
    for width in (320, 390, 900):
        page.set_viewport_size({"width": width, "height": 800})
        surplus[width] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.close()

    assert max(surplus.values()) <= 0, surplus


@pytest.mark.parametrize("name", ["family", "verify", "sign-in", "attendance"])
def test_fingers_find_44_pixels(site: str, browser: Browser, name: str) -> None:
    page = opened(browser, f"{site}/{name}", width=390)
    small = page.evaluate(SMALL)
    page.close()

    assert small == []


def test_no_script_or_style_breaks_the_policy(site: str, browser: Browser) -> None:
    faults: list[str] = []
    page = browser.new_page()
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for name in NAMES:
        page.goto(f"{site}/{name}")
    page.close()

    assert faults == []


def test_the_slash_key_leads_to_search_and_escape_closes_menus(site: str, browser: Browser) -> None:
    page = opened(browser, f"{site}/dashboard")
    page.keyboard.press("/")
    focused = page.evaluate("document.activeElement.id")
    page.click(".menu-end > summary")
    page.keyboard.press("Escape")

    assert focused == "top-search"
    assert page.locator("details[open]").count() == 0
    page.close()


def test_a_chosen_theme_stays(site: str, browser: Browser) -> None:
    page = opened(browser, f"{site}/dashboard")
    page.click(".menu-end > summary")
    page.click("[data-theme-set=dark]")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 20, 23)"
    assert "theme=dark" in page.evaluate("document.cookie")
    page.close()


def test_the_drawer_opens_without_script(site: str, browser: Browser) -> None:
    page = opened(browser, f"{site}/dashboard", width=390, java_script_enabled=False)
    page.click(".bottom a:last-child")

    assert page.locator("#nav").is_visible()
    page.close()


def test_a_toast_from_aside_goes_and_a_page_from_the_history_breaks_nothing(
    site: str, browser: Browser
) -> None:
    """A swap aside names no target, and neither does a page fetched again for the back button."""
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{site}/{BOARD}")
    page.clock.install()
    page.evaluate(
        """() => {
          document.body.insertAdjacentHTML("beforeend", '<div data-toast id="aside">Đã lưu</div>');
          for (const name of ["htmx:oobAfterSwap", "htmx:afterSwap"]) {
            document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: {} }));
          }
        }"""
    )
    assert page.locator("#aside").count() == 1
    page.clock.run_for(7000)
    assert page.locator("#aside").count() == 0
    assert faults == []
    page.close()


@pytest.mark.parametrize(
    ("answer", "says"),
    [(None, "Chưa kết nối được"), (403, "Phiên đã hết"), (404, "không còn"), (500, "Lỗi do")],
)
def test_a_part_that_nothing_came_of_is_told(
    site: str, browser: Browser, answer: int | None, says: str
) -> None:
    page = opened(browser, f"{site}/dashboard")
    page.route("**/part", lambda route: route.fulfill(status=answer) if answer else route.abort())
    page.evaluate("""() => {
        const button = document.createElement("button");
        Object.assign(button, { id: "asks", textContent: "x" });
        button.setAttribute("hx-get", "/part");
        document.querySelector("main").prepend(button);
        htmx.process(button);
    }""")
    page.click("#asks")
    told = page.get_by_role("alert").filter(has_text=says)
    told.wait_for(timeout=5_000)
    assert told.get_by_role("link", name="Tải lại trang").count() == 1
    told.get_by_role("button").click()
    assert told.count() == 0
    page.close()
