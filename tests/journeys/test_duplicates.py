"""A pupil whom a school recorded twice: found, compared, made one, taken apart again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_clerk_makes_two_records_one_and_takes_them_apart(visit: Visit) -> None:
    loan = visit("loan")
    loan.menu("Hồ sơ nghi trùng").look("list")
    rows = loan.main.locator("table tbody tr")
    name = rows.first.locator("a").first.inner_text()
    rows.first.locator("a").first.click()
    loan.settle().look("pair")
    expect(loan.main).to_contain_text("Căn cứ so sánh")
    loan.expected.add(422)
    loan.press("Gộp hai hồ sơ").look("without_papers")
    expect(loan.main.get_by_role("alert").first).to_be_visible()
    loan.click("Giữ hồ sơ bên phải").look("other_side")
    loan.click("Giữ hồ sơ bên trái")
    loan.main.get_by_label("Giấy tờ đã đối chiếu").fill("Giấy khai sinh, căn cước của mẹ")
    loan.press("Gộp hai hồ sơ").look("merged")
    expect(loan.main).to_contain_text("Hồ sơ bị gộp")

    loan.main.get_by_label("Lý do").fill("Hai em sinh đôi, đã xem giấy khai sinh")
    loan.press("Tách hồ sơ").look("apart")
    expect(loan.main).to_contain_text("Đã tách lại")
    loan.menu("Hồ sơ nghi trùng")
    expect(loan.main.get_by_role("link", name=name)).to_have_count(0)
    loan.click("Các hồ sơ đã gộp").look("merges")
    expect(loan.main).to_contain_text("Đã tách lại")
