"""A school moves over from vnEdu: lists, own totals pasted, a difference explained, signed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.test_import import foot, ministry_list
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]

WRITTEN = 60_000


def paste(walk: Walk, text: str) -> Walk:
    """Paste totals and have them laid into the sheet."""
    walk.main.get_by_label("Dán số liệu vào đây").fill(text)
    return walk.press("Đọc số liệu")


def test_a_clerk_moves_over_and_the_principal_signs(visit: Visit, tmp_path: Path) -> None:
    loan, hung = visit("loan"), visit("hung")
    first = 7000 if loan.is_narrow else 7500
    loan.menu("Chuyển phần mềm").click("Bắt đầu")
    loan.main.get_by_label("Người chịu trách nhiệm").fill("Phan Thị Loan, văn thư")
    loan.press("Bắt đầu")

    step = loan.main.get_by_role("link", name="Chọn tệp · Danh sách học sinh")
    step.click()
    loan.main.get_by_label("Tệp Excel hoặc CSV").set_input_files(
        ministry_list(tmp_path, first=first, class_name="6B")
    )
    loan.press("Đọc danh sách")
    foot(loan, "Xem lại 23 dòng")
    loan.main.get_by_label("Ghi các dòng đúng trước").check()
    foot(loan, "Ghi 23 dòng")
    expect(loan.main).to_contain_text("Đã ghi vào hồ sơ", timeout=WRITTEN)
    loan.click("Về đợt chuyển từ vnEdu")
    expect(loan.main).to_contain_text("DS_hoc_sinh_khoi6.xlsx")
    loan.look("lists")

    loan.click("Nhập số liệu")
    paste(loan, "Lớp\tSĩ số\nLớp 6/A\t2\n6Q\tba").look("pasted")
    expect(loan.main).to_contain_text("“ba” không phải số nguyên")
    loan.press("Lưu số liệu")
    recorded = {
        row.locator("th").inner_text().strip(): row.locator("td").nth(1).inner_text()
        for row in loan.main.locator("tbody tr").all()
    }
    counted = {name: re.sub(r"\D*(\d+).*", r"\1", text) for name, text in recorded.items()}
    lines = [f"{name}\t{int(n) + (name == '6B')}" for name, n in counted.items() if n.isdecimal()]
    loan.menu("Chuyển phần mềm").click("Sửa số liệu")
    paste(loan, "\n".join(lines)).press("Lưu số liệu")

    row = loan.main.locator("tbody tr").first
    row.locator("summary").click()
    row.get_by_label("Vì sao số liệu lệch").fill("Số trên vnEdu là của tháng trước")
    row.get_by_role("button", name="Ghi giải trình").click()
    loan.settle().look("explained")
    loan.click("6B", exact=True).look("class")
    expect(loan.main).to_contain_text("31/02/2015 không có trong lịch.")

    loan.menu("Chuyển phần mềm").press("Trình ký")
    hung.menu("Chuyển phần mềm").click("Xem và ký").look("sign")
    hung.main.get_by_label("Số biên bản").fill("12/BB-THCS")
    hung.press("Ký biên bản").look("record")
    expect(hung.main.locator(".official")).to_contain_text("Số trên vnEdu là của tháng trước")
    expect(hung.main.locator(".official")).to_contain_text("12/BB-THCS")
