"""A clerk brings staff and classes in by lists, mends faults in place, and takes the lists back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.test_import import WRITTEN, foot
from tests.journeys.walking import Walk
from tests.sheets.rows import written

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def staff_list(folder: Path, number: int) -> str:
    """Write a list of two colleagues, one born on a day that never was."""
    rows = [
        {
            "STT": str(place),
            "Họ tên": name,
            "Ngày sinh": born,
            "Giới tính": "Nữ",
            "Vị trí việc làm": "Giáo viên THCS",
            "Mã định danh Bộ GD&ĐT": f"42000{number + place:05d}",
        }
        for place, (name, born) in enumerate(
            [("Hồ Thị Hoàn Tác", "12/03/1988"), ("Vũ Thị Ngày Sai", "31/02/1990")], start=1
        )
    ]
    return written(folder / "DS_can_bo.csv", rows)


def class_list(folder: Path, name: str) -> str:
    """Write a list of one new class with a number of sessions that no week has."""
    row = {"Khối": "Khối 6", "Tên lớp": name, "Buổi học": "Sáng", "Số buổi/tuần": "99"}
    return written(folder / "DS_lop.csv", [row])


def load(walk: Walk, kind: str, path: str) -> Walk:
    walk.menu("Nhập danh sách").click(f"Chọn tệp · {kind}")
    walk.main.get_by_label("Tệp Excel hoặc CSV").set_input_files(path)
    return walk.press("Đọc danh sách")


def take_back(walk: Walk) -> None:
    """Take the list of the result page back, and see that it is."""
    walk.click("Hoàn tác cả danh sách")
    expect(walk.main).to_contain_text("Nội dung sẽ hoàn tác")
    walk.look("undo-preview")
    foot(walk, "Hoàn tác cả danh sách")
    expect(walk.main).to_contain_text("trở lại như trước.", timeout=WRITTEN)
    walk.look("undo-done")


def test_a_list_of_staff_is_mended_written_and_taken_back(visit: Visit, tmp_path: Path) -> None:
    loan = visit("loan")
    number = 71_000 if loan.is_narrow else 72_000
    load(loan, "Nhập danh sách đội ngũ", staff_list(tmp_path, number))
    expect(loan.main.locator("#chip-REFUSED")).to_have_text("Lỗi 1")
    loan.look("staff-check")
    loan.main.get_by_label("31/02/1990 không có trong lịch.").fill("28/02/1990")
    loan.press("Sửa dòng này")
    expect(loan.main.locator("#chip-REFUSED")).to_have_count(0)
    foot(loan, "Xem lại 2 dòng").look("staff-confirm")
    foot(loan, "Ghi 2 dòng")
    expect(loan.main).to_contain_text("Thêm 2, cập nhật 0, không đổi 0.", timeout=WRITTEN)
    loan.look("staff-result")
    take_back(loan)


def test_a_list_of_classes_is_mended_written_and_taken_back(visit: Visit, tmp_path: Path) -> None:
    loan = visit("loan")
    name = "6V" if loan.is_narrow else "6X"
    load(loan, "Nhập danh sách lớp", class_list(tmp_path, name))
    loan.look("class-check")
    loan.main.get_by_label("Một lớp học từ 1 đến 12 buổi mỗi tuần.").fill("6")
    loan.press("Sửa dòng này")
    foot(loan, "Xem lại 1 dòng")
    foot(loan, "Ghi 1 dòng")
    expect(loan.main).to_contain_text("Thêm 1, cập nhật 0, không đổi 0.", timeout=WRITTEN)
    take_back(loan)
    loan.press("Sửa tiếp danh sách này")
    expect(loan.main).to_contain_text("1 dòng sẵn sàng")
