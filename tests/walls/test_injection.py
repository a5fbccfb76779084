"""People and places with the worst names there are: shown as letters on every page, in every file.

A name holds a formula, a tag, a way out of an attribute and what typst reads as markup.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain
from typing import Any

import pytest
import python_calamine
from django.db import connection
from django.urls import reverse

from tests.walls.agreed import STATED
from tests.walls.routes import ROUTES
from tests.walls.test_route_matrix import GUARDED, _call, _id, _place
from tests.walls.world import World, undone

FORMULA = "=cmd|'/C calc'!A0"
TAG = "<img src=x onerror=alert(1)>"
BREAK_OUT = "\"'><svg onload=alert(1)>#[$\\"
NAME = f"{FORMULA} {BREAK_OUT} {TAG}"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

PAGES = [r for r in GUARDED if r.method == "GET" and r.kind == "page"]


class Planted(HTMLParser):
    """Looks for an element or an attribute that came out of a name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what no page of ours holds."""
        names = {name for name, _value in attrs}
        if names & {"onerror", "onload"} or (tag == "img" and ("src", "x") in attrs):
            self.found.append(str(self.get_starttag_text()))


@pytest.fixture
def named(world: World) -> Iterator[World]:
    """Give the world with everybody and everything named by somebody hostile."""
    with undone():
        for prepare in ("sheet_import", "clerk_user", "small_user", "left", "move"):
            getattr(world, prepare)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE accounts_person SET family_name = %s, middle_name = %s, given_name = %s",
                [FORMULA, BREAK_OUT, TAG],
            )
            cursor.execute("UPDATE organizations_orgunitversion SET name = %s", [NAME])
            cursor.execute("UPDATE sheets_importrow SET cells = '[\"1\"]'::jsonb || %s::jsonb",
                           [f'["{FORMULA} {TAG}", "02/06/2015", "6A"]'])  # fmt: skip
        yield world


@pytest.mark.parametrize("route", PAGES, ids=_id)
def test_a_name_is_letters_on_every_page_and_in_every_file(named: World, route: Any) -> None:
    sample = ROUTES[route.key]
    own = sample.own(named) if sample.own else None
    codes = {STATED[route.line], *sample.also}
    client = named.caller(codes, at=_place(named, route))
    if own:
        client.sign_in(own)
    response = _call(client, route, named)
    content = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if "spreadsheetml" in kind:
        assert formulas(content) == []
    elif kind.startswith("text/csv"):
        assert risky(content) == []
    elif kind.startswith("application/pdf"):
        assert content.startswith(b"%PDF")
    elif kind.startswith("text/html"):
        planted = Planted()
        planted.feed(content.decode())
        assert planted.found == []


def test_names_are_there_to_be_seen(named: World) -> None:
    """The sweep above would prove nothing on pages without names."""
    route = next(one for one in PAGES if one.name == "students:class")
    client = named.caller({STATED[route.line], *ROUTES[route.key].also})
    html = _call(client, route, named).content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ["students:export", "staff:export", "schools:file"])
def test_no_list_that_leaves_holds_a_formula(named: World, name: str, kind: str) -> None:
    client = named.caller(named.everything)
    if name.endswith(":export"):
        why = {"purpose": "OTHER", "note": f"{FORMULA} và nữa"}
        sent = client.post(reverse(name), {**why, "kind": kind})
    else:
        sent = client.get(reverse(name, kwargs={"kind": kind}))
    assert sent.status_code == 200
    content = b"".join(sent) if sent.streaming else sent.content
    if kind == "xlsx":
        assert formulas(content) == []
        cells = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
        held = [cell for row in cells.to_python() for cell in row]
    else:
        assert risky(content) == []
        held = list(chain.from_iterable(csv.reader(io.StringIO(content.decode("utf-8-sig")))))
    assert any(FORMULA in str(cell) for cell in held), "the names are there, as letters"


def formulas(content: bytes) -> list[str]:
    """Return the formulas, links and outside data of a workbook: none of ours has any."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        found = [name for name in book.namelist() if "externalLink" in name]
        for name in sheets:
            text = book.read(name).decode()
            found += re.findall(r"<f[ >].*?</f>|<hyperlink [^>]*>|<dde\w* [^>]*>", text)
    return found


def risky(content: bytes) -> list[str]:
    """Return the cells of a CSV file that a spreadsheet program would run."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if cell.startswith(RISKY)]
