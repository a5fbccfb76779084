"""Without a mouse: sign in, search, a list, a record."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from khuevan.cli.world.cast import DEMO_PASSWORD
from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]
FOCUSED = """() => { const e = document.activeElement;
  return e && e.matches('a, button, summary') ? e.innerText.trim() : ''; }"""


def tab_to(walk: Walk, words: str, *, most: int = 80) -> None:
    """Press Tab until what has the focus says these words."""
    for _ in range(most):
        walk.page.keyboard.press("Tab")
        if words in walk.page.evaluate(FOCUSED):
            return
    raise AssertionError(f"Tab never reaches {words!r}")


def test_keys_alone_lead_from_sign_in_to_a_record(visit: Visit) -> None:
    loan = visit("").open("/")
    loan.look("sign-in")
    loan.page.get_by_label("Tên đăng nhập").focus()
    loan.page.keyboard.type("loan")
    loan.page.keyboard.press("Tab")
    loan.page.keyboard.type(DEMO_PASSWORD)
    loan.page.keyboard.press("Enter")
    loan.page.wait_for_url(lambda url: "/accounts/login/" not in url)
    loan.look("home")

    if not loan.is_narrow:
        loan.page.keyboard.press("/")
        loan.page.keyboard.type("Phạm Minh Anh", delay=20)
        loan.page.keyboard.press("Enter")
        loan.page.wait_for_url("**/search/**")
        loan.look("found")
        tab_to(loan, "Phạm Minh Anh")
        loan.page.keyboard.press("Enter")
        loan.page.wait_for_url("**/students/**")
        expect(loan.main.get_by_role("heading", level=1)).to_have_text("Phạm Minh Anh")

    loan.open("/students/")
    tab_to(loan, loan.main.locator("tbody a").first.inner_text().strip())
    loan.page.keyboard.press("Enter")
    loan.page.wait_for_url(lambda url: url.rstrip("/").split("/")[-2] == "students")
    loan.look("record")
    expect(loan.main.get_by_role("heading", level=1)).to_be_visible()
