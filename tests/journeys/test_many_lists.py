"""The department's data officer loads a zip of many schools' lists and sends the faults back."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.test_import import WRITTEN
from tests.journeys.walking import Walk
from tests.sheets.rows import written

pytestmark = [pytest.mark.journey, pytest.mark.browser]

BAD = {
    "bang hong.xlsx": b"PK\x03\x04 cut off",
    "42999999.csv": b"Kh\xe1\xbb\x91i;T\xc3\xaan l\xe1\xbb\x9bp\nKh\xe1\xbb\x91i 6;6A\n",
    "cong van.csv": b"Kinh gui So\nve viec nop danh sach\n",
}


def some_schools(walk: Walk) -> dict[str, str]:
    """Return three schools by code, each with a grade that it has."""
    walk.menu("Trường, lớp")
    links = walk.main.locator('a[href^="/schools/"]').evaluate_all(
        "links => links.map(a => [a.pathname.split('/')[2], a.innerText])"
    )
    grades = {"THCS": "Khối 6", "Tiểu học": "Khối 3"}
    found = {code: grade for code, name in links for word, grade in grades.items() if word in name}
    return dict(sorted(found.items())[:3])


def zip_of_lists(folder: Path, schools: dict[str, str], name: str) -> str:
    """Write a zip with a list of classes for each school, one with a fault, and three bad files."""
    path = folder / "danh-sach-lop.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for place, (code, grade) in enumerate(schools.items()):
            sessions = "5" if place else "99"
            row = {"Khối": grade, "Tên lớp": f"{grade[-1]}{name}", "Buổi học": "Sáng"}
            list_of_one = written(folder / f"{code}.csv", [{**row, "Số buổi/tuần": sessions}])
            archive.write(list_of_one, f"{code}/lop.csv")
        for file, content in BAD.items():
            archive.writestr(file, content)
    return str(path)


def test_an_officer_loads_many_schools_at_once(visit: Visit, tmp_path: Path) -> None:
    dung = visit("dung")
    schools = some_schools(dung)
    assert len(schools) == 3
    archive = zip_of_lists(tmp_path, schools, "Y" if dung.is_narrow else "Z")
    dung.menu("Nhập danh sách").look("lists")
    dung.click("Chọn tệp nén").look("choose")
    dung.main.get_by_label("Loại danh sách").select_option("schools.classes")
    dung.main.locator("input[type=file]").set_input_files(archive)
    dung.press("Nhập các tệp")
    expect(dung.main).to_contain_text("Một số tệp có lỗi", timeout=WRITTEN)
    dung.look("result")
    expect(dung.main).to_contain_text("Đã ghi 2")
    expect(dung.main).to_contain_text("Không đọc được 3")
    with dung.page.expect_download() as download:
        dung.main.get_by_role("link", name="Tải danh sách lỗi").click()
    assert download.value.suggested_filename == "loi-danh-sach-lop.xlsx"
    dung.click("Có lỗi 4").look("with-faults")
    for name in BAD:
        expect(dung.main).to_contain_text(name)
    expect(dung.main).not_to_contain_text(f"{list(schools)[1]}/lop.csv")
    dung.click("Đã ghi 2")
    dung.click(f"{list(schools)[1]}/lop.csv").look("a-list")
    expect(dung.main).to_contain_text("Thêm 1, cập nhật 0, không đổi 0.")
