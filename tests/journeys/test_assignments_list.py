"""A clerk brings a list of lessons in which no name is the school's: each is matched once."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def chosen(walk: Walk, word: str, name: str) -> None:
    """Say which of the names here a word of the list means."""
    walk.main.get_by_label(f": {word}", exact=False).last.fill(name)


def test_names_that_match_no_one_are_said_once(visit: Visit) -> None:
    loan = visit("loan")
    mark = "n" if loan.is_narrow else "r"
    teacher, room, subject = f"Cô Chưa Biết {mark}", f"6B{mark}9", f"Môn lạ {mark}"
    cells = ["Giáo viên;Môn;Lớp;Số tiết/tuần", f"{teacher};{subject};{room};2"]
    loan.open("/imports/new/assignments/")
    file = FilePayload(name="pc.csv", mimeType="text/csv", buffer="\n".join(cells).encode())
    loan.main.get_by_label("Tệp Excel hoặc CSV").set_input_files(file)
    loan.press("Đọc danh sách")
    expect(loan.main).to_contain_text("3 tên trong danh sách không khớp")
    loan.look("names-check").click("Ghép tên")
    colleague = loan.main.locator("datalist").first.locator("option").first
    chosen(loan, teacher, str(colleague.get_attribute("value")))
    chosen(loan, room, "6B")
    chosen(loan, subject, "Toán")
    loan.look("names-match")
    loan.page.locator(".foot-bar").get_by_role("button", name="Ghép và kiểm tra các dòng").click()
    loan.settle()
    loan.page.locator(".foot-bar").get_by_role("link", name="Xem lại 1 dòng").click()
    loan.settle()
    loan.look("names-confirm")
