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
    link = hung.main.locator('a[href$="/list.pdf"]').first
    paper = hung.page.request.get(f"{hung.province.address}{link.get_attribute('href')}")
    assert paper.headers["content-type"] == "application/pdf"

    pages = PdfReader(BytesIO(paper.body())).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    assert "PhạmMinhAnh" in text
    assert size > 20
    assert 1 <= len(pages) <= 2
    assert "THCSCẩmBình" in text
