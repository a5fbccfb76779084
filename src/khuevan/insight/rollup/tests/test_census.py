"""A census keeps its figures; what is corrected later stands beside them, with who and why."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    make_class,
    make_school,
    make_staff,
    make_student,
    make_students,
    numbered_names,
)

from khuevan.insight.rollup import upkeep
from khuevan.insight.rollup.actions import freeze_census, open_census, reopen_census
from khuevan.insight.rollup.dimensions import CLASSES, STAFF
from khuevan.insight.rollup.errors import (
    CensusFrozen,
    CensusOpen,
    CensusTaken,
    CensusTooEarly,
)
from khuevan.insight.rollup.models import Census, CensusSchool, CensusState
from khuevan.insight.rollup.selectors.census import (
    Beside,
    beside_now,
    corrected,
    due_censuses,
    get_census,
)
from khuevan.insight.rollup.selectors.frozen import (
    frozen_classes,
    frozen_pupils,
    frozen_staff,
    things_beside_now,
)
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.schools.api import School
from khuevan.registry.students.api import Enrollment, end_enrollment

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 30)


def make_census(on: date = DAY, level: str = "") -> Census:
    return open_census(actor=EVERYTHING, on=on, level=level, decision="QĐ 12", now=NOW)


def make_filled() -> School:
    school = make_school()
    make_students(numbered_names(3), homeroom_class=make_class("6A", school=school))
    return school


def beside(census: Census, number: int = 1) -> dict[int, Beside]:
    found = get_census(census.uuid)
    version = found.versions.get(number=number)
    rows = beside_now(actor=EVERYTHING, census=found, version=version)
    return {one.place.id: one for one in rows}


@pytest.mark.parametrize("fresh", [True, False])
def test_frozen_figures_stay_while_corrections_stand_beside_them(fresh: bool) -> None:
    school = make_filled()
    if fresh:
        upkeep.refresh()
    census = make_census()
    version = freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    assert (beside(census)[school.pk].frozen, beside(census)[school.pk].now) == (3, 3)
    gone = Enrollment.objects.unscoped(because="test").order_by("pk").first()
    assert gone is not None
    end_enrollment(
        actor=EVERYTHING,
        uuid=gone.student.uuid,
        exit_kind="ABROAD",
        on=DAY - timedelta(days=5),
        now=NOW,
    )
    make_student("Lê Văn Muộn", school=school)
    make_student("Trần Văn Sau", school=school)
    row = beside(census)[school.pk]
    assert (row.frozen, row.now, row.change) == (3, 4, 1)
    found = corrected(actor=EVERYTHING, census=census, version=version, school_id=school.pk)
    assert [(one.name, one.is_added) for one in found if one.is_added] == [
        ("Lê Văn Muộn", True),
        ("Trần Văn Sau", True),
    ]
    assert [one.name for one in found if not one.is_added] == [gone.person.full_name]
    assert next(one for one in found if not one.is_added).exit_kind


def test_a_reason_opens_it_again_and_freezing_makes_a_new_version() -> None:
    school = make_filled()
    census = make_census()
    freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    with pytest.raises(CensusFrozen):
        freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    make_student("Lê Văn Muộn", school=school)
    reopen_census(actor=EVERYTHING, uuid=census.uuid, reason="Trường nộp muộn", now=NOW)
    with pytest.raises(CensusOpen):
        reopen_census(actor=EVERYTHING, uuid=census.uuid, reason="Hai lần", now=NOW)
    second = freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    assert (second.number, second.reason) == (2, "Trường nộp muộn")
    assert [beside(census, number)[school.pk].frozen for number in (1, 2)] == [3, 4]
    assert Census.objects.get(pk=census.pk).state == CensusState.FROZEN


def test_it_names_the_schools_that_lacked_something() -> None:
    whole, empty, unplaced = make_filled(), make_school("Trường THCS Trống"), make_school("Khác")
    make_student("Lê Văn An", school=unplaced)
    census = make_census()
    freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    rows = CensusSchool.objects.unscoped(because="test")
    assert {row.school_id: row.is_whole for row in rows} == {
        whole.pk: True,
        empty.pk: False,
        unplaced.pk: False,
    }


def test_a_census_of_one_level_counts_that_level_alone() -> None:
    school = make_filled()
    primary = make_school("Trường TH", levels=("TH",), school_type="PRIMARY")
    make_students(numbered_names(2), homeroom_class=make_class("1A", school=primary))
    census = make_census(level="TH")
    freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    rows = beside(census)
    assert rows[primary.pk].frozen == 2
    assert school.pk not in rows


def test_what_makes_no_sense_is_refused() -> None:
    census = make_census(on=TODAY + timedelta(days=1))
    with pytest.raises(CensusTooEarly):
        freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    with pytest.raises(CensusTaken):
        make_census(on=TODAY + timedelta(days=1))


def test_days_that_are_over_are_frozen_by_the_clock_and_reopened_ones_wait_for_people() -> None:
    census, today = make_census(), make_census(on=TODAY)
    assert list(due_censuses(on=TODAY)) == [census]
    freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    reopen_census(actor=EVERYTHING, uuid=census.uuid, reason="Trường nộp muộn", now=NOW)
    assert not due_censuses(on=TODAY).exists()
    assert list(due_censuses(on=TODAY + timedelta(days=1))) == [today]


def test_only_who_decides_for_the_province_decides(cast: Cast) -> None:
    with pytest.raises(NotFound):
        open_census(actor=actor_of(cast.hung), on=DAY, level="", decision="", now=NOW)
    census = make_census()
    for act in (freeze_census, partial(reopen_census, reason="Trường nộp muộn")):
        with pytest.raises(NotFound):
            act(actor=actor_of(cast.hung), uuid=census.uuid, now=NOW)
    assert not census.versions.exists()


def test_a_principal_reads_the_own_school_only(cast: Cast, client: Client) -> None:
    census = make_census()
    freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    page = client.sign_in(cast.hung).get(f"/counts/census/{census.uuid}/")
    assert page.status_code == 200
    assert (
        client.get(f"/counts/census/{census.uuid}/?school={cast.school_b.code}").status_code == 404
    )
    found = client.get(f"/api/v1/censuses/{census.uuid}").json()
    assert [one["school"] for one in found["schools"]] == [cast.school_a.code]
    assert client.post(f"/counts/census/{census.uuid}/freeze/").status_code == 404


def test_a_frozen_number_opens_to_the_rows_it_counted() -> None:
    school = make_filled()
    make_staff(school=school)
    census = make_census()
    version = freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    gone = Enrollment.objects.unscoped(because="test").order_by("pk").first()
    assert gone is not None
    end_enrollment(
        actor=EVERYTHING,
        uuid=gone.student.uuid,
        exit_kind="ABROAD",
        on=DAY - timedelta(days=5),
        now=NOW,
    )
    make_student("Lê Văn Muộn", school=school)
    given: dict[str, Any] = {"actor": EVERYTHING, "census": census, "version": version}
    pupils = frozen_pupils(**given, school_id=school.pk)
    assert len(pupils) == beside(census)[school.pk].frozen == 3
    assert {one.what for one in pupils} == {"6A"}
    assert [one.name for one in pupils if not one.is_counted] == [gone.person.full_name]
    for of, read, then in ((CLASSES, frozen_classes, 1), (STAFF, frozen_staff, 1)):
        (row,) = things_beside_now(**given, of=of)
        assert (row.frozen, row.now) == (then, 1)
        assert len(read(**given, school_id=school.pk)) == row.frozen
    (room,) = frozen_classes(**given, school_id=school.pk)
    assert (room.name, room.number, room.is_counted) == ("6A", 3, True)
    make_class("6B", school=school)
    assert [one.change for one in things_beside_now(**given, of=CLASSES)] == [1]


def test_the_pupils_of_a_frozen_number_open_on_request_and_are_noted(
    cast: Cast, client: Client
) -> None:
    census = make_census()
    freeze_census(actor=EVERYTHING, uuid=census.uuid, now=NOW)
    url = f"/counts/census/{census.uuid}/"
    closed = client.sign_in(cast.hung).get(url, {"school": cast.school_a.code})
    opened = client.get(url, {"school": cast.school_a.code, "rows": "1"})
    assert "Phạm Minh Anh" not in closed.content.decode()
    assert "Phạm Minh Anh" in opened.content.decode()
    log = AuditEntry.objects.unscoped(because="test").order_by("pk")
    assert log.filter(code="rollup.frozen_opened").count() == 1
    for of in ("classes", "staff"):
        assert client.get(url, {"school": cast.school_a.code, "of": of}).status_code == 200
    (noted,) = log.filter(code="rollup.frozen_staff_opened")
    assert noted.details["count"] == 4
    assert log.filter(code="rollup.frozen_opened").count() == 1
    assert client.get(url, {"of": "shoes"}).status_code == 404
