"""A school from its founding to its dissolution: by the department's office, and by a commune's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.fixtures import Visit
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def _day(days: int) -> str:
    return f"{date.today() + timedelta(days=days):%d/%m/%Y}"


def _found(who: Walk, name: str, code: str, *, opens: int, commune: int = 0) -> Walk:
    """Fill the form of a school to be, as far as it isn't filled, and send it."""
    who.menu("Trường, lớp").click("Thành lập trường").look("founding")
    for label, said in (
        ("Tên", name),
        ("Tên ngắn", name.removeprefix("Trường ")),
        ("Mã", code),
        ("Số quyết định", "512/QĐ-UBND"),
        ("Ngày văn bản", _day(-30)),
        ("Người ký", "Trần Văn Ký"),
        ("Mở từ ngày", _day(opens)),
    ):
        who.main.get_by_label(label, exact=True).fill(said)
    if commune:
        who.main.get_by_label("Xã, phường, đặc khu").select_option(index=commune)
    return who.press("Thành lập trường")


def _dissolve(who: Walk, code: str) -> Walk:
    """Close a school, first with a signature that can't be."""
    who.open(f"/schools/{code}/facts/").look("papers")
    who.click("Giải thể trường").look("dissolving")
    for label, said in (
        ("Ngày đầu tiên không còn trường", _day(-2)),
        ("Số quyết định", "77/QĐ-UBND"),
        ("Ngày văn bản", _day(-3)),
        ("Người ký", "Trần Thị Phó"),
    ):
        who.main.get_by_label(label, exact=True).fill(said)
    who.main.get_by_label("Hình thức ký").select_option("KT")
    who.expected.add(422)
    who.press("Giải thể trường").look("refused")
    expect(who.main).to_contain_text("Phó Chủ tịch")
    who.main.get_by_label("Chức vụ người ký").fill("Phó Chủ tịch")
    who.press("Giải thể trường")
    return who.open(f"/schools/{code}/facts/").look("dissolved")


def test_the_department_records_an_upper_secondary_school(visit: Visit) -> None:
    thanh = visit("thanh")
    code = "42009901" if thanh.is_narrow else "42009902"
    name = f"Trường THPT Hồng Lam {code[-1]}"
    _found(thanh, name, code, opens=-20, commune=1).look("founded")
    expect(thanh.main).to_contain_text("512/QĐ-UBND")
    thanh.open(f"/schools/?q={code}").look("in the list")
    expect(thanh.main).to_contain_text(name)
    _dissolve(thanh, code)
    expect(thanh.main).to_contain_text("KT. Phó Chủ tịch Trần Thị Phó")
    expect(thanh.main).to_contain_text("đã giải thể")
    thanh.open("/schools/?closed=1")
    expect(thanh.main).to_contain_text(name)


def test_a_commune_founds_permits_and_dissolves_its_own(visit: Visit) -> None:
    hoa = visit("hoa")
    code = "42009903" if hoa.is_narrow else "42009904"
    name = f"Trường TH Hoa Sen {code[-1]}"
    _found(hoa, name, code, opens=-20).look("founded")
    hoa.open(f"/schools/{code}/facts/").click("Ghi cho phép hoạt động").look("permitting")
    hoa.main.get_by_label("Số quyết định").fill("88/QĐ-UBND")
    hoa.main.get_by_label("Người ký", exact=True).fill("Trần Văn Ký")
    hoa.main.get_by_label("Ngày văn bản").fill(_day(-10))
    hoa.press("Ghi quyết định").look("permitted")
    expect(hoa.main).to_contain_text("88/QĐ-UBND")
    _dissolve(hoa, code)
    expect(hoa.main).to_contain_text("77/QĐ-UBND")


def test_a_school_of_a_coming_day_is_seen_before(visit: Visit) -> None:
    hoa = visit("hoa")
    code = "42009905" if hoa.is_narrow else "42009906"
    name = f"Trường TH Bình Minh {code[-1]}"
    _found(hoa, name, code, opens=30).look("opens later")
    expect(hoa.main).to_contain_text(f"Trường mở từ ngày {_day(30)}")
    hoa.open("/schools/?coming=1").look("coming schools")
    expect(hoa.main).to_contain_text(name)
    hoa.open("/schools/")
    expect(hoa.main).not_to_contain_text(name)
    hoa.open(f"/schools/{code}/facts/").click("Rút").look("withdrawing")
    hoa.main.get_by_label("Lý do rút").fill("Nhập nhầm ngày mở trường")
    hoa.press("Rút quyết định").look("gone")
    hoa.open("/schools/?coming=1")
    expect(hoa.main).not_to_contain_text(name)
