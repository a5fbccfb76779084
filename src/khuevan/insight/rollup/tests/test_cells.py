"""Cells equal history, whatever is written and however."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import (
    TODAY,
    make_class,
    make_guardian_data,
    make_school,
    make_student,
    make_students,
    numbered_names,
)

from khuevan.insight.rollup import upkeep
from khuevan.insight.rollup.models import ClassCell, PupilCell, StaleMark
from khuevan.platform.accounts.api import Person
from khuevan.platform.areas.api import Area
from khuevan.registry.people.api import Address
from khuevan.registry.students.api import ClassPlacement, Enrollment, Guardianship

pytestmark = pytest.mark.django_db
WHY = "test"
KINDS = ("CURRENT", "PERMANENT")
NAMES = ("An", "Ba", "Cường", "Dung", "Én")


def marked() -> set[int | None]:
    return set(StaleMark.objects.values_list("school_id", flat=True))


def stored(on: date = TODAY) -> int:
    rows = PupilCell.objects.unscoped(because=WHY).filter(starts_on__lte=on)
    return sum(row.pupils for row in rows if row.ends_on is None or row.ends_on > on)


def test_nothing_is_trusted_before_the_first_refresh() -> None:
    school = make_school()
    make_class("6A", school=school)
    assert None in marked()
    assert upkeep.refresh() == 1
    assert marked() == set()


def test_every_kind_of_write_marks_the_school() -> None:
    school, other = make_school(), make_school("Trường THCS Khác")
    student = make_student(
        "Lê Văn An",
        homeroom_class=make_class("6A", school=school),
        guardians=[make_guardian_data("Trần Thị Bình", phone="0912345318")],
    )
    make_student("Lê Văn Bốn", homeroom_class=make_class("6A", school=other))
    guardian = Guardianship.objects.unscoped(because=WHY).get(student=student).guardian
    writes: list[tuple[Any, dict[str, Any]]] = [
        (Person.objects.unscoped(because=WHY).filter(pk=student.person_id), {"sex": "MALE"}),
        (Person.objects.unscoped(because=WHY).filter(pk=guardian.pk), {"phone": ""}),
        (Enrollment.objects.unscoped(because=WHY).filter(student=student), {"is_primary": True}),
        (
            ClassPlacement.objects.unscoped(because=WHY).filter(student=student),
            {"ends_on": TODAY},
        ),
        (Guardianship.objects.unscoped(because=WHY).filter(student=student), {"ends_on": TODAY}),
    ]
    for rows, change in writes:
        upkeep.refresh()
        rows.update(**change)
        assert marked() == {school.pk}
    upkeep.refresh()
    Person.objects.unscoped(because=WHY).filter(pk=student.person_id).update(given_name="Bảo")
    assert marked() == set()
    Guardianship.objects.unscoped(because=WHY).filter(student=student).delete()
    assert marked() == {school.pk}


def test_a_refresh_writes_only_what_changed_and_check_sees_a_forgery() -> None:
    school = make_school()
    make_students(numbered_names(3), homeroom_class=make_class("6A", school=school))
    upkeep.refresh()
    assert stored() == 3
    assert upkeep.differences([TODAY]) == []
    PupilCell.objects.unscoped(because=WHY).update(pupils=4)
    found = upkeep.differences([TODAY])
    assert [(one.school_id, one.counted) for one in found] == [(school.pk, 3)]
    assert upkeep.refresh() == 0
    assert upkeep.rebuild() >= 1
    assert upkeep.differences([TODAY]) == []


DAYS = st.integers(0, 8).map(lambda weeks: date(2026, 9, 1) + timedelta(weeks=weeks))
PERIOD = st.tuples(DAYS, st.none() | st.integers(1, 60))
LIVES = st.lists(
    st.fixed_dictionaries(
        {
            "sex": st.sampled_from(["MALE", "FEMALE", ""]),
            "birth_date": st.sampled_from([None, date(2015, 7, 18), date(2014, 1, 2)]),
            "ethnicity": st.sampled_from(["", "01", "05"]),
            "number": st.sampled_from([None, "2150", "3150", "0990"]),
            "phone_ends": st.none() | DAYS,
            "has_phone": st.booleans(),
            "schools": st.lists(
                st.tuples(st.integers(0, 1), st.integers(1, 40)), min_size=1, max_size=3
            ),
            "homes": st.lists(
                st.tuples(
                    st.sampled_from(["CURRENT", "PERMANENT"]), st.none() | DAYS, st.booleans()
                ),
                max_size=3,
            ),
            "seats": st.lists(
                st.tuples(st.integers(0, 2), st.integers(0, 20), st.integers(1, 40)), max_size=3
            ),
        }
    ),
    max_size=5,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lives=LIVES)
def test_cells_of_any_history_equal_its_rows_on_every_day(
    db: None, lives: list[dict[str, Any]]
) -> None:
    with transaction.atomic():
        schools = [make_school(code="42000501"), make_school("Trường THCS Khác", code="42000502")]
        rooms = [
            make_class("6A", school=schools[0]),
            make_class("7A", school=schools[0]),
            make_class("6A", school=schools[1]),
        ]
        for serial, life in enumerate(lives):
            _live(serial, life, schools, rooms)
        upkeep.refresh()
        days = [date(2026, 8, 30) + timedelta(days=step) for step in range(0, 140, 3)]
        assert upkeep.differences(days) == []
        for on in days[::6]:
            rows = Enrollment.objects.unscoped(because=WHY).filter(starts_on__lte=on)
            assert stored(on) == sum(r.ends_on is None or r.ends_on > on for r in rows)
        transaction.set_rollback(True)


def _live(serial: int, life: dict[str, Any], schools: list[Any], rooms: list[Any]) -> None:
    """Give one pupil a past: schools one after another, seats one after another."""
    number = f"042{life['number']}{serial:05d}" if life["number"] else None
    phone = "0912345318" if life["has_phone"] else ""
    student = make_student(
        f"Lê Văn {NAMES[serial]}",
        school=schools[0],
        sex=life["sex"] or "MALE",
        birth_date=life["birth_date"],
        ethnicity_code=life["ethnicity"],
        personal_number=number,
        guardians=[make_guardian_data(f"Trần Thị {NAMES[serial]}", phone=phone)],
    )
    Person.objects.unscoped(because=WHY).filter(pk=student.person_id).update(sex=life["sex"])
    Guardianship.objects.unscoped(because=WHY).filter(student=student).update(
        ends_on=life["phone_ends"]
    )
    Enrollment.objects.unscoped(because=WHY).filter(student=student).delete()
    day = date(2026, 9, 5)
    for place, days in life["schools"]:
        ends = day + timedelta(days=days)
        Enrollment.objects.bulk_create(
            [
                Enrollment(
                    student=student, person_id=student.person_id, school=schools[place],
                    entry_kind="ADMITTED", sort_key="a", starts_on=day, ends_on=ends,
                )
            ]
        )  # fmt: skip
        day = ends
    _settle(student, life["homes"])
    day = date(2026, 9, 1)
    for seat, gap, days in life["seats"]:
        begins = day + timedelta(days=gap)
        day = begins + timedelta(days=days)
        ClassPlacement.objects.bulk_create(
            [
                ClassPlacement(
                    student=student, person_id=student.person_id, school_id=rooms[seat].school_id,
                    homeroom_class=rooms[seat], sort_key="a", starts_on=begins, ends_on=day,
                )
            ]
        )  # fmt: skip


def _settle(student: Any, homes: list[tuple[str, date | None, bool]]) -> None:
    """Give a pupil addresses: of each kind those that begin later follow, the last may end too."""
    areas = Area.objects.order_by("code", "starts_on")[:4]
    for kind in KINDS:
        held = {since: ends for one, since, ends in homes if one == kind}
        days = sorted(held, key=lambda since: since or date.min)
        for place, (since, until) in enumerate(zip_longest(days, days[1:])):
            area = None if place == 2 else areas[place + (kind == "PERMANENT")]
            ends = until or (date(2026, 12, 1) if held[since] else None)
            Address.objects.create(
                person_id=student.person_id, kind=kind, area=area, starts_on=since, ends_on=ends
            )


def test_where_a_pupil_lives_marks_the_school_and_its_wording_does_not() -> None:
    school = make_school()
    student = make_student("Lê Văn An", homeroom_class=make_class("6A", school=school))
    upkeep.refresh()
    one = Address.objects.create(person=student.person, kind="CURRENT", area=Area.objects.first())
    assert marked() == {school.pk}
    upkeep.refresh()
    mine = Address.objects.unscoped(because=WHY).filter(pk=one.pk)
    mine.update(detail="Thôn 2")
    assert marked() == set()
    mine.update(area=None)
    assert marked() == {school.pk}
    upkeep.refresh()
    mine.delete()
    assert marked() == {school.pk}


def test_no_trigger_of_ours_is_missing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'zz_rollup_%'")
        assert cursor.fetchone()[0] == 14
    assert ClassCell._meta.db_table == "rollup_classcell"
