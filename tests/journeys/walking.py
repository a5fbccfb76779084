"""A person's browser in the province: what they click, and what must hold on every page."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

from tests.journeys.province import Province

AXE = (Path(__file__).parents[1] / "vendor/axe.min.js").read_text("utf-8")
WIDE, NARROW = (1280, 800), (390, 844)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}
SETTLED = """() => Promise.all([new Promise(done => setTimeout(done, 60)),
  ...document.getAnimations().filter(a => a instanceof CSSTransition).map(a => a.finished)])"""
LEFT_BEHIND = ("htmx:sendAbort", "htmx:afterRequest")
"""What htmx says of a request that was on its way when a page was left; answers are looked at."""
LOOK_EVERY_MS, QUIET_LOOKS, PATIENCE = 30, 2, 15
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PICTURES = os.environ.get("KHUEVAN_PICTURES")
"""A folder for a picture of every page looked at, light and dark; unset, none is taken."""


@dataclass
class Walk:
    """One person in one window; every page they `look` at is checked."""

    page: Page
    province: Province
    story: str
    expected: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    pending: set[Request] = field(default_factory=set)

    @property
    def is_narrow(self) -> bool:
        """Tell whether this is a phone."""
        size = self.page.viewport_size
        return size is not None and size["width"] < 600

    def sign_in(self, username: str) -> Walk:
        """Choose somebody on the demo's sign-in page."""
        self.page.goto(f"{self.province.address}/demo/")
        self.page.locator(f'button[name=username][value="{username}"]').click()
        self.page.wait_for_url(lambda url: "/demo/" not in url)
        return self

    def open(self, path: str) -> Walk:
        """Type an address."""
        self.page.goto(f"{self.province.address}{path}")
        return self

    def status_of(self, path: str) -> int:
        """Return how an address typed by hand is answered; a refusal is no fault."""
        self.expected.add(404)
        self.expected.add(403)
        response = self.page.goto(f"{self.province.address}{path}")
        assert response is not None
        return response.status

    def settle(self) -> Walk:
        """Wait until the page stands and nothing it asked for is on its way."""
        began = time.monotonic()
        quiet = 0
        while quiet < QUIET_LOOKS:
            self.page.wait_for_load_state("load")
            self.page.wait_for_timeout(LOOK_EVERY_MS)
            quiet = 0 if self.pending else quiet + 1
            if time.monotonic() - began > PATIENCE:
                waited = ", ".join(sorted(request.url for request in self.pending))
                raise TimeoutError(f"no answer after {PATIENCE} s: {waited}")
        return self

    def menu(self, name: str) -> Walk:
        """Follow a line of the navigation, which a phone keeps in a drawer."""
        nav = self.page.locator("#nav")
        if self.is_narrow and not nav.is_visible():
            self.page.locator(".bottom a").last.click()
        nav.get_by_role("link", name=name).first.click()
        return self.settle()

    def click(self, name: str, *, role: Any = "link", exact: bool = False) -> Walk:
        """Follow a link, or press a button, by the words on it."""
        self.main.get_by_role(role, name=name, exact=exact).first.click()
        return self.settle()

    def press(self, name: str) -> Walk:
        """Press a button of the page by the words on it."""
        return self.click(name, role="button")

    def own_menu(self, name: str) -> Walk:
        """Press a line of the person's own menu."""
        self.page.locator(".top-tools details.menu-end > summary").click()
        self.page.locator(".top-tools details.menu-end").get_by_role("button", name=name).click()
        return self.settle()

    @property
    def path(self) -> str:
        """Return the path of the page before us."""
        return urlsplit(self.page.url).path

    @property
    def main(self) -> Locator:
        """Return the page's own part, without the shell around it."""
        return self.page.locator("main")

    @property
    def text(self) -> str:
        """Return what the page's own part says."""
        return self.main.inner_text()

    def look(self, name: str) -> Walk:
        """Check the page before us: no grave axe fault, nothing wider than the window."""
        self.settle()
        self._picture(name)
        surplus = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if surplus > 0:
            self.faults.append(f"{name}: {surplus} px too wide")
        self.faults += [
            f"{name}: {fault}" for fault in axe_faults(self.page, colours=not self.is_narrow)
        ]
        return self

    def note_console(self, message: ConsoleMessage) -> None:
        """Remember an error of a script or a refused resource."""
        refused = any(f"status of {code}" in message.text for code in self.expected)
        left = message.text.startswith(LEFT_BEHIND)
        if message.type == "error" and not refused and not left:
            self.faults.append(f"console: {message.text}")

    def note_response(self, response: Response) -> None:
        """Remember an answer that nobody should get by clicking."""
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.url}")

    def note_request(self, request: Request) -> None:
        """Remember what the page asks for."""
        self.pending.add(request)

    def note_end(self, request: Request) -> None:
        """Forget what was answered, or given up."""
        self.pending.discard(request)

    def _picture(self, name: str) -> None:
        if not PICTURES:
            return
        for theme in ("light", "dark"):
            self.page.emulate_media(color_scheme=theme)
            self.page.evaluate(SETTLED)
            width = "390" if self.is_narrow else "1280"
            file = Path(PICTURES) / f"{self.story}-{name}-{width}-{theme}.png"
            self.page.screenshot(path=str(file), full_page=True)
        self.page.emulate_media(color_scheme="light")
        self.page.evaluate(SETTLED)


def axe_faults(page: Page, *, colours: bool = True) -> list[str]:
    """Return the serious and critical faults axe finds, in words.

    Colours are the same at every width, and comparing them takes longer than all other rules.
    """
    page.evaluate(SETTLED)
    page.evaluate(AXE)
    only: dict[str, Any] = {"resultTypes": ["violations"], "runOnly": RULES}
    only["rules"] = {"color-contrast": {"enabled": colours}}
    page.evaluate("scrollTo(0, 0)")  # what lies under the sticky bar counts as too small to touch
    result = page.evaluate("options => axe.run(document, options)", only)
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}"
        for one in result["violations"]
        if one["impact"] in GRAVE
    ]


def start_walk(
    browser: Browser, province: Province, *, size: tuple[int, int], story: str, **options: Any
) -> Walk:
    """Open a window of its own, with nobody signed in."""
    settings: dict[str, Any] = {
        "viewport": {"width": size[0], "height": size[1]},
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "color_scheme": "light",
        "reduced_motion": "reduce",
        **options,
    }
    page = browser.new_context(**settings).new_page()
    page.set_default_timeout(15_000)
    walk = Walk(page, province, story)
    page.on("console", walk.note_console)
    page.on("pageerror", lambda error: walk.faults.append(f"script: {error}"))
    page.on("response", walk.note_response)
    page.on("request", walk.note_request)
    page.on("requestfinished", walk.note_end)
    page.on("requestfailed", walk.note_end)
    return walk
