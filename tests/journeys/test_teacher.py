"""A teacher sees her classes and no other; a teacher of another school sees nothing of them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_teacher_sees_her_classes_only(visit: Visit) -> None:
    lan = visit("lan").look("home")
    lan.click("Mở danh sách lớp").look("class")
    expect(lan.main.get_by_role("heading", level=1)).to_contain_text("6A")
    assert lan.main.locator("table.roll a").count() > 20

    lan.click("Phạm Minh Anh").look("record")
    expect(lan.main.get_by_role("heading", level=1)).to_have_text("Phạm Minh Anh")
    expect(lan.main.get_by_role("link", name="Sửa hồ sơ")).to_have_count(0)

    lan.menu("Học sinh").look("pupils")
    found = {cell.strip() for cell in re.findall(r"\b[6-9][AB]\b", lan.text)}
    assert found == {"6A", "6B"}


def test_a_stranger_finds_nothing_at_addresses_of_another_school(visit: Visit) -> None:
    lan, mai = visit("lan"), visit("mai")
    lan.click("Mở danh sách lớp")
    of_class = lan.path
    lan.click("Phạm Minh Anh")
    of_record = lan.path

    for path in (of_class, f"{of_class}print/", of_record, f"{of_record}family/"):
        assert lan.status_of(path) == 200
        assert mai.status_of(path) == 404
        assert "Minh Anh" not in mai.page.content()
    mai.look("not-found")
    assert mai.main.get_by_role("heading", level=1).is_visible()
    assert lan.status_of(f"{of_record}edit/") in {403, 404}


def test_a_pupil_sees_her_own_record_only(visit: Visit) -> None:
    lan, pupil = visit("lan"), visit("minhanh").look("home")
    pupil.page.get_by_role("link", name="Hồ sơ", exact=True).click()
    pupil.look("record")
    expect(pupil.page.get_by_role("heading", level=1)).to_have_text("Hồ sơ của em")
    lan.click("Mở danh sách lớp")
    another = lan.main.locator("table.roll a").filter(has_not_text="Phạm Minh Anh").first
    name = another.inner_text().strip()
    another.click()
    lan.page.wait_for_url("**/students/**")

    assert pupil.status_of(lan.path) == 404
    pupil.status_of("/students/")
    assert name not in pupil.page.content()
    assert pupil.status_of("/audit/") in {403, 404}
    pupil.look("refused")
