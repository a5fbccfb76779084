"""A clerk takes a teacher on and gives lessons; a principal finds who stands in for whom."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_teacher_comes_and_gets_lessons(visit: Visit) -> None:
    loan = visit("loan")
    name = "Đinh Thị Thu Giang" if loan.is_narrow else "Đinh Văn Trường Sơn"
    loan.menu("Đội ngũ").look("list").click("Thêm cán bộ, giáo viên").look("new")
    loan.main.get_by_label("Họ và tên").fill(name)
    loan.main.get_by_label("Ngày sinh").fill("04/03/1990")
    loan.main.get_by_label("Nữ" if loan.is_narrow else "Nam").check()
    loan.press("Thêm vào danh sách").look("record")
    expect(loan.main.get_by_role("heading", level=1)).to_have_text(name)
    for tab in ("Nhiệm vụ năm nay", "Công tác và đào tạo", "Diễn biến"):
        loan.click(tab).look(f"tab-{loan.path.strip('/').split('/')[-1]}")

    loan.menu("Trường, lớp").click("Đội ngũ").click("Phân công giảng dạy").look("assignments")
    loan.click("9A" if loan.is_narrow else "8A", exact=True).look("class")
    loan.click("Phân công môn").look("lessons")
    loan.main.get_by_label("Giáo viên").select_option(label=name)
    loan.main.get_by_label("Môn học").select_option(label="Tiếng Pháp")
    loan.press("Lưu").look("assigned")
    expect(loan.main).to_contain_text("Tiếng Pháp")


def test_a_principal_finds_somebody_to_stand_in(visit: Visit) -> None:
    hung = visit("hung")
    hung.menu("Trường, lớp").click("Đội ngũ").click("Người dạy thay").look("board")
    expect(hung.main).to_contain_text("Nghỉ thai sản")
    hung.main.locator("h2 a").first.click()
    hung.page.wait_for_url("**/staff/leaves/**")
    hung.look("leave")
    waiting = hung.main.get_by_text("Chưa có ai")
    before = waiting.count()
    duties = hung.main.get_by_label("Lớp và nhiệm vụ").locator("option")
    hung.main.get_by_label("Lớp và nhiệm vụ").select_option(index=duties.count() - before)
    hung.main.get_by_label("Người dạy thay").last.select_option(label="Lê Quốc Toàn")
    hung.press("Cử dạy thay").look("covered")
    expect(waiting).to_have_count(before - 1)
