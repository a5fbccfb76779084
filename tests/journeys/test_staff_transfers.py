"""A teacher asks to move: the school agrees, the director decides, the teacher stays after all."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_teacher_asks_to_move_and_the_director_decides(visit: Visit) -> None:
    lan, loan, thanh = visit("lan"), visit("loan"), visit("thanh")
    lan.menu("Đề nghị thuyên chuyển").look("my moves")
    lan.main.get_by_role("link", name="Đề nghị thuyên chuyển").click()
    lan.look("asking")
    lan.main.get_by_role("radio", name="ở tỉnh khác").check()
    lan.main.get_by_label("Tên trường ở tỉnh khác").fill("Trường THCS Kim Đồng")
    lan.main.get_by_label("Tỉnh, thành phố").select_option(label="Nghệ An")
    lan.main.get_by_label("Lý do").fill("Hợp lý hóa gia đình")
    lan.press("Gửi đề nghị").look("asked")
    name = lan.main.get_by_role("heading", level=1).inner_text()

    loan.menu("Chuyển trường").click("Đội ngũ").look("board of staff")
    loan.click(name).look("case")
    case = loan.path
    loan.click("Đồng ý", exact=True).press("Đồng ý cho chuyển").look("agreed")
    thanh.open(case)
    expect(thanh.main.get_by_role("link", name="Quyết định")).to_have_count(0)
    loan.open(f"{case}paper/")
    loan.main.get_by_label("Loại giấy tờ").select_option(label="Đơn xin chuyển công tác")
    loan.press("Thêm giấy tờ").look("whole file")

    thanh.open(case).click("Quyết định").look("deciding")
    thanh.main.get_by_label("Số văn bản", exact=True).fill("77/QĐ-SGDĐT")
    thanh.main.get_by_label("Chức vụ người ký").fill("Giám đốc")
    thanh.press("Ghi quyết định").look("decided")
    expect(thanh.main).to_contain_text("77/QĐ-SGDĐT")

    lan.menu("Đề nghị thuyên chuyển").click(name).look("my case")
    lan.click("Rút hồ sơ").main.get_by_label("Lý do").fill("Gia đình đổi ý")
    lan.press("Rút hồ sơ").look("withdrawn")
    expect(lan.main).to_contain_text("Đã rút")
