"""Photos of who left long ago: proposed, destroyed by a decision, and what remains of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]

ONE = {True: "Phan Bá Đạt", False: "Nguyễn Hoàng Phương Thảo Nguyên"}
"""Who is destroyed in which width: the province is one, and a file goes once."""


def test_a_principal_destroys_a_photo_whose_time_is_over(visit: Visit) -> None:
    hung = visit("hung").open("/retention/").look("kinds")
    expect(hung.main.locator("#destroyed")).to_contain_text("07/QĐ-THCS")
    hung.click("Ảnh học sinh đã thôi học").look("proposed")
    whose = ONE[hung.is_narrow]
    line = hung.main.locator("tbody tr", has_text=whose)
    expect(line).to_be_visible()
    expect(hung.main).not_to_contain_text("Hoàng Ngọc Khánh Vân")

    hung.expected.add(422)
    line.get_by_role("checkbox").check()
    hung.press("Tiêu hủy các tệp đã chọn").look("no-decision")
    expect(hung.main.locator("tbody tr", has_text=whose).get_by_role("checkbox")).to_be_checked()

    hung.main.get_by_label("Số quyết định").fill("12/QĐ-THCS")
    hung.main.get_by_label("Ngày quyết định").fill("20/11/2026")
    hung.main.get_by_label("Người ký").fill("Hoàng Văn Hùng, Hiệu trưởng")
    hung.press("Tiêu hủy các tệp đã chọn").look("destroyed")
    done = hung.main.locator("#destroyed tbody tr", has_text="12/QĐ-THCS").first
    expect(done).to_be_visible()
    done.locator("a").first.click()
    hung.look("what-remains")
    expect(hung.main).to_contain_text(whose)

    hung.open("/retention/").click("Ảnh học sinh đã thôi học")
    expect(hung.main).not_to_contain_text(whose)


def test_who_may_not_destroy_reads_what_was(visit: Visit) -> None:
    loan = visit("loan").open("/retention/").look("read")
    loan.click("Ảnh học sinh đã thôi học").look("rule")
    expect(loan.main.get_by_role("button", name="Tiêu hủy các tệp đã chọn")).to_have_count(0)
