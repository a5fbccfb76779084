"""The browser tests' fixtures: the province, the browser, and somebody walking in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from khuevan.config.env import environment
from tests.journeys.province import Province, running_province
from tests.journeys.walking import FLAGS, NARROW, WIDE, Walk, start_walk

__all__ = ["browser", "chromium", "province", "size", "visit"]

NO_BROWSER = "no Chromium found: `make setup` installs it, or KHUEVAN_CHROMIUM may name a browser"
Visit = Callable[[str], Walk]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the browser's program, or skip."""
    found = environment().chromium
    if found is None:
        pytest.skip(NO_BROWSER)
    return str(found)


@pytest.fixture(scope="session")
def province(chromium: str, django_db_setup: None, database_server: str) -> Iterator[Province]:
    """Give a small province that runs for this process's browser tests."""
    with running_province(database_server) as running:
        yield running


@pytest.fixture(scope="module")
def browser(province: Province, chromium: str) -> Iterator[Browser]:
    """Give Chromium. A module's own: while it runs, Django takes this thread for asynchronous."""
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Give the size of a desk's window and of a phone's."""
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture
def visit(
    browser: Browser, province: Province, size: tuple[int, int], request: pytest.FixtureRequest
) -> Iterator[Visit]:
    """Give a way to walk in as somebody, in a window of their own; at the end none saw a fault."""
    walks: list[Walk] = []

    def walk_in(username: str) -> Walk:
        story = str(request.node.originalname).removeprefix("test_")[:40]
        walk = start_walk(browser, province, size=size, story=f"{story}-{username}")
        walks.append(walk)
        return walk.sign_in(username) if username else walk

    yield walk_in
    for walk in walks:
        walk.page.context.close()
    faults = [fault for walk in walks for fault in walk.faults]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
