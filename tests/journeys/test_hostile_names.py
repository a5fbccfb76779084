"""People with tags for names, in a real browser: letters to read, never elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg
import pytest

from tests.journeys.fixtures import Visit
from tests.journeys.province import Province
from tests.journeys.walking import WIDE, Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]

TAG = "<img src=x onerror=window.caught=1>"
BREAK_OUT = "\"'><svg onload=window.caught=1>"
NAMES = "UPDATE accounts_person SET middle_name = %s, given_name = %s"
BACK = "UPDATE accounts_person SET middle_name = %s, given_name = %s WHERE id = %s"
PLANTED = """() => [window.caught || 0,
  document.querySelectorAll('img[src="x"], [onerror], [onload]').length]"""
OFFICE = ("/", "/students/", "/staff/", "/schools/", "/imports/", "/jobs/", "/audit/",
          "/users/", "/delegations/", "/notifications/", "/students/export/")  # fmt: skip


@pytest.fixture
def size() -> tuple[int, int]:
    return WIDE


@pytest.fixture
def _named(province: Province) -> Iterator[None]:
    """Name everybody so for one test."""
    with psycopg.connect(province.database_url, autocommit=True) as connection:
        query = "SELECT middle_name, given_name, id FROM accounts_person"
        people = connection.execute(query).fetchall()
        _unwritten(connection, NAMES, [(BREAK_OUT, TAG)])
        yield
        _unwritten(connection, BACK, people)


def _unwritten(
    connection: psycopg.Connection, query: LiteralString, rows: list[tuple[Any, ...]]
) -> None:
    """Change people without a word in their history, which other journeys read."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_person DISABLE TRIGGER USER")
        cursor.executemany(query, rows)
        cursor.execute("ALTER TABLE accounts_person ENABLE TRIGGER USER")


@pytest.mark.usefixtures("_named")
@pytest.mark.parametrize("who", ["loan", "hung", "lan", "binh", "huong"])
def test_a_name_is_never_an_element(visit: Visit, who: str) -> None:
    walk = visit(who)
    walk.expected |= {403, 404}
    seen = False
    for path in (*OFFICE, *_records(walk)):
        walk.open(path)
        assert walk.page.evaluate(PLANTED) == [0, 0], path
        seen = seen or TAG in walk.page.inner_text("body")
    search = walk.page.locator("[data-search]")
    if search.count() and search.first.is_visible():
        search.first.press_sequentially("<img", delay=30)
        walk.page.wait_for_timeout(800)
        assert walk.page.evaluate(PLANTED) == [0, 0], "search"
    assert seen, "the names are there to be read"


def _records(walk: Walk) -> list[str]:
    """Return the addresses that the first pages lead to, some of each kind."""
    found: dict[str, None] = {}
    for path in ("/", "/students/"):
        walk.open(path)
        links = walk.page.locator("main a[href]").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        found |= dict.fromkeys(link for link in links if link.startswith("/"))
    listed = [link for link in found if "download" not in link and "." not in link][:12]
    return [*listed, *(f"{one}family/" for one in listed if one.startswith("/students/"))]
