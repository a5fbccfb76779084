"""Areas as loaded: counts, dates, the communes of Hà Tĩnh, and what the database refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from khuevan.platform.areas import actions, api
from khuevan.platform.areas.models import Area, AreaKind

TODAY = date(2026, 11, 22)
BEFORE_THE_MERGER = date(2025, 6, 30)


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    actions.load_areas()


def test_loading_again_changes_nothing() -> None:
    assert actions.load_areas() == 0


def test_loading_keeps_a_correction() -> None:
    Area.objects.filter(code="18685").update(full_name="Phường Cẩm Bình", subtype="phường")
    actions.load_areas()
    assert api.areas_on(TODAY).get(code="18685").subtype == "phường"


@pytest.mark.parametrize(
    ("on", "count"), [(BEFORE_THE_MERGER, 63), (date(2025, 7, 1), 34), (TODAY, 34)]
)
def test_there_are_so_many_provinces(on: date, count: int) -> None:
    assert api.provinces(on).count() == count


@pytest.mark.parametrize(
    ("on", "cities"),
    [(date(2024, 12, 31), 5), (BEFORE_THE_MERGER, 6), (date(2025, 7, 1), 6), (TODAY, 9)],
)
def test_there_are_so_many_cities(on: date, cities: int) -> None:
    assert api.provinces(on).filter(subtype="thành phố").count() == cities


def test_there_are_3321_communes() -> None:
    assert api.areas_on(TODAY).filter(kind=AreaKind.COMMUNE).count() == 3321


def communes_of_ha_tinh() -> QuerySet[Area]:
    return api.areas_on(TODAY).filter(kind=AreaKind.COMMUNE, parent_code="42")


def test_ha_tinh_has_its_69_communes() -> None:
    communes = communes_of_ha_tinh()
    assert communes.count() == 69
    assert communes.filter(subtype="phường").count() == 9
    assert {"Xã Cẩm Bình", "Phường Thành Sen", "Xã Hương Khê"} <= {
        area.full_name for area in communes
    }


def test_communes_stand_in_vietnamese_order() -> None:
    names = [area.name for area in communes_of_ha_tinh()]
    assert names.index("Can Lộc") < names.index("Cẩm Bình") < names.index("Cổ Đạm")
    assert names.index("Cổ Đạm") < names.index("Đan Hải") < names.index("Gia Hanh")


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("24", BEFORE_THE_MERGER, "Tỉnh Bắc Giang"),
        ("24", date(2025, 7, 1), "Tỉnh Bắc Ninh"),
        ("24", TODAY, "Thành phố Bắc Ninh"),
        ("46", date(2024, 12, 31), "Tỉnh Thừa Thiên Huế"),
        ("42", TODAY, "Tỉnh Hà Tĩnh"),
        ("42", BEFORE_THE_MERGER, "Tỉnh Hà Tĩnh"),
    ],
)
def test_a_code_means_what_it_meant_on_the_day(code: str, on: date, name: str) -> None:
    assert api.areas_on(on).get(code=code).full_name == name


def test_names_are_found_without_diacritics() -> None:
    assert "Xã Cẩm Bình" in {area.full_name for area in api.areas_named("cam binh", TODAY)}


def _area(code: str, starts_on: date, ends_on: date | None) -> Area:
    return Area(
        code=code, kind="COMMUNE", name=code, full_name=code, starts_on=starts_on, ends_on=ends_on
    )


def test_the_database_refuses_one_code_twice_at_a_time() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _area("18685", date(2026, 1, 1), None).save()


def test_the_database_refuses_a_period_that_runs_backwards() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _area("99999", date(2026, 1, 1), date(2026, 1, 1)).save()
