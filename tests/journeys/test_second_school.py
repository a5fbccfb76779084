"""A pupil studies at a second school too: begun, shown on the record, ended."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_second_school_begins_and_ends(visit: Visit) -> None:
    loan = visit("loan")
    loan.click("8B", exact=True)
    loan.main.locator("table.roll tbody th a").nth(4 if loan.is_narrow else 5).click()
    loan.click("Quá trình học").click("Thêm trường thứ hai").look("new")
    loan.expected.add(422)
    loan.main.get_by_label("Trường thứ hai").fill("không có trường này")
    loan.main.get_by_label("Nội dung học").fill("Học vẽ")
    loan.press("Ghi trường thứ hai")
    expect(loan.main.get_by_role("alert").first).to_be_visible()
    loan.look("unknown")

    loan.main.get_by_label("Trường thứ hai").fill(other_school(visit))
    loan.press("Ghi trường thứ hai").look("recorded")
    expect(loan.main.get_by_role("table").first).to_contain_text("Học song song")
    loan.click("Tổng quan").look("record")
    expect(loan.main).to_contain_text("Trường thứ hai")
    loan.click("Quá trình học").click("Ghi kết thúc").look("end")
    loan.main.get_by_label("Ngày đầu không còn học").fill("30/11/2026")
    loan.press("Ghi kết thúc").look("ended")
    expect(loan.main.get_by_role("table").first).to_contain_text("29/11/2026")


def other_school(visit: Visit) -> str:
    """Return the code of the school where the teacher of the other school works."""
    mai = visit("mai")
    mai.menu("Trường, lớp")
    return mai.main.locator(".meta").first.inner_text().split("·")[-1].strip()
