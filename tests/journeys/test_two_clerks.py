"""Two people write at once, one person clicks twice: nothing is lost, nothing is there twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

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


def test_a_form_sent_twice_makes_one_pupil(visit: Visit) -> None:
    loan = visit("loan")
    loan.menu("Học sinh").click("Thêm học sinh").look("new")
    name = "Lê Thị Bấm Đúp" if loan.is_narrow else "Trần Văn Bấm Hai"
    loan.main.get_by_label("Họ và tên").first.fill(name)
    loan.main.get_by_label("Ngày sinh").first.fill("09/02/2015")
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
