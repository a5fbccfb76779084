"""A clerk moves a lesson and names who stands in; the principal closes a month; all see theirs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]

MOST_DAYS = 12
TEACHER = "Nguyễn Thị Lan"


def to_overtime(walk: Walk, month: date) -> Walk:
    """Go to the overtime of the own school in a month."""
    walk.menu("Trường, lớp").click("Đội ngũ").click("Thừa giờ", exact=True)
    return walk.open(f"{walk.path}?month={month:%Y-%m}")


def to_lessons_of(walk: Walk, on: date) -> date:
    """Go on from a day to one on which the teacher has lessons; return it."""
    walk.menu("Trường, lớp").click("Lớp và học sinh").click("Thời khóa biểu", exact=True)
    walk.click("Thay đổi trong ngày")
    path = walk.path
    for _try in range(MOST_DAYS):
        walk.open(f"{path}?on={on}&teacher={TEACHER}")
        if walk.main.get_by_role("heading", name=TEACHER).count():
            return on
        on += timedelta(days=1)
    raise AssertionError(f"{TEACHER} has no lessons")


def test_a_lesson_moves_somebody_stands_in_and_the_month_is_closed(visit: Visit) -> None:
    loan = visit("loan")
    on = to_lessons_of(loan, date(2026, 11, 9 if loan.is_narrow else 16))
    panel = loan.main.locator("section", has=loan.page.get_by_role("heading", name=TEACHER))
    panel.get_by_role("link", name="Dời, đổi tiết").first.click()
    loan.look("move")
    times = loan.main.get_by_label("Giờ mới")
    times.select_option(index=1)
    loan.press("Dời tiết").look("moved")
    expect(loan.main).to_contain_text("dời từ")
    loan.main.get_by_role("link", name="Người dạy thay").first.click()
    loan.press("Lưu").look("stood-in")
    expect(loan.main).to_contain_text("dạy thay")
    loan.menu("Trường, lớp").click("Lớp và học sinh").click("Dạy bù", exact=True).look("make-up")
    to_overtime(loan, on).look("statement")
    expect(loan.main.get_by_role("row", name=TEACHER)).to_be_visible()

    hung = visit("hung")
    month = date(2026, 9 if hung.is_narrow else 10, 1)
    to_overtime(hung, month)
    hung.press("Chốt tháng").look("closed")
    expect(hung.main).to_contain_text("Hoàng Văn Hùng")
    hung.click(TEACHER).look("teacher")
    expect(hung.main).to_contain_text("Định mức")
    hung.open(f"{hung.path.rsplit('/', 2)[0]}/print/?month={month:%Y-%m}")
    expect(hung.page.locator("body")).to_contain_text("BẢNG KÊ DẠY THỪA GIỜ")

    lan = visit("lan")
    lan.open(f"/my/hours/?month={month:%Y-%m}").look("own")
    expect(lan.main).to_contain_text("Đã chốt")
