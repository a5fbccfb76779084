"""The sheet's scripts read marks and foretell averages exactly as the server does."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from khuevan.config.env import environment
from khuevan.kernel.errors import DomainError
from khuevan.school.gradebooks.averages import Columns, results_of
from khuevan.school.gradebooks.cells import read_cell, write_cell
from khuevan.school.gradebooks.slots import (
    CLUSTER,
    FINAL,
    MIDTERM,
    BookForm,
    Content,
    Word,
    secondary_slots,
    slot,
)

pytestmark = [pytest.mark.browser]

SCRIPTS = Path(__file__).parents[2] / "src/khuevan/school/gradebooks/static/gradebooks"
TYPED = (
    *("", " ", "-", "b", "bù", "BÙ", "m", "miễn", "Miễn", "đ", "Đ", "d", "dat", "Đạt", "cđ", "CĐ"),
    *("chưa đạt", "Chưa  đạt", "c", "C", "t", "T", "h", "H", "x", "toString", "constructor"),
    *("10,0", "10,1", "0,5", "7.5", "7,55", ",5", "7,", "100", "101", "099", "1o", "٣", "７", "+7"),
    *(str(number) for number in range(120)),
    *(f"0{number}" for number in range(10)),
)
SEED, CASES = 22, 3000


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """Give a page with the scripts that reckon."""
    found = environment().chromium
    if found is None:
        pytest.skip("no Chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(found), args=["--no-sandbox"])
        opened = browser.new_page()
        for name in ("reading.js", "average.js"):
            opened.evaluate((SCRIPTS / name).read_text("utf-8"))
        yield opened
        browser.close()


def _read(content: Content, typed: str) -> int | None:
    try:
        return read_cell(content, typed)
    except DomainError:
        return None


def test_what_is_typed_is_read_alike(page: Page) -> None:
    cases = [(content, typed) for content in Content for typed in TYPED]
    found = page.evaluate(
        """cases => cases.map(([content, typed]) => {
             const value = Gradebook.read(content, typed);
             return [value, value === null ? null : Gradebook.write(content, value)];
           })""",
        cases,
    )
    for (content, typed), answer in zip(cases, found, strict=True):
        value = _read(content, typed)
        text = None if value is None else write_cell(content, value)
        assert answer == [value, text], (content, typed)


def test_nothing_more_could_be_meant_where_the_next_pupil_follows_by_itself(page: Page) -> None:
    whole = page.evaluate(
        "typed => typed.filter(one => Gradebook.isWhole('SCORE', one))", list(TYPED)
    )
    assert {"75", "05", "7.5", "0,5"} <= set(whole)
    assert not {"1", "7", "10", "100", "7,"} & set(whole)
    for typed in whole:
        assert _read(Content.SCORE, typed) is not None
        longer = [f"{typed}{digit}" for digit in "0123456789,"]
        assert all(_read(Content.SCORE, one) is None for one in longer), typed


def test_averages_are_foretold_as_the_rules_reckon_them(page: Page) -> None:
    chance = random.Random(SEED)
    cases = [_case(chance) for _ in range(CASES)]
    found: list[Any] = page.evaluate(
        """cases => cases.map(([form, marks, required]) => {
             if (form === "COMMENT") return Gradebook.termVerdict(marks, required);
             const found = Gradebook.termAverage(marks, required);
             return found && found.tenths;
           })""",
        [(form, marks, required) for form, marks, required, _expected in cases],
    )
    assert sum(one is None for one in found) > CASES / 20
    assert sum(one is not None for one in found) > CASES / 4
    for case, answer in zip(cases, found, strict=True):
        assert answer == case[3], json.dumps(case)


def _case(chance: random.Random) -> tuple[str, dict[str, Any], int, int | None]:
    """Return marks of a term, and what the server's rules make of them."""
    form = chance.choice((BookForm.SCORE, BookForm.COMMENT))
    required = chance.randint(1, 4)
    has_cluster = form == BookForm.SCORE and chance.random() < 0.3
    slots = secondary_slots((required, required), cluster_period=1 if has_cluster else 0)
    top = 100 if form == BookForm.SCORE else 1
    usual = (None, Word.MAKE_UP_DUE, Word.CLEARED, Word.EXEMPT)

    def one() -> int | None:
        return chance.choice(usual) if chance.random() < 0.06 else chance.randint(0, top)

    cells = {column: value for column in slots if (value := one()) is not None}
    expected = results_of(Columns(form, slots, (required, required)), cells).terms[0]
    marks = {
        "regular": [cells.get(slot(1, 1 + at)) for at in range(required)],
        "midterm": cells.get(slot(1, MIDTERM)),
        "final": cells.get(slot(1, FINAL)),
        "cluster": cells.get(slot(1, CLUSTER)),
        "needsCluster": has_cluster,
    }
    return str(form), marks, required, expected
