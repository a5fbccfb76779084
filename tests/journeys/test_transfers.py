"""A pupil changes schools: the clerk asks, the commune decides, the clerk lets the pupil go."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_pupil_goes_to_another_province_with_the_communes_letter(visit: Visit) -> None:
    loan, hoa = visit("loan"), visit("hoa")
    loan.menu("Chuyển trường").look("board")
    loan.menu("Học sinh").main.locator("tbody th a").nth(8 if loan.is_narrow else 9).click()
    loan.page.wait_for_url("**/students/**")
    name = loan.main.get_by_role("heading", level=1).inner_text()
    loan.main.locator("details.menu-end > summary").click()
    loan.click("Chuyển trường khác").look("asking")
    loan.main.get_by_role("radio", name="ở tỉnh khác").check()
    loan.main.get_by_label("Tên trường ở tỉnh khác").fill("Trường THCS Kim Đồng")
    loan.main.get_by_label("Tỉnh, thành phố").select_option(label="Nghệ An")
    loan.main.get_by_label("Lý do").fill("Gia đình chuyển nơi ở")
    loan.press("Gửi đề nghị").look("asked")
    case = loan.path
    loan.click("Đồng ý").press("Đồng ý tiếp nhận").look("accepted")

    hoa.menu("Chuyển trường").look("commune's board")
    hoa.click(name).click("Soạn dự thảo").look("the letter to print")
    expect(hoa.main).to_contain_text("GIẤY GIỚI THIỆU")
    hoa.main.get_by_label("Hình thức ký").select_option(label="KT. Cấp phó ký thay người đứng đầu")
    hoa.press("Xem dự thảo")
    expect(hoa.main).to_contain_text("KT. CHỦ TỊCH")
    hoa.click("Ghi quyết định")
    hoa.look("deciding")
    hoa.main.get_by_label("Số văn bản", exact=True).fill("12/GT-UBND")
    hoa.main.get_by_label("Hình thức ký").select_option(label="KT. Cấp phó ký thay người đứng đầu")
    hoa.main.get_by_label("Người ký", exact=True).fill("Trần Thị Phó")
    hoa.main.get_by_label("Chức vụ người ký").fill("Phó Chủ tịch")
    hoa.press("Ghi quyết định").look("decided")
    expect(hoa.main).to_contain_text("12/GT-UBND")
    expect(hoa.main).to_contain_text("KT. Phó Chủ tịch Trần Thị Phó")
    hoa.menu("Chuyển trường").click("Đã quyết định").look("what the commune decided")
    expect(hoa.main).to_contain_text("12/GT-UBND")

    loan.open(case).expected.add(422)
    loan.click("Cho chuyển").press("Cho chuyển đi").look("papers missing")
    expect(loan.main.get_by_role("alert")).to_contain_text("Học bạ")
    for paper in ("Đơn của cha mẹ", "Học bạ", "Giấy giới thiệu của trường", "Giấy khai sinh"):
        loan.open(f"{case}paper/").main.get_by_label("Loại giấy tờ").select_option(
            label=paper if paper != "Giấy khai sinh" else "Giấy khai sinh, bản sao"
        )
        loan.press("Thêm giấy tờ")
    loan.click("Cho chuyển").press("Cho chuyển đi").look("released")
    expect(loan.main).to_contain_text("từ hôm nay không thuộc trường nào")

    loan.click("Rút lại việc cho chuyển").press("Rút lại việc cho chuyển").look("taken back")
    expect(loan.main).to_contain_text("Nơi đến đã đồng ý")
    loan.click("Cho chuyển").press("Cho chuyển đi")
    loan.click("Tiếp nhận").press("Tiếp nhận học sinh").look("moved")
    expect(loan.main).to_contain_text("Hồ sơ đã xong")


def test_leaving_leads_to_a_transfer_that_a_withdrawal_undoes(visit: Visit) -> None:
    loan = visit("loan")
    loan.menu("Học sinh").main.locator("tbody th a").nth(10 if loan.is_narrow else 11).click()
    loan.page.wait_for_url("**/students/**")
    record = loan.path
    loan.main.locator("details.menu-end > summary").click()
    loan.click("Rời trường").look("leaving").click("Chuyển trường khác")
    loan.main.get_by_role("radio", name="ở tỉnh khác").check()
    loan.main.get_by_label("Tên trường ở tỉnh khác").fill("Trường THCS Lê Lợi")
    loan.main.get_by_label("Tỉnh, thành phố").select_option(label="Quảng Trị")
    loan.main.get_by_label("Lý do").fill("Gia đình chuyển nơi ở")
    loan.press("Gửi đề nghị").click("Rút hồ sơ")
    loan.main.get_by_label("Lý do").fill("Gia đình đổi ý")
    loan.press("Rút hồ sơ").look("withdrawn")
    expect(loan.main).to_contain_text("Gia đình đổi ý")
    loan.open(record)
    expect(loan.main).to_contain_text("Đang học")


def test_a_mother_asks_for_her_child_and_takes_it_back(visit: Visit) -> None:
    huong = visit("huong")
    huong.main.get_by_role("link", name="Chuyển trường").click()
    huong.look("the family's transfers")
    huong.main.get_by_role("link", name="Xin chuyển trường cho").first.click()
    huong.look("asking for a child")
    huong.main.get_by_role("radio", name="ở tỉnh khác").check()
    huong.main.get_by_label("Tên trường ở tỉnh khác").fill("Trường Nguyễn Du")
    huong.main.get_by_label("Tỉnh, thành phố").select_option(label="Nghệ An")
    huong.main.get_by_label("Lý do").fill("Gia đình chuyển nơi ở")
    huong.press("Gửi đề nghị").look("asked").click("Rút hồ sơ")
    huong.main.get_by_label("Lý do").fill("Gia đình ở lại")
    huong.press("Rút hồ sơ").look("taken back")
    expect(huong.main).to_contain_text("Gia đình ở lại")


def test_a_row_of_the_list_can_be_ticked(visit: Visit) -> None:
    loan = visit("loan")
    loan.menu("Học sinh")
    box = loan.main.locator("tbody td.table-select input").first
    box.click(timeout=5_000)
    expect(box).to_be_checked()
