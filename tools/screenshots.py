"""Takes the pictures of the README from a running demo: `python tools/screenshots.py [ADDRESS]`."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from khuevan.config.env import environment

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: whose, of which page, how wide, in which light."""

    name: str
    username: str
    steps: tuple[str, ...] = ()
    """Links to follow from the home page: a part of an address, or a table (its first link)."""
    width: int = 1280
    height: int = 800
    dark: bool = False
    loads: bool = False
    """Whether the list to practice on is given to the wizard first."""


SHOTS = (
    Shot("dashboard", "binh"),
    Shot("dashboard-dark", "binh", dark=True),
    Shot("class", "lan", ("/classes/",)),
    Shot("record", "lan", ("/classes/", "table.roll")),
    Shot("import", "loan", loads=True),
    Shot("family-phone", "huong", width=390, height=844),
)


def take(browser: Browser, address: str, shot: Shot) -> None:
    """Take one picture."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        locale="vi-VN",
    )
    page = context.new_page()
    page.goto(f"{address}/demo/")
    page.locator(f'button[value="{shot.username}"]').click()
    page.wait_for_load_state("networkidle")
    if shot.loads:
        _load(page, address)
    for step in shot.steps:
        _follow(page, step)
    page.screenshot(path=str(FOLDER / f"{shot.name}.png"))
    context.close()


def _load(page: Page, address: str) -> None:
    """Take the list to practice on and give it back to the wizard; nothing is written."""
    page.goto(f"{address}/imports/new/students/")
    with page.expect_download() as waiting:
        page.locator('a[href$="practice.xlsx"]').click()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "DS_hoc_sinh_khoi6.xlsx"
        waiting.value.save_as(file)
        page.locator("input[type=file]").set_input_files(file)
        page.locator("main form button[type=submit]").click()
        page.locator("#check").wait_for()
    page.wait_for_load_state("networkidle")


def _follow(page: Page, step: str) -> None:
    if step.startswith("table"):
        page.locator(f"{step} a").first.click()
    else:
        here = page.locator(f'main a[href*="{step}"]')
        (here if here.count() else page.locator(f'nav a[href*="{step}"]')).first.click()
    page.wait_for_load_state("networkidle")


def main() -> None:
    """Take all pictures."""
    os.environ.setdefault("KHUEVAN_MODE", "demo")  # the pictures are of a demo
    address = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else environment().address.rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(environment().chromium), args=FLAGS)
        for shot in SHOTS:
            take(browser, address, shot)
        browser.close()


if __name__ == "__main__":
    main()
