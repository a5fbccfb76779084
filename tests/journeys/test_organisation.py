"""An officer asks who was competent on a day, walks the tree of that day, and sees what changed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

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
    thanh.open("/units/changes/?first=30/06/2025&second=01/07/2025").look("changes")
    expect(thanh.main).to_contain_text("nay là")
    thanh.open("/units/").click("UBND xã Cẩm Bình").look("unit")
    expect(thanh.main).to_contain_text("Trường THCS Cẩm Bình")
    code = thanh.path.rstrip("/").split("/")[-1]
    thanh.open("/units/").click("Sắp xếp").look("change")
    thanh.main.get_by_label("Hình thức sắp xếp").select_option("MERGE")
    thanh.main.get_by_label("Mã các đơn vị").fill(code)
    thanh.main.get_by_label("Mã đơn vị tiếp nhận").fill("42-18073")
    thanh.main.get_by_label("Số quyết định").fill("12/NQ-HĐND")
    thanh.press("Xem trước kết quả").look("preview")
    expect(thanh.main).to_contain_text("Trường đổi cơ quan quản lý")
    expect(thanh.main.get_by_role("button", name="Thực hiện")).to_be_visible()


def test_a_former_commune_is_found_with_what_it_became(visit: Visit) -> None:
    hoa = visit("hoa").open("/areas/").look("provinces")
    hoa.main.get_by_label("Tên hoặc mã địa bàn").fill("18073")
    hoa.press("Tìm").look("a-code-used-twice")
    expect(hoa.main).to_contain_text("Phường Nam Hà")
    expect(hoa.main).to_contain_text("Phường Thành Sen")
