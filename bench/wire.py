"""What a phone must load for a page: every byte over the wire, from an empty cache."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import sync_playwright

from bench.server import Server
from khuevan.config.env import environment

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def first_page(server: Server, username: str, path: str) -> dict[str, int]:
    """Return the bytes of each resource of a page as somebody signed in, by its file name."""
    with sync_playwright() as play:
        chromium = environment().chromium
        browser = play.chromium.launch(executable_path=str(chromium), args=FLAGS)
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.goto(f"{server.base}/demo/")
        page.locator(f'button[value="{username}"]').click()
        page.wait_for_load_state("networkidle")
        cookies = context.cookies()
        fresh = browser.new_context(viewport={"width": 390, "height": 844})
        fresh.add_cookies(cookies)  # type: ignore[arg-type]
        page = fresh.new_page()
        session = fresh.new_cdp_session(page)
        session.send("Network.enable")
        sizes, names = _listen(session)
        page.goto(f"{server.base}{path}")
        page.wait_for_load_state("networkidle")
        browser.close()
    return {names.get(key, key): size for key, size in sizes.items()}


def _listen(session: Any) -> tuple[dict[str, int], dict[str, str]]:
    sizes: dict[str, int] = {}
    names: dict[str, str] = {}

    def asked(event: dict[str, Any]) -> None:
        names[event["requestId"]] = event["request"]["url"].split("/", 3)[3].split("?")[0] or "/"

    def loaded(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", loaded)
    return sizes, names
