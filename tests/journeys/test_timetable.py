"""A clerk plans, makes a week by hand and publishes it; somebody stands in; all see their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]

WEEK = timedelta(days=7)
MOST_DAYS = 12


def to_timetables(walk: Walk) -> Walk:
    """Go to the timetables of the own school."""
    walk.menu("Trường, lớp").click("Lớp và học sinh")
    return walk.click("Thời khóa biểu", exact=True)


def test_a_week_is_made_by_hand_and_published(visit: Visit) -> None:
    loan = visit("loan")
    loan.menu("Trường, lớp").click("Lớp và học sinh").click("Kế hoạch giáo dục").look("plan")
    expect(loan.main.get_by_role("row", name="Toán")).to_contain_text("4")
    loan.menu("Trường, lớp").click("Đội ngũ").click("Định mức tiết dạy").look("loads")
    loan.main.locator(".row-link").first.click()
    expect(loan.main).to_contain_text("Thông tư 05/2025/TT-BGDĐT")
    loan.look("load")

    to_timetables(loan).look("versions").click("Tạo thời khóa biểu").look("new")
    starts = loan.main.get_by_label("Từ thứ Hai ngày")
    shown = datetime.strptime(starts.input_value(), "%d/%m/%Y")  # noqa: DTZ007 (a day on a form)
    monday = shown + (4 if loan.is_narrow else 2) * WEEK
    starts.fill(f"{monday:%d/%m/%Y}")
    loan.press("Tạo").look("draft")
    grid = loan.main.locator(".tt-grid")
    first = grid.locator("a.lesson:not(.lesson-pinned)").first
    subject = first.locator("strong").inner_text()
    first.click()
    expect(grid.locator(".tt-drop").first).to_be_visible()
    loan.look("picked")
    loan.main.get_by_role("button", name="Bỏ khỏi thời khóa biểu").click()
    waiting = loan.main.locator(".tt-waiting")
    expect(waiting).to_contain_text(subject)
    waiting.locator("a.lesson").first.click()
    grid.locator(".tt-drop.fit-well[name=spot]").first.click()
    expect(waiting).to_contain_text("đã có chỗ.")
    loan.main.get_by_role("button", name="Hoàn tác").click()
    expect(waiting).to_contain_text(subject)
    loan.main.get_by_role("button", name="Làm lại").click()
    expect(waiting).to_contain_text("đã có chỗ.")
    if not loan.is_narrow:
        _drag(loan)
    loan.look("made")
    loan.press("Công bố")
    if loan.main.get_by_role("button", name="Vẫn công bố").count():
        loan.look("not-whole").press("Vẫn công bố")
    expect(loan.main).to_contain_text(f"{monday:%d/%m/%Y}")
    expect(loan.main.get_by_role("row", name=f"{monday:%d/%m/%Y}")).to_contain_text("Đã công bố")


def _drag(walk: Walk) -> None:
    """Drag a lesson out of its place to a free one with the mouse, then take that back."""
    grid = walk.main.locator(".tt-grid")
    lesson = grid.locator("a.lesson:not(.lesson-pinned)").first
    name, uuid = lesson.locator("strong").inner_text(), lesson.get_attribute("data-lesson")
    spot = grid.locator("td[data-spot]").filter(has_not=walk.page.locator("a.lesson")).first
    target = spot.get_attribute("data-spot")
    spot.scroll_into_view_if_needed()  # a page that scrolls under the hand drags something else
    lesson.drag_to(spot)
    moved = grid.locator(f"td[data-spot='{target}'] a.lesson[data-lesson='{uuid}']")
    expect(moved).to_contain_text(name)
    walk.main.get_by_role("button", name="Hoàn tác").click()
    expect(moved).to_have_count(0)


def test_somebody_stands_in_and_everybody_sees_the_own_week(visit: Visit) -> None:
    loan = visit("loan")
    to_timetables(loan).click("Thay đổi trong ngày").look("day")
    school = loan.path
    on = date.fromisoformat(loan.main.get_by_label("Ngày", exact=True).input_value())
    on += timedelta(days=7 if loan.is_narrow else 14)
    for _try in range(MOST_DAYS):
        loan.open(f"{school}?on={on}&teacher=Nguyễn Thị Lan")
        if loan.main.get_by_role("heading", name="Nguyễn Thị Lan").count():
            break
        on += timedelta(days=1)
    panel = loan.main.locator(
        "section", has=loan.page.get_by_role("heading", name="Nguyễn Thị Lan")
    )
    panel.get_by_role("link", name="Người dạy thay").first.click()
    loan.look("candidates")
    loan.press("Lưu").look("stood-in")
    expect(loan.main).to_contain_text("dạy thay")

    lan = visit("lan")
    lan.open(f"/my/timetable/?on={on}").look("own")
    expect(lan.main).to_contain_text("dạy thay")
    lan.press("Tạo địa chỉ").look("feed")
    expect(lan.main.locator("code")).to_contain_text(".ics")
    huong = visit("huong")
    huong.click("Thời khóa biểu" if not huong.page.get_by_text("Cả tuần").count() else "Cả tuần")
    huong.look("week")
