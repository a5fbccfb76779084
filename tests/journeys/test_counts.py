"""Counts of any day down to their rows; a census day decided, frozen, opened again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_number_of_a_day_opens_to_as_many_pupils(visit: Visit) -> None:
    binh = visit("binh").menu("Số liệu theo ngày").look("counts")
    binh.main.get_by_label("Chia dòng theo").select_option("grade")
    binh.main.get_by_label("Chia cột theo").select_option("sex")
    binh.press("Thống kê").look("by-grade-and-sex")
    cell = binh.main.locator("table.counts tbody td a").first
    number = cell.inner_text().strip()
    cell.click()
    binh.look("rows")
    expect(binh.main.get_by_role("heading", level=1)).to_contain_text(f"{number} học sinh")
    expect(binh.main.locator(".chips-count")).to_have_text(f"{number} trên {number}")

    binh.expected.add(422)
    binh.open("/counts/?on=31-02").look("no-such-day")


def test_a_director_counts_but_opens_no_names(visit: Visit) -> None:
    thanh = visit("thanh").open("/counts/?rows=ethnicity&cols=level").look("ethnic-groups")
    thanh.main.locator("table.counts tfoot td a").first.click()
    thanh.look("by-part")
    expect(thanh.main).to_contain_text("chỉ mở với người được xem hồ sơ")


def test_a_census_day_is_frozen_and_opened_again(visit: Visit) -> None:
    thanh = visit("thanh").open("/counts/census/").look("census-days")
    thanh.click("Thêm kỳ chốt").look("decide")
    level = "TH" if thanh.is_narrow else "THCS"
    thanh.main.get_by_label("Ngày").fill("30/09/2026")
    thanh.main.get_by_label("Cấp học").select_option(level)
    thanh.press("Quyết định").look("open")
    thanh.press("Chốt số liệu").look("frozen")
    expect(thanh.main).to_contain_text("bản 1")
    thanh.click("Mở lại").look("why")
    thanh.main.get_by_label("Lý do mở lại").fill("Ba trường nộp muộn")
    thanh.press("Mở lại")
    thanh.press("Chốt số liệu").look("second-version")
    expect(thanh.main).to_contain_text(re.compile("Ba trường nộp muộn"))
    thanh.click("Lớp", exact=True).look("frozen-classes")
    thanh.main.locator("table a.row-link").first.click()
    thanh.look("frozen-classes-of-a-unit")


def test_two_days_are_compared_down_to_who_came(visit: Visit) -> None:
    binh = visit("binh").open("/counts/").click("So sánh hai mốc").look("two-days")
    binh.main.get_by_label("Mốc đầu", exact=True).fill("2025-06-30")
    binh.main.get_by_label("Mốc cuối", exact=True).fill("2025-07-01")
    binh.press("So sánh").look("two-eras")
    then, came, left, now = binh.main.locator(".equation .kpi-figure").all_inner_texts()
    numbers = [int(re.sub(r"\D", "", text)) for text in (then, came, left, now)]
    assert numbers[0] + numbers[1] - numbers[2] == numbers[3] > 0
    binh.click("xem từng trường, từ đâu về đâu").look("schools-moved")
    expect(binh.main).to_contain_text("Phòng GDĐT")

    hung = visit("hung").open("/counts/compare/?rows=grade").look("principal")
    line = hung.main.locator("table.two-days tbody tr", has=hung.page.get_by_text("Khối 6"))
    number = line.locator("td a").nth(1).inner_text().lstrip("+")
    line.locator("td a").nth(1).click()
    hung.look("who-came")
    expect(hung.main.get_by_role("heading", level=1)).to_contain_text(f"{number} học sinh")

    hung.expected.add(422)
    hung.open("/counts/compare/?from=2026-10-01&to=2026-09-01").look("turned")
    expect(hung.main).to_contain_text("Anh/chị chọn ngày sớm hơn")


def test_a_director_sees_how_many_left_each_school_but_no_names(visit: Visit) -> None:
    thanh = visit("thanh").open("/counts/compare/rows/?flow=now&rows=level").look("by-school")
    expect(thanh.main).to_contain_text("chỉ mở với người được xem hồ sơ")
