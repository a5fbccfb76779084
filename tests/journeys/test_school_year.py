"""The department decides a year, a storm closes schools, a day is made up, a family is told."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.province import TODAY

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_storm_closes_schools_and_a_mother_reads_it(visit: Visit) -> None:
    thanh = visit("thanh").menu("Năm học").look("years")
    thanh.click("Sửa THCS").look("decide-a-year")
    thanh.main.get_by_label("Ngày tựu trường").fill("05/09/2026")
    thanh.main.get_by_label("Kết thúc năm học").fill("23/05/2027")
    thanh.main.get_by_label("Quyết định").fill("2058/QĐ-UBND, 14/08/2026")
    thanh.press("Lưu quyết định").look("year-decided")
    thanh.click("Lịch nghỉ học").look("days-off")
    thanh.click("Ghi đợt nghỉ").look("new-days-off")
    day = f"{date.fromisoformat(TODAY):%d/%m/%Y}"
    thanh.main.get_by_label("Nơi nghỉ").select_option(index=0)
    thanh.main.get_by_label("Nghỉ từ ngày").fill(day)
    thanh.main.get_by_label("Đến hết ngày").fill(day)
    thanh.main.get_by_label("Ghi chú").fill("bão số 14")
    thanh.main.get_by_label("Quyết định").fill("40/CĐ-UBND")
    thanh.press("Ghi đợt nghỉ")
    expect(thanh.main).to_contain_text("ão số 14")
    huong = visit("huong").look("a-mother-reads-of-the-storm")
    expect(huong.main).to_contain_text("ão số 14")
    loan = visit("loan").menu("Trường, lớp").click("Điểm trường, năm học")
    loan.click("Năm học", exact=True)
    expect(loan.main).to_contain_text("ão số 14")
    loan.look("the-year-of-a-school")
