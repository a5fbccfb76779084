"""The data protection officer reads who did what, and sees no pupil."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_the_log_is_read_and_an_entry_opened(visit: Visit) -> None:
    hien = visit("hien").look("home")
    hien.menu("Nhật ký thao tác").look("log")
    expect(hien.main.locator("tbody tr").first).to_be_visible()
    hien.main.locator('tbody a[href^="/audit/"]').first.click()
    hien.look("entry")
    expect(hien.main.get_by_role("heading", level=1)).to_be_visible()
    assert hien.status_of("/students/") in {403, 404}
