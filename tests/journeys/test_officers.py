"""Officers of the department and of a commune: figures down to their rows, within their places."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_an_officer_opens_a_figure_down_to_its_rows(visit: Visit) -> None:
    binh = visit("binh").look("dashboard")
    binh.click("Hồ sơ đủ thông tin").look("figure")
    binh.click("Xã Cẩm Bình").look("figure-of-a-commune")
    binh.click("THCS Cẩm Bình").look("figure-of-a-school")
    binh.main.locator('a[href*="/students/"]').first.click()
    binh.look("purpose")
    binh.main.get_by_label("Đối chiếu, xác minh thông tin trong hồ sơ").check()
    binh.press("Xem hồ sơ").look("record")
    assert binh.main.get_by_role("heading", level=1).inner_text().strip()

    binh.open("/").click("Bảng số").look("as-a-table")
    binh.open("/").click("Xã Cẩm Bình").look("commune")
    binh.menu("Số liệu").look("figures")
    with binh.page.expect_download() as download:
        binh.main.get_by_role("link", name="Xuất").first.click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_an_officer_says_why_a_record_is_opened_and_the_mother_reads_it(visit: Visit) -> None:
    hoa = visit("hoa").open("/students/?q=Phạm+Minh+Anh")
    hoa.main.get_by_role("link", name="Phạm Minh Anh", exact=True).click()
    hoa.expected.add(422)
    hoa.press("Xem hồ sơ").look("purpose-not-said")
    hoa.main.get_by_label("Mục đích khác").check()
    hoa.main.get_by_label("Nói rõ hơn").fill("Xác nhận đơn xin học bổng")
    hoa.press("Xem hồ sơ").look("record")
    assert hoa.path.count("/") == 3
    hoa.click("Quá trình học").look("not-asked-again")

    mother = visit("huong")
    mother.page.get_by_role("link", name="Lượt xem").first.click()
    expect(mother.main).to_contain_text("Xác nhận đơn xin học bổng")
    mother.look("who-looked")


def test_a_commune_officer_sees_the_schools_of_her_commune(visit: Visit) -> None:
    hoa, binh = visit("hoa").look("dashboard"), visit("binh")
    hoa.menu("Trường, lớp").look("schools")
    own = hoa.main.locator('a[href^="/schools/"]')
    assert {"THCS Cẩm Bình", "Tiểu học Cẩm Bình", "Mầm non Cẩm Bình"} <= {
        text.replace("Trường ", "").strip() for text in own.all_inner_texts()
    }
    kept = set(own.evaluate_all("links => links.map(a => a.pathname)"))
    binh.menu("Trường, lớp").look("schools")
    everywhere = set(
        binh.main.locator('a[href^="/schools/"]').evaluate_all("a => a.map(a => a.pathname)")
    )
    foreign = sorted(
        path for path in everywhere - kept if path.count("/") == 3 and "schools." not in path
    )
    assert foreign
    assert hoa.status_of(foreign[0]) == 404
    hoa.open(sorted(kept)[0]).look("school")
    expect(hoa.main.get_by_role("heading", level=1)).to_be_visible()
