"""The districts and communes of before 1 July 2025, and what became of them."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from tests.factories import make_unit

from khuevan.platform.areas import actions, api
from khuevan.platform.areas.models import Area, AreaKind, AreaSuccession

LAST_DAY, THAT_DAY = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    actions.load_areas()


def test_there_were_696_districts_and_10051_communes() -> None:
    before = api.areas_on(LAST_DAY)
    assert before.filter(kind=AreaKind.DISTRICT).count() == 696
    assert before.filter(kind=AreaKind.COMMUNE).count() == 10_051
    assert not api.areas_on(THAT_DAY).filter(kind=AreaKind.DISTRICT).exists()


def test_ha_tinh_had_twelve_districts_and_their_communes() -> None:
    districts = {area.full_name for area in api.districts_of("42", LAST_DAY)}
    assert len(districts) == 12
    assert {"Thành phố Hà Tĩnh", "Thị xã Kỳ Anh", "Huyện Kỳ Anh", "Huyện Cẩm Xuyên"} <= districts
    assert api.communes_of("42", LAST_DAY).count() == 210
    assert "Xã Cẩm Thành" in {area.full_name for area in api.communes_of("446", LAST_DAY)}


def test_a_code_used_again_means_what_it_meant_on_the_day() -> None:
    before, after = (api.areas_on(day).get(code="18685") for day in (LAST_DAY, THAT_DAY))
    assert (before.full_name, before.parent_code) == ("Xã Cẩm Bình", "436")
    assert (after.full_name, after.parent_code) == ("Xã Cẩm Bình", "42")


def test_a_commune_of_before_is_taken_to_have_stood_and_marked_so() -> None:
    """An address of 2019 finds its commune; that no list of then was read is said with it."""
    held = api.areas_on(date(2019, 5, 1)).get(code="18685")
    assert (held.full_name, held.listed_since) == ("Xã Cẩm Bình", date(2025, 1, 1))
    assert "chưa đối chiếu" in held.source
    assert not api.areas_on(date(2004, 6, 30)).exists()
    assert api.areas_on(date(2005, 1, 1)).filter(kind=AreaKind.PROVINCE).count() == 64


def test_only_provinces_that_changed_on_1_august_2008_end_before_it() -> None:
    """Nothing happened to the others: one row, and where no list was read is said."""
    provinces = Area.objects.filter(kind=AreaKind.PROVINCE)
    ended = {one.full_name for one in provinces.filter(ends_on=date(2008, 8, 1))}
    assert ended == {"Tỉnh Hà Tây", "Thành phố Hà Nội"}
    held = api.areas_on(date(2006, 1, 1)).get(code="70")
    assert (held.full_name, held.ends_on) == ("Tỉnh Bình Phước", THAT_DAY)
    assert held.listed_since == date(2008, 8, 1)
    assert "trí nhớ" in held.source


def test_two_rows_of_a_province_become_one_wherever_it_is_named() -> None:
    """Data of before, in which every province ended on 31/7/2008, is put right."""
    later = Area.objects.get(code="70", starts_on=date(2004, 7, 1))
    Area.objects.filter(pk=later.pk).update(starts_on=date(2008, 8, 1), listed_since=None)
    earlier = Area.objects.create(
        code="70", kind="PROVINCE", subtype="tỉnh", name="Bình Phước", full_name="Tỉnh Bình Phước",
        starts_on=date(2004, 7, 1), ends_on=date(2008, 8, 1),
    )  # fmt: skip
    versions = apps.get_model("organizations", "OrgUnitVersion")
    unit = make_unit("OTHER_OWNER", "Cơ quan cũ")
    versions.objects.filter(unit=unit).update(area_id=earlier.pk)
    migration = import_module("khuevan.platform.areas.migrations.0003_provinces_one_row")
    migration.join(apps, SimpleNamespace(connection=connection))
    held = Area.objects.get(code="70")
    assert (held.pk, held.starts_on, held.ends_on) == (later.pk, date(2004, 7, 1), THAT_DAY)
    assert versions.objects.get(unit=unit).area_id == later.pk


def test_provinces_and_districts_have_successors() -> None:
    became = {
        area.code: [one.code for one in api.successors_of(area.code, on=THAT_DAY)]
        for area in api.provinces(LAST_DAY)
    }
    assert len(became) == 63
    assert all(len(codes) == 1 for codes in became.values())
    assert len({codes[0] for codes in became.values()}) == 34
    assert became["58"] == ["56"]  # Ninh Thuận went into Khánh Hòa
    assert [one.full_name for one in api.successors_of("755", on=THAT_DAY)] == ["Đặc khu Côn Đảo"]
    of_district = api.successors_of("446", on=THAT_DAY)
    assert of_district.count() > 3
    assert {one.parent_code for one in of_district} == {"42"}
    whole = {area.code for area in api.areas_on(LAST_DAY).filter(kind=AreaKind.DISTRICT)}
    told = AreaSuccession.objects.filter(on=THAT_DAY).values_list("former_code", flat=True)
    assert whole <= set(told)
    assert {one.kind for one in api.predecessors_of("56", on=THAT_DAY)} == {AreaKind.PROVINCE}


def test_what_became_of_a_commune_and_what_it_was_made_of() -> None:
    made_of = {area.full_name for area in api.predecessors_of("18685", on=THAT_DAY)}
    assert made_of == {"Xã Cẩm Bình", "Xã Thạch Bình", "Xã Cẩm Vịnh", "Xã Cẩm Thành"}
    split = {area.full_name for area in api.successors_of("18082", on=THAT_DAY)}
    assert len(split) == 2
    assert "Phường Thành Sen" in split
    assert AreaSuccession.objects.filter(former_code__regex=r"^\d{5}$").count() == 10_554


def test_all_but_one_of_the_provinces_former_communes_went_somewhere() -> None:
    """Bình Lộc had gone before; the state's list still named it."""
    lost = {
        area.full_name
        for area in api.communes_of("42", LAST_DAY)
        if not api.successors_of(area.code, on=THAT_DAY).exists()
    }
    assert lost == {"Xã Bình Lộc"}
