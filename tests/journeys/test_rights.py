"""Rights that come and go: a role, a delegation, a support session; and the page that explains."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def may_open_lists(walk: Walk) -> bool:
    """Return whether somebody may load lists now."""
    walk.open("/")
    return walk.page.locator("#nav").get_by_text("Nhập danh sách").count() > 0


def test_a_role_works_when_given_and_no_longer_when_ended(visit: Visit) -> None:
    son, toan = visit("son").look("home"), visit("toan")
    assert not may_open_lists(toan)
    son.menu("Tài khoản và vai trò").look("users")
    son.click("Lê Quốc Toàn").look("user")
    user = son.path
    son.click("Giao vai trò").look("where")
    son.main.get_by_label("Tại đơn vị nào?").fill("Cẩm Bình")
    son.press("Tìm")
    son.main.get_by_role("link", name="THCS Cẩm Bình").click()
    son.look("give")
    son.main.get_by_label("Vai trò", exact=True).select_option("school_clerk")
    son.main.get_by_label("Lý do").fill("Thay cô Loan nghỉ phép")
    son.press("Giao vai trò").look("given")
    expect(son.page.locator("body")).to_contain_text("Đã giao vai trò.")
    row = son.main.get_by_role("row", name="Thay cô Loan nghỉ phép")
    expect(row.get_by_role("link", name="Kết thúc")).to_be_visible()

    toan.open("/")
    toan.page.locator("details.top-choice summary").first.click()
    toan.look("hats")
    toan.page.locator("details.top-choice button", has_text="Văn thư").first.click()
    toan.settle()
    assert may_open_lists(toan)
    toan.look("as-a-clerk")

    son.open(user)
    row.get_by_role("link", name="Kết thúc").click()
    son.look("end")
    son.main.get_by_label("Lý do").fill("Cô Loan đã đi làm lại")
    son.press("Kết thúc vai trò").look("ended")
    assert not may_open_lists(toan)


def test_the_page_why_explains(visit: Visit) -> None:
    son = visit("son")
    son.menu("Tài khoản và vai trò").click("Lê Quốc Toàn")
    son.main.locator('a[href*="/access/why/"]').click()
    son.look("why")
    son.main.get_by_label("Quyền").select_option(label="Nhập danh sách học sinh")
    son.press("Giải thích").look("answer")
    expect(son.main.locator("#answer li").first).to_be_visible()


def test_a_principal_delegates_and_takes_it_back(visit: Visit) -> None:
    hung, toan = visit("hung"), visit("toan")
    assert toan.status_of("/audit/") in {403, 404}
    hung.menu("Ủy quyền").look("delegations")
    hung.click("Ủy quyền").look("delegate")
    hung.main.get_by_role("checkbox").first.check()
    hung.main.get_by_label("Tên đăng nhập của đồng nghiệp").fill("toan")
    hung.main.get_by_label("Ngày cuối").fill("30/11/2026")
    hung.main.get_by_label("Lý do").fill("Đi tập huấn ở tỉnh")
    hung.press("Ủy quyền").look("delegated")
    expect(hung.main.get_by_role("row", name="Đi tập huấn ở tỉnh").first).to_contain_text(
        "đang hiệu lực"
    )

    toan.open("/")
    toan.page.locator("details.top-choice summary").first.click()
    toan.page.locator("details.top-choice button", has_text="Hoàng Văn Hùng").first.click()
    toan.settle()
    toan.look("acting-for-the-principal")
    assert toan.status_of("/audit/") == 200

    hung.main.get_by_role("button", name="Kết thúc").first.click()
    hung.settle()
    hung.look("taken-back")
    assert toan.status_of("/audit/") in {403, 404}


def test_the_principal_sees_a_support_session(visit: Visit) -> None:
    hung, duy = visit("hung"), visit("duy").look("home")
    hung.menu("Trường, lớp")
    code = hung.path.strip("/").split("/")[1]
    assert duy.status_of(f"/schools/{code}/students/") in {403, 404}
    duy.open("/").menu("Phiên hỗ trợ").look("sessions")
    duy.click("Mở phiên").look("open")
    duy.main.get_by_label("Mã đơn vị").fill(code)
    reason = "Danh sách lớp in ra bị trống"
    duy.main.get_by_label("Lý do").fill(reason)
    duy.press("Mở phiên").look("inside")
    assert duy.status_of(f"/schools/{code}/students/") == 200
    duy.look("pupils")

    hung.menu("Phiên hỗ trợ").look("told")
    row = hung.main.get_by_role("row", name=reason).first
    expect(row).to_contain_text("Phạm Anh Duy")
    expect(row).to_contain_text("đang mở")

    duy.open("/support/").press("Đóng")
    hung.open("/support/")
    expect(hung.main.get_by_role("row", name=reason).first).to_contain_text("đã đóng")
    assert duy.status_of(f"/schools/{code}/students/") in {403, 404}


def test_an_administrator_makes_a_role_out_of_what_they_hold(visit: Visit) -> None:
    son = visit("son")
    son.open("/roles/").look("roles")
    son.click("Tạo vai trò mới").look("new")
    name = "Cán bộ tra cứu trên điện thoại" if son.is_narrow else "Cán bộ tra cứu"
    son.main.get_by_label("Tên vai trò").fill(name)
    son.main.get_by_label("Lý do").fill("Theo đề án vị trí việc làm")
    pupils = son.main.get_by_role("radiogroup", name="Học sinh")
    expect(pupils.get_by_role("radio").nth(1)).to_be_disabled()
    access = son.main.get_by_role("radiogroup", name="Tài khoản và quyền")
    access.get_by_role("radio", name="xem").first.check()
    son.press("Tạo vai trò").look("made")
    expect(son.main.get_by_role("heading", level=1)).to_contain_text(name)
