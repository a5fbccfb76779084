"""An officer asks who was competent on a day, walks the tree of that day, and sees what changed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_who_issued_the_diploma_before_and_after_the_districts(visit: Visit) -> None:
    hoa = visit("hoa").menu("Ai có thẩm quyền").look("question")
    hoa.main.get_by_label("Trường (mã hoặc tên)").fill("THCS Cẩm Bình")
    hoa.main.get_by_label("Việc").select_option("issue_lower_secondary_diploma")
    hoa.main.get_by_label("Vào ngày").fill("30/06/2025")
    hoa.main.get_by_label("So với ngày").fill("01/07/2025")
    hoa.press("Tra cứu").look("which-school")
    hoa.click("Trường THCS Cẩm Bình").look("both-days")
    expect(hoa.main).to_contain_text("Trưởng Phòng Giáo dục và Đào tạo")
    expect(hoa.main).to_contain_text("Chủ tịch UBND xã Cẩm Bình")
    expect(hoa.main).to_contain_text("31/2023/TT-BGDĐT")
    expect(hoa.main).to_contain_text("10/2025/TT-BGDĐT")
    hoa.click("Mọi thời kỳ").look("all-periods")
    hoa.click("Tất cả các việc").look("all-matters")


def test_the_director_walks_the_tree_and_sees_what_a_change_would_do(visit: Visit) -> None:
    thanh = visit("thanh").menu("Đơn vị").look("tree")
    thanh.open("/units/?on=30/06/2025").look("tree-of-the-districts")
    expect(thanh.main).to_contain_text("UBND huyện Cẩm Xuyên")
    thanh.open("/units/changes/?from=30/06/2025&to=01/07/2025").look("changes")
    expect(thanh.main).to_contain_text("bàn giao cho")
    thanh.open("/units/").click("UBND xã Cẩm Bình").look("unit")
    expect(thanh.main).to_contain_text("Trường THCS Cẩm Bình")
    thanh.open("/units/").click("Sắp xếp").look("kinds-of-change")
    thanh.click("Nhập vào đơn vị khác").look("change")
    pick(thanh, "units", "cam binh", "UBND xã Cẩm Bình")
    pick(thanh, "into", "thanh sen", "UBND phường Thành Sen")
    thanh.main.get_by_label("Số quyết định").fill("12/NQ-HĐND")
    thanh.press("Xem trước kết quả").look("preview")
    expect(thanh.main).to_contain_text("Trường đổi cơ quan quản lý")
    expect(thanh.main).to_contain_text("Không còn thấy")
    expect(thanh.main.get_by_role("button", name="Thực hiện")).to_be_visible()


def pick(walk: Walk, field: str, text: str, name: str) -> None:
    """Type into one place of the form and tick what is found."""
    walk.main.locator(f"#{field}-q").press_sequentially(text, delay=20)
    begins = re.compile(rf"^\s*{re.escape(name)}")
    walk.main.locator(f"#{field}-options").get_by_label(begins).check()


def test_the_director_slides_to_a_day_of_the_districts(visit: Visit) -> None:
    thanh = visit("thanh").open("/units/")
    slide = thanh.main.locator("#slide")
    slide.focus()
    thanh.page.keyboard.press("Home")
    expect(thanh.main.get_by_role("heading", level=1)).not_to_contain_text("2026")
    expect(slide).to_be_focused()
    thanh.look("before-anything-is-recorded")
    expect(thanh.main).to_contain_text("Đơn vị được ghi nhận từ")


def test_the_director_opens_an_office_and_renames_it(visit: Visit) -> None:
    thanh = visit("thanh").open("/units/reorganize/?change=ADD").look("a-new-office")
    name = f"Phòng Chuyển đổi số {'hẹp' if thanh.is_narrow else 'rộng'}"
    thanh.main.get_by_label("Loại").select_option("DIVISION")
    thanh.main.get_by_label("Tên", exact=True).fill(name)
    thanh.main.get_by_label("Tên ngắn").fill("P. CĐS")
    thanh.main.get_by_label("Mã", exact=True).fill(f"42-CDS-{'N' if thanh.is_narrow else 'R'}")
    pick(thanh, "into", "sở giáo dục", "Sở Giáo dục và Đào tạo")
    thanh.main.get_by_label("Số quyết định").fill("88/QĐ-UBND")
    thanh.press("Xem trước kết quả").press("Thực hiện")
    thanh.click(name).look("the-new-office")
    expect(thanh.main).to_contain_text("88/QĐ-UBND")
    thanh.click("Ghi thêm đơn vị phụ trách").look("a-second-master")


def test_a_former_commune_is_found_with_what_it_became(visit: Visit) -> None:
    hoa = visit("hoa").open("/areas/").look("provinces")
    hoa.main.get_by_label("Tên hoặc mã địa bàn").fill("18073")
    hoa.press("Tìm").look("a-code-used-twice")
    expect(hoa.main).to_contain_text("Phường Nam Hà")
    expect(hoa.main).to_contain_text("Phường Thành Sen")
