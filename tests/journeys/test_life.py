"""A life as the office keeps it; a pupil away, back and gone; a mother takes consent back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from khuevan.registry.people.tests.pictures import small_jpeg
from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def record_of(walk: Walk, room: str, number: int) -> Walk:
    """Open the record of the pupil with this number on a class's roll."""
    walk.click(room, exact=True)
    walk.main.locator("table.roll tbody th a").nth(number).click()
    walk.page.wait_for_url("**/students/**")
    return walk


def test_a_person_gets_a_name_a_photo_and_contacts(visit: Visit, tmp_path: Path) -> None:
    loan = visit("loan")
    record_of(loan, "8A", 8 if loan.is_narrow else 9)
    former = loan.main.get_by_role("heading", level=1).inner_text()
    loan.click("Nhân thân, quá trình, đồng ý").look("person")

    loan.click("Đổi họ tên theo quyết định").look("new-name")
    given = former.split()[-1]
    loan.main.get_by_label("Họ tên mới").fill(f"Đinh Bảo {given}")
    loan.main.get_by_label("Có hiệu lực từ").fill("02/11/2026")
    loan.main.get_by_label("Lý do").fill("Theo họ mẹ")
    loan.main.get_by_label("Quyết định").fill("21/QĐ-UBND")
    loan.press("Ghi họ tên mới").look("renamed")
    expect(loan.main).to_contain_text(former)

    loan.main.get_by_role("link", name="Ảnh", exact=True).click()
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8 no picture")
    loan.main.locator("input[type=file]").set_input_files(str(tmp_path / "broken.jpg"))
    loan.expected.add(422)
    loan.press("Đặt ảnh")
    expect(loan.main).to_contain_text("không mở được như một bức ảnh")
    loan.look("broken-photo")
    (tmp_path / "photo.jpg").write_bytes(small_jpeg(640, 480))
    loan.main.locator("input[type=file]").set_input_files(str(tmp_path / "photo.jpg"))
    loan.press("Đặt ảnh")
    loan.page.wait_for_url("**/people/*/")
    expect(loan.main.locator("img.person-photo")).to_be_visible()

    loan.click("Quốc tịch, tôn giáo").look("background")
    loan.main.get_by_label("Quốc tịch").select_option("LA")
    loan.press("Lưu thay đổi").look("of-laos")
    expect(loan.main).to_contain_text("Lào")

    loan.click("Quá trình", exact=True).look("life")
    expect(loan.main).to_contain_text(f"tên cũ {former}")
    loan.click("Xem hồ sơ").click("Lịch sử").look("history")
    expect(loan.main).not_to_contain_text("cơ sở dữ liệu")


def test_a_pupil_is_away_comes_back_and_leaves(visit: Visit) -> None:
    loan = visit("loan")
    record_of(loan, "9A", 10 if loan.is_narrow else 11)
    name = loan.main.get_by_role("heading", level=1).inner_text()
    loan.main.locator(".page-actions summary").click()
    loan.click("Bảo lưu", exact=True).look("goes-on-leave")
    loan.main.get_by_label("Ngày đầu tiên bảo lưu").fill("02/11/2026")
    loan.main.get_by_label("Lý do").fill("Chữa bệnh ở Hà Nội")
    loan.press("Ghi bảo lưu")
    loan.click("Quá trình học").look("away")
    expect(loan.main).to_contain_text("Chữa bệnh ở Hà Nội")

    loan.main.locator(".page-actions summary").click()
    loan.click("Học lại sau bảo lưu").look("comes-back")
    loan.main.get_by_label("Ngày đầu tiên học lại").fill("16/11/2026")
    loan.main.locator("form button[type=submit]").last.click()
    loan.settle()

    loan.main.locator(".page-actions summary").click()
    loan.click("Rời trường", exact=True).look("leaves")
    loan.main.get_by_label("Đi học nước ngoài").check()
    loan.main.get_by_label("Lý do (không bắt buộc)").fill("Theo bố mẹ")
    loan.press("Ghi nhận rời trường")

    loan.menu("Trường, lớp").click("Lớp và học sinh").click("Sổ đăng bộ")
    loan.click("Học sinh đã rời trường").look("former")
    loan.click(name).look("last-view")
    expect(loan.main).to_contain_text("Không có gì mới hơn")
    expect(loan.main).to_contain_text("Đi học nước ngoài")
    loan.press("Rút lại việc rời trường").look("taken-back")


def test_a_mother_takes_her_consent_back(visit: Visit) -> None:
    hung = visit("hung")
    hung.open("/people/allowed/?purpose=PUBLISH_RESULT")
    expect(hung.main).to_contain_text("Phạm Minh Anh")
    hung.look("allowed")

    huong = visit("huong")
    huong.page.get_by_role("link", name="về dùng dữ liệu").first.click()
    huong.settle()
    line = huong.page.locator("#PUBLISH_RESULT")
    line.get_by_role("button", name="Rút lại").click()
    huong.settle()
    huong.look("taken-back")
    expect(line).to_contain_text("Chưa được phép")

    hung.open("/people/allowed/?purpose=PUBLISH_RESULT")
    expect(hung.main).not_to_contain_text("Phạm Minh Anh")

    line.get_by_role("button", name="đồng ý cho con").click()
    huong.settle()
    expect(line).to_contain_text("Được phép")
