"""Language and appearance: chosen in the person's menu, kept, and back again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]
DARK = "rgb(18, 20, 23)"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def test_english_and_back(visit: Visit) -> None:
    hung = visit("hung")
    hung.own_menu("English")
    expect(hung.page.locator("html")).to_have_attribute("lang", "en")
    hung.look("home-in-english")
    hung.click("6A", exact=True).look("class-in-english")
    expect(hung.main.get_by_role("link", name="Export")).to_be_visible()
    hung.own_menu("Tiếng Việt")
    expect(hung.page.locator("html")).to_have_attribute("lang", "vi")
    expect(hung.main.get_by_role("link", name="Xuất bảng")).to_be_visible()


def test_a_dark_appearance_stays(visit: Visit) -> None:
    lan = visit("lan")
    lan.own_menu("Tối")
    assert lan.page.evaluate(BACKGROUND) == DARK
    lan.open("/students/").look("dark")
    assert lan.page.evaluate(BACKGROUND) == DARK
    lan.own_menu("Sáng")
    assert lan.page.evaluate(BACKGROUND) != DARK
