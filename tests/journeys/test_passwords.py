"""A mother of two forgot her password: two persons answer for a new one. And one's own devices."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.province import Province
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]

REASON = "Chị Hường đến văn phòng, quên mật khẩu"


@pytest.fixture
def huong_as_before(province: Province) -> Iterator[None]:
    """Give Ms Hường her old password back for the other journeys."""
    columns = "password, must_change_password"
    with psycopg.connect(province.database_url, autocommit=True) as connection:
        which = "username = 'huong'"
        before = connection.execute(
            f"SELECT {columns} FROM accounts_user WHERE {which}"  # noqa: S608
        ).fetchone()
        yield
        connection.execute(
            f"UPDATE accounts_user SET ({columns}) = (%s, %s) WHERE {which}",  # noqa: S608
            before,
        )


def ask(loan: Walk) -> None:
    """Let the clerk find the mother and ask for her password."""
    loan.menu("Tài khoản và vai trò")
    loan.open("/users/?q=huong")
    loan.click("Trịnh Thu Hường").look("user")
    expect(loan.main).to_contain_text("không thể tự mình cấp mật khẩu")
    assert loan.main.get_by_role("link", name="Mật khẩu mới").count() == 0
    loan.click("Đề nghị cấp lại mật khẩu").look("ask")
    loan.main.get_by_label("Lý do").fill(REASON)
    loan.press("Gửi đề nghị").look("asked")


def test_two_persons_answer_for_a_password(visit: Visit, huong_as_before: None) -> None:
    loan, hoa, son = visit("loan"), visit("hoa"), visit("son")
    ask(loan)
    path = loan.path
    assert son.status_of(path) in {403, 404}

    hoa.open("/notifications/").look("told")
    hoa.main.get_by_role("button", name="Trịnh Thu Hường").first.click()
    hoa.settle()
    assert hoa.path == path
    expect(hoa.main).to_contain_text(REASON)
    hoa.look("request")
    hoa.menu("Đề nghị cấp mật khẩu").look("list")
    hoa.click("Trịnh Thu Hường").press("Xác nhận").look("confirmed")

    loan.open("/notifications/")
    loan.main.get_by_role("button", name="đã được xác nhận").first.click()
    loan.settle()
    loan.look("ready")
    loan.press("Xem mật khẩu dùng một lần").look("slip")
    password = loan.main.locator("#one-time-password").inner_text()
    loan.open(path)
    assert password not in loan.text

    huong = visit("")
    huong.open("/accounts/login/")
    huong.page.get_by_label("Tên đăng nhập").fill("huong")
    huong.page.get_by_label("Mật khẩu").fill(password)
    huong.page.get_by_role("button", name="Đăng nhập", exact=True).click()
    huong.page.wait_for_url(lambda url: "/accounts/password/" in url)
    huong.look("chooses-her-own")


def test_a_request_is_declined(visit: Visit) -> None:
    loan, hoa = visit("loan"), visit("hoa")
    ask(loan)
    hoa.open(loan.path)
    hoa.main.get_by_label("Lý do").fill("Chưa liên hệ được phụ huynh")
    hoa.press("Từ chối").look("declined")
    loan.open(loan.path)
    expect(loan.main).to_contain_text("Bị từ chối")
    expect(loan.main).to_contain_text("Chưa liên hệ được phụ huynh")
    loan.look("declined")


def test_a_teacher_ends_a_session_elsewhere(visit: Visit) -> None:
    school, home = visit("lan"), visit("lan")
    home.open("/account/").click("Xem nơi đang đăng nhập").look("devices")
    expect(home.main.get_by_text("thiết bị này")).to_have_count(1)
    home.press("Đăng xuất mọi nơi khác").look("alone")
    expect(home.main.locator("#devices > li")).to_have_count(1)
    school.open("/account/")
    assert school.path == "/accounts/login/"
