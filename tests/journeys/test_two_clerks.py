"""Two people write at once, one person clicks twice: nothing is lost, nothing is there twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from khuevan.kernel.vietnamese import fold
from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def editing_a_pupil_of_7b(walk: Walk, *, number: int) -> Walk:
    """Open the form of the class's pupil with this number on the roll."""
    walk.click("7B", exact=True)
    walk.main.locator("table.roll th a").nth(number).click()
    walk.page.wait_for_url("**/students/**")
    return walk.click("Sửa hồ sơ")


def test_the_second_clerk_is_told_and_loses_nothing(visit: Visit) -> None:
    loan, hung = visit("loan"), visit("hung")
    number = 2 if loan.is_narrow else 3
    editing_a_pupil_of_7b(loan, number=number).look("form")
    editing_a_pupil_of_7b(hung, number=number)
    address = "Chỗ ở hiện nay" if loan.main.get_by_label("Chỗ ở hiện nay").count() else "Nơi ở"
    loan.main.get_by_label(address).first.fill("Thôn Đông, nhà mới")
    loan.press("Lưu thay đổi").look("saved")
    expect(loan.page.locator("body")).to_contain_text("Đã lưu")

    hung.expected.update({409, 422})
    hung.main.get_by_label(address).first.fill("Thôn Tây, nhà cũ")
    hung.press("Lưu thay đổi").look("told")
    expect(hung.main.get_by_role("alert")).to_contain_text("Phan Thị Loan")
    expect(hung.main.get_by_role("alert")).to_contain_text("Thôn Tây, nhà cũ")
    expect(hung.main.get_by_role("alert")).to_contain_text("Thôn Đông, nhà mới")

    hung.main.get_by_role("radio", name="Giữ").check()
    hung.press("Lưu thay đổi").look("kept")
    hung.click("Sửa hồ sơ")
    expect(hung.main.get_by_label(address).first).to_have_value("Thôn Tây, nhà cũ")


def typing_a_pupil(walk: Walk, name: str, born: str) -> Walk:
    """Open the form of a new pupil and type who it is."""
    walk.menu("Học sinh").click("Thêm học sinh")
    walk.main.get_by_label("Họ và tên").first.fill(name)
    walk.main.get_by_label("Ngày sinh").first.fill(born)
    return walk


def test_a_form_sent_twice_makes_one_pupil_and_the_next_is_asked_about(visit: Visit) -> None:
    loan = visit("loan")
    name = "Lê Thị Bấm Đúp" if loan.is_narrow else "Trần Văn Bấm Hai"
    typing_a_pupil(loan, name, "09/02/2015").look("new")
    loan.main.get_by_role("radio", name="Nữ" if loan.is_narrow else "Nam").check()
    loan.main.get_by_label("Lớp").first.select_option(label="6B")
    loan.main.get_by_role("button", name="Ghi danh").dblclick()
    expect(loan.main.get_by_role("heading", level=1)).to_have_text(name)
    loan.look("registered")

    loan.expected.add(422)  # asked whether this is another child of that name
    loan.page.go_back()
    loan.settle()
    again = loan.main.get_by_role("button", name="Ghi danh")
    if again.count():
        again.click()
        loan.settle()
    loan.open("/").click("6B", exact=True)
    expect(loan.main.get_by_role("link", name=name)).to_have_count(1)

    typing_a_pupil(loan, fold(name), "02/09/2015").main.get_by_label("Ngày sinh").first.blur()
    told = loan.main.get_by_text("Có thể đã có hồ sơ").locator("..")
    expect(told).to_contain_text("ngày và tháng sinh")
    loan.settle().look("known_already")
    expect(told.get_by_role("link", name="Xem hồ sơ")).to_be_visible()
