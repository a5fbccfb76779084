"""Data quality: the officer's league, the school's score, a cell mended by its clerk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]
LEFT = re.compile(r"Còn (\d+) ô")


def test_a_cell_is_mended_and_the_league_moves(visit: Visit) -> None:
    loan = visit("loan")
    loan.menu("Chất lượng dữ liệu").look("school")
    loan.press("Đếm lại ngay").look("counted")
    school = loan.main.get_by_role("heading", level=1).inner_text().split(": ")[1]

    hoa = visit("hoa")
    hoa.menu("Chất lượng dữ liệu").look("league")
    hoa.main.locator('a[href^="/quality/rules/"]').nth(1).click()
    hoa.settle().look("schools_of_a_rule")
    expect(hoa.main.get_by_role("link", name="Quy tắc nói gì")).to_be_visible()
    hoa.menu("Chất lượng dữ liệu")
    if hoa.main.get_by_role("link", name="Theo trường").count():
        hoa.click("Theo trường")
    short = school.removeprefix("Trường ")
    hoa.click(short).look("school_of_the_league")
    expect(hoa.main).to_contain_text("chỉ trường đó thấy")
    assert not hoa.main.locator(".quality-rules a").count(), "an officer opens no list of names"
    assert hoa.status_of(f"{hoa.path}FAMILY_PHONE/") == 404

    loan.main.locator(".quality-rules").get_by_role("link", name="Không có số điện thoại").click()
    loan.settle().look("findings")
    before = _left(loan.text)
    cells = loan.main.locator("[data-cell]")
    loan.expected.add(422)
    cells.first.fill("12345")
    cells.first.press("Enter")
    expect(loan.main.get_by_role("alert")).to_contain_text("10 chữ số")
    loan.look("refused")
    cells.first.fill("0953 123 456")
    cells.first.press("Enter")
    expect(loan.main.locator(".quality-mended")).to_be_visible()
    assert _left(loan.settle().text) == before - 1
    if before > 1:
        expect(cells.first).to_be_focused()
    loan.look("mended")
    loan.click("Mọi quy tắc").look("after")


def _left(text: str) -> int:
    found = LEFT.search(text)
    assert found, text
    return int(found[1])
