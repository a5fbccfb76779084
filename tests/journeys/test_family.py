"""A mother of children in two schools sees both, nobody else's, and who has looked at them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_mother_reads_about_both_children_and_who_looked(visit: Visit) -> None:
    lan = visit("lan")
    lan.click("Mở danh sách lớp").click("Phạm Minh Anh")

    mother = visit("huong").look("home")
    mother.page.get_by_role("link", name="Lượt xem").first.click()
    mother.look("who-looked")
    expect(mother.main).to_contain_text("Nguyễn Thị Lan")
    mother.page.get_by_role("link", name="Hồ sơ", exact=True).first.click()
    mother.look("record")

    mother.open("/")
    mother.page.locator("summary", has_text="Phạm Minh Anh").click()
    mother.look("children")
    expect(mother.main).to_contain_text("Phạm Đức Minh")  # both stand on the day, whoever is chosen
    mother.page.locator("details[open]").get_by_role("link", name="Phạm Đức Minh").click()
    mother.look("second-child")
    expect(mother.page.locator("body")).to_contain_text("Tiểu học Cẩm Bình")
    assert mother.status_of(f"{lan.path}edit/") in {403, 404}
    assert mother.status_of("/schools/") in {403, 404}
