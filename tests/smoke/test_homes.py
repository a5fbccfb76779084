"""Everybody of the cast signs in and finds a sound first page: families on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from khuevan.cli.world.cast import CAST
from tests.journeys.province import Province
from tests.journeys.walking import NARROW, WIDE, start_walk

pytestmark = pytest.mark.browser
ROLES = {member.username: member.roles for member in CAST}


@pytest.mark.parametrize("username", ROLES)
def test_home_opens_without_a_fault(browser: Browser, province: Province, username: str) -> None:
    is_family = {"guardian", "student"} & set(ROLES[username])
    size = NARROW if is_family else WIDE
    walk = start_walk(browser, province, size=size, story="home").sign_in(username)
    walk.look(username)
    heading = walk.main.get_by_role("heading", level=1)
    assert heading.count() == 1
    assert heading.inner_text().strip()
    walk.page.context.close()

    assert walk.faults == []


def test_a_stranger_is_led_to_the_sign_in_page(browser: Browser, province: Province) -> None:
    walk = start_walk(browser, province, size=NARROW, story="sign-in").open("/")
    walk.look("nobody")

    assert "/accounts/login/" in walk.page.url
    assert walk.page.get_by_role("button", name="Đăng nhập").is_visible()
    walk.page.context.close()
    assert walk.faults == []
