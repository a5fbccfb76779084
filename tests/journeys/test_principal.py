"""A principal sees the whole school, opens a figure to its pupils, and prints a class list."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_principal_goes_from_a_figure_to_a_pupil(visit: Visit) -> None:
    hung = visit("hung").look("home")
    hung.click("Hồ sơ đủ thông tin").look("figure")
    hung.main.locator('a[href*="/students/"]').first.click()
    hung.look("record")
    for tab in ("Gia đình", "Quá trình học", "Lịch sử", "Ai đã xem"):
        hung.click(tab).look(f"tab-{hung.path.strip('/').split('/')[-1]}")
    hung.menu("Trường, lớp").look("school")
    hung.menu("Đội ngũ").look("staff")


def test_a_class_list_comes_out_on_paper(visit: Visit) -> None:
    hung = visit("hung")
    hung.click("6A", exact=True).look("class")
    size = hung.main.locator("table.roll a").count()
    hung.click("In", exact=True).look("paper")
    rows = hung.page.locator("tbody tr").count()
    assert rows == size > 20

    pages = PdfReader(BytesIO(hung.page.pdf(format="A4"))).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    assert "PhạmMinhAnh" in text
    assert 1 <= len(pages) <= 2
    assert "THCSCẩmBình" in text
