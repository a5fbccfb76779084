"""A clerk brings the ministry's list in: mends a fault, has a class opened, sees it full."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from khuevan.cli.world.cast import DEMO_PASSWORD
from khuevan.platform.sheets.tests.build_sheets import ClassList, pupils
from tests.journeys.fixtures import Visit
from tests.journeys.province import Province
from tests.journeys.walking import NARROW, WIDE, Walk, start_walk
from tests.sheets.oneroster import Roster

pytestmark = [pytest.mark.journey, pytest.mark.browser]

WRITTEN = 60_000


FIRST_NAMES = {100: "Ba", 600: "Năm"}
"""Of the first pupil of a list who is looked for in the class afterwards."""


def ministry_list(folder: Path, *, first: int, class_name: str) -> Path:
    """Write a list of 24 pupils of grade 6: one birth date that never was, a class not open yet."""
    rows = []
    for place, pupil in enumerate(pupils(24, seed=first)):
        number = first + place
        row = pupil.cells() | {
            "Mã định danh Bộ GD&ĐT": f"429{number:07d}",
            "Số định danh cá nhân": pupil.personal_number[:6] + f"9{number:05d}",
            "SĐT liên hệ": f"09139{number:05d}",
            "Lớp học": class_name if place >= 18 else "6B",
        }
        rows.append(row)
    rows[3]["Ngày sinh"] = "31/02/2015"
    rows[5]["SĐT liên hệ"] = "0912"
    rows[0]["Họ tên"] = f"Đỗ Thị Nhập {FIRST_NAMES.get(first, 'Chín')}"
    built = ClassList(rows=rows, sheet="K6", footer=[["", "", "Tổng số: 24 học sinh"]])
    return built.write(folder / "DS_hoc_sinh_khoi6.xlsx")


def choose(walk: Walk, path: Path) -> Walk:
    """Go to the wizard and give it a file."""
    walk.menu("Nhập danh sách").click("Chọn tệp · Nhập danh sách học sinh")
    walk.main.get_by_label("Tệp Excel hoặc CSV").set_input_files(path)
    return walk


def foot(walk: Walk, name: str) -> Walk:
    """Follow a link, or press a button, of the foot."""
    bar = walk.page.locator(".foot-bar")
    bar.get_by_role("link", name=name).or_(bar.get_by_role("button", name=name)).click()
    walk.settle()
    return walk


def test_a_list_goes_from_the_file_to_the_class(visit: Visit, tmp_path: Path) -> None:
    loan = visit("loan")
    first, class_name = (100, "6K") if loan.is_narrow else (600, "6L")
    path = ministry_list(tmp_path, first=first, class_name=class_name)
    choose(loan, path).look("1-file").press("Đọc danh sách")

    expect(loan.main).to_contain_text("Chưa ghi gì vào hồ sơ.")
    expect(loan.main).to_contain_text(f"Trường chưa có lớp {class_name}.")
    loan.look("3-check")
    loan.press("Mở 1 lớp này khi ghi")
    expect(loan.main).to_contain_text(f"Khi ghi danh sách sẽ mở lớp {class_name}.")
    expect(loan.main.locator("#chip-REFUSED")).to_have_text("Lỗi 1")
    expect(loan.main.get_by_label("31/02/2015 không có trong lịch.")).to_have_value("31/02/2015")
    loan.main.get_by_label("31/02/2015 không có trong lịch.").fill("28/02/2015")
    loan.press("Sửa dòng này")
    expect(loan.main.locator("#chip-REFUSED")).to_have_count(0)
    expect(loan.main.locator(".sheet-view")).to_contain_text("không phải số điện thoại Việt Nam")
    expect(loan.page.locator(".foot-bar")).to_contain_text("Xem lại 24 dòng để xác nhận")
    loan.page.evaluate("scrollTo(0, 0)")  # half a chip behind the top bar is no small target
    loan.look("3-mended")
    foot(loan, "Ghép cột").look("2-columns")
    foot(loan, "Kiểm tra các dòng")

    foot(loan, "Xem lại 24 dòng")
    expect(loan.main.get_by_role("row", name=f"{class_name} Lớp mới 0 6 45")).to_be_visible()
    expect(loan.main).to_contain_text("Sau khi ghi vẫn hoàn tác được cả danh sách")
    loan.look("4-confirm")
    foot(loan, "Ghi 24 dòng")
    expect(loan.main).to_contain_text("Đã ghi vào hồ sơ", timeout=WRITTEN)
    expect(loan.main).to_contain_text("Thêm 24, cập nhật 0, không đổi 0.")
    loan.look("5-result")

    loan.click("Xem các lớp").click("6B", exact=True)
    name = f"Đỗ Thị Nhập {FIRST_NAMES[first]}"
    expect(loan.main.get_by_role("link", name=name)).to_have_count(1)

    choose(loan, path).press("Đọc danh sách")
    expect(loan.main.locator("#chip-UNCHANGED")).to_have_text("Không đổi 22")
    loan.look("3-again")


def test_the_list_to_practice_on_is_walked(visit: Visit, tmp_path: Path) -> None:
    loan = visit("loan")
    loan.menu("Nhập danh sách").click("Chọn tệp · Nhập danh sách học sinh").look("practice-file")
    with loan.page.expect_download() as waiting:
        loan.main.get_by_role("link", name="Tải danh sách mẫu có lỗi để tập").click()
    path = tmp_path / "tap.xlsx"
    waiting.value.save_as(path)
    choose(loan, path).press("Đọc danh sách")
    loan.main.locator(".other-cells summary").click()
    loan.look("practice-other-cells")
    loan.main.get_by_role("link", name="Tên mẹ", exact=True).click()
    loan.main.get_by_label("Tên mẹ. Sửa thành:").fill("Lê Thị Thu")
    loan.press("Sửa dòng này")
    expect(loan.main.get_by_label("không có trong lịch.")).to_be_visible()
    loan.main.locator(".faults a").nth(1).click()
    cell = loan.main.locator("[data-show-cell]")
    expect(loan.main.locator(".fix-form :focus")).to_be_in_viewport(ratio=1)
    expect(cell).to_be_in_viewport(ratio=0.9)  # on a phone the table was scrolled to it
    expect(loan.main.locator(".fix-place")).to_contain_text(", cột ")
    loan.look("practice-fault")
    loan.main.locator(".faults a").last.click()
    expect(loan.main).to_contain_text("Có phải cùng một em không?")
    loan.page.evaluate("scrollTo(0, 0)")
    loan.look("practice-question")
    before = loan.main.locator("#chip-REFUSED").inner_text()
    loan.press("Cùng một em")
    expect(loan.main.locator("#chip-REFUSED")).not_to_have_text(before)


def test_a_package_becomes_lists_and_its_classes_are_written(visit: Visit) -> None:
    loan = visit("loan")
    loan.menu("Trường, lớp")
    link = loan.main.locator('a[href^="/schools/"]').first
    code = str(link.get_attribute("href")).split("/")[2]
    roster, name = Roster(code), "6U" if loan.is_narrow else "6W"
    roster.row("classes", "c1")["title"] = name
    roster.row("enrollments", "e-s2")["userSourcedId"] = "nobody"
    loan.menu("Nhập danh sách").click("Chọn tệp · Nhập gói OneRoster").look("package-file")
    package = FilePayload(name="goi.zip", mimeType="application/zip", buffer=roster.content())
    loan.main.get_by_label("Gói (.zip)").set_input_files(package)
    loan.press("Đọc gói")
    expect(loan.main).to_contain_text("Danh sách lập từ gói", timeout=WRITTEN)
    expect(loan.main).to_contain_text("enrollments.csv, dòng 4, userSourcedId: nobody")
    loan.look("package-lists")
    loan.click(f"Kiểm tra · {code}-classes.xlsx")
    foot(loan, "Xem lại 1 dòng")
    foot(loan, "Ghi 1 dòng")
    expect(loan.main).to_contain_text("Thêm 1, cập nhật 0, không đổi 0.", timeout=WRITTEN)


def test_a_file_that_is_no_list_is_told_where_it_was_chosen(visit: Visit, tmp_path: Path) -> None:
    loan = visit("loan")
    loan.expected.add(422)
    page = tmp_path / "danh-sach.xls"
    page.write_text("<html><table><tr><td>Họ tên</td></tr></table></html>")
    choose(loan, page).press("Đọc danh sách").look("web-page")
    expect(loan.main.get_by_role("alert")).to_contain_text("Tệp này là trang web")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_fix_outlives_its_session(
    browser: Browser, province: Province, tmp_path: Path, script: bool
) -> None:
    walk = start_walk(
        browser, province, size=WIDE, story="import-session", java_script_enabled=script
    )
    walk.sign_in("loan")
    first = 3000 if script else 3100
    walk.open("/imports/new/students/")
    walk.main.get_by_label("Tệp Excel hoặc CSV").set_input_files(
        ministry_list(tmp_path, first=first, class_name="6B")
    )
    walk.press("Đọc danh sách")
    walk.main.get_by_label("31/02/2015 không có trong lịch.").fill("27/02/2015")
    walk.page.context.clear_cookies(name="sessionid")
    walk.main.get_by_role("button", name="Sửa dòng này").click()
    walk.page.get_by_text("Phiên đã hết").first.wait_for()
    walk.page.get_by_label("Tên đăng nhập").fill("loan")
    walk.page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    walk.page.get_by_role("button", name="Đăng nhập", exact=True).click()
    walk.page.get_by_role("button", name="Gửi lại").click()
    walk.settle()
    expect(walk.main.locator("#chip-REFUSED")).to_have_count(0)
    expect(walk.main).to_contain_text("24 dòng sẵn sàng, trong đó 2 cần xem lại.")
    walk.page.context.close()


def test_the_whole_way_without_script(browser: Browser, province: Province, tmp_path: Path) -> None:
    walk = start_walk(
        browser, province, size=NARROW, story="import-plain", java_script_enabled=False
    )
    walk.sign_in("loan")
    walk.open("/imports/new/students/")
    walk.main.get_by_label("Tệp Excel hoặc CSV").set_input_files(
        ministry_list(tmp_path, first=4000, class_name="6B")
    )
    walk.press("Đọc danh sách")
    walk.press("Bỏ qua dòng")
    expect(walk.main).to_contain_text("23 dòng sẵn sàng, trong đó 2 cần xem lại.")
    walk.page.locator("#chip-SKIPPED").click()
    walk.press("Nhận lại")
    walk.main.get_by_label("31/02/2015 không có trong lịch.").fill("27/02/2015")
    walk.press("Sửa dòng này")
    foot(walk, "Xem lại 24 dòng")
    foot(walk, "Ghi 24 dòng")
    link = walk.main.get_by_role("link", name="Xem tiến độ")
    done = walk.main.get_by_text("Đã ghi vào hồ sơ")
    for _time in range(60):
        if done.count():
            break
        link.click()
        walk.page.wait_for_timeout(500)
    expect(walk.main).to_contain_text("Thêm 24, cập nhật 0, không đổi 0.")
    walk.page.context.close()
