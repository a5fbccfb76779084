"""The office limits a guardian by a court's paper and lifts it; leave and the registry book."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def record_of_6b(walk: Walk, number: int) -> Walk:
    """Open the record of the class's pupil with this number on the roll."""
    walk.click("6B", exact=True)
    walk.main.locator("table.roll th a").nth(number).click()
    walk.page.wait_for_url("**/students/**")
    return walk


def test_the_office_limits_a_guardian_and_lifts_it(visit: Visit) -> None:
    loan = record_of_6b(visit("loan"), 4)
    loan.click("Gia đình").look("family")
    loan.main.locator(".guardian-list summary").first.click()
    loan.click("Quyền nuôi dưỡng, tiếp xúc").look("limit")
    loan.main.get_by_label("Giấy tờ").fill("Bản án 12/2026/HNGĐ-ST, 03/11/2026")
    loan.press("Lưu hạn chế").look("limited")
    expect(loan.main.locator(".guardian-list").first).to_contain_text("Không trực tiếp nuôi dưỡng")
    loan.main.locator(".guardian-list summary").first.click()
    loan.click("Thôi hạn chế").look("lift")
    loan.press("Thôi hạn chế").look("lifted")
    expect(loan.main.locator(".guardian-list").first).not_to_contain_text("Không trực tiếp")


def test_the_registry_book_and_its_former_pupils_open(visit: Visit) -> None:
    loan = (
        visit("loan")
        .menu("Trường, lớp")
        .click("Lớp và học sinh")
        .click("Sổ đăng bộ")
        .look("registry")
    )
    expect(loan.main).to_contain_text("không bao giờ cấp lại")
    loan.click("Học sinh đã rời trường").look("former")
