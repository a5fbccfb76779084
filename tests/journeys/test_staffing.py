"""Teachers needed and present: from the table to a school, a subject, one teacher less."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_what_one_teacher_less_changes(visit: Visit) -> None:
    hoa = visit("hoa")
    hoa.menu("Thừa, thiếu giáo viên").look("table")
    hoa.click("Theo trường").look("by_school")
    hoa.main.locator('a.row-link[href^="/staffing/schools/"]').first.click()
    hoa.settle().look("school")
    hoa.main.locator("a.row-link").first.click()
    hoa.settle().look("subject")
    expect(hoa.main).to_contain_text("Cách tính")
    hoa.click("Nếu bớt một giáo viên").look("one_less")
    expect(hoa.main.locator("#without")).to_contain_text("Sau đó")
