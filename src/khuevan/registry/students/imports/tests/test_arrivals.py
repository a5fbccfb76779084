"""Pupils whom the records know come in by a list: one person, one record, wherever they were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, YEAR_STARTS, make_student

from khuevan.platform.access.api import GrantActor
from khuevan.platform.accounts.api import Person
from khuevan.registry.students.actions import end_enrollment
from khuevan.registry.students.imports.tests.lists import faults, outcomes, planned, written
from khuevan.registry.students.models import ClassPlacement, Enrollment, Student

WHY = "a test looks"
ANSWER = "Em đã có trong hồ sơ"
NUMBER, CODE = "Số định danh cá nhân", "Mã định danh Bộ GD&ĐT"
LEAVER = {"Họ tên": "Phan Thị Mận", "Ngày sinh": "18/07/2015", "Giới tính": "Nữ", "Lớp học": "6A"}
DIGITS = "042315000777"
SUMMER = date(2026, 6, 1)


@pytest.fixture
def clerk(cast: Cast) -> GrantActor:
    return actor_of(cast.loan)


def a_leaver(cast: Cast, *, left_on: date | None = SUMMER, here: bool = False) -> Student:
    """Make a pupil who was at a school in the year before."""
    student = make_student(
        "Phan Thị Mận",
        school=cast.school_a if here else cast.primary,
        starts_on=date(2025, 9, 5),
        sex="FEMALE",
        personal_number=DIGITS,
        moet_code=None,
    )
    rows = Enrollment.objects.unscoped(because=WHY).filter(student=student)
    rows.update(registry_number="1520" if here else "77")
    if left_on is not None:
        end_enrollment(
            actor=EVERYTHING, uuid=student.uuid, exit_kind="COMPLETED", on=left_on, now=NOW
        )
    return student


def named() -> int:
    return Person.objects.unscoped(because=WHY).filter(search_name="phan thi man").count()


def here_of(cast: Cast, student: Student) -> Enrollment:
    rows = Enrollment.objects.unscoped(because=WHY)
    return rows.get(student=student, school=cast.school_a, ends_on=None)


def test_who_left_the_primary_school_comes_in_as_the_same_person(
    cast: Cast, clerk: GrantActor
) -> None:
    """REC-07: the primary key inside the platform is its own id; one child is one person."""
    student = a_leaver(cast)
    row = {**LEAVER, NUMBER: DIGITS, CODE: "4200000077", "Dân tộc": "Tày"}
    (plan,) = written(clerk, cast.school_a.pk, [row])
    assert (plan.outcome, faults([plan])) == ("NEW", [(2, "students.comes_from_elsewhere")])
    assert not plan.changes
    assert named() == 1
    entry = here_of(cast, student)
    assert (entry.starts_on, entry.entry_kind) == (YEAR_STARTS, "IMPORTED")
    seat = ClassPlacement.objects.unscoped(because=WHY).get(student=student, ends_on=None)
    assert seat.homeroom_class == cast.class_6a
    student.refresh_from_db()
    assert student.moet_code == "4200000077"
    assert outcomes(planned(clerk, cast.school_a.pk, [row])) == ["UNCHANGED"]


def test_who_left_in_the_middle_of_the_year_comes_from_that_day(
    cast: Cast, clerk: GrantActor
) -> None:
    student = a_leaver(cast, left_on=TODAY - timedelta(days=9))
    assert outcomes(written(clerk, cast.school_a.pk, [{**LEAVER, NUMBER: DIGITS}])) == ["NEW"]
    assert here_of(cast, student).starts_on == TODAY - timedelta(days=9)


def test_who_is_still_on_another_roll_is_refused_with_what_to_do(
    cast: Cast, clerk: GrantActor
) -> None:
    a_leaver(cast, left_on=None)
    plans = written(clerk, cast.school_a.pk, [{**LEAVER, NUMBER: DIGITS}])
    assert (outcomes(plans), faults(plans)) == (["REFUSED"], [(2, "students.still_elsewhere")])
    assert named() == 1


def test_nothing_of_a_pupil_elsewhere_is_told_to_a_wrong_name(
    cast: Cast, clerk: GrantActor
) -> None:
    a_leaver(cast)
    row = {**LEAVER, NUMBER: DIGITS, "Họ tên": "Phan Thị Mơ"}
    (plan,) = planned(clerk, cast.school_a.pk, [row])
    assert (plan.outcome, faults([plan])) == ("REFUSED", [(2, "students.number_taken")])
    assert "Mận" not in plan.faults[0].sentence


def test_without_a_number_no_second_person_is_made_unasked(cast: Cast, clerk: GrantActor) -> None:
    """REC-07: never merge on name+birth date alone; and no silent duplicate either."""
    a_leaver(cast)
    for answer in ("", "Cùng một em"):
        plans = planned(clerk, cast.school_a.pk, [{**LEAVER, ANSWER: answer}])
        assert faults(plans) == [(2, "students.same_elsewhere")]
    plans = written(clerk, cast.school_a.pk, [{**LEAVER, ANSWER: "Em khác"}])
    assert (outcomes(plans), named()) == (["NEW"], 2)


def test_who_returns_keeps_the_old_number(cast: Cast, clerk: GrantActor) -> None:
    """REC-04: a pupil who returns keeps the old number."""
    student = a_leaver(cast, here=True)
    row = {**LEAVER, NUMBER: DIGITS}
    taken = planned(clerk, cast.school_a.pk, [{**row, "Số đăng bộ": "1900"}])
    assert (2, "students.keeps_registry_number") in faults(taken)
    plans = written(clerk, cast.school_a.pk, [{**row, "Số đăng bộ": "1520"}])
    assert (outcomes(plans), faults(plans)) == (["NEW"], [(2, "students.returns")])
    entry = here_of(cast, student)
    assert (entry.entry_kind, entry.registry_number) == ("RETURNED", "1520")


def test_who_left_this_school_is_asked_about_by_name(cast: Cast, clerk: GrantActor) -> None:
    student = a_leaver(cast, here=True)
    assert faults(planned(clerk, cast.school_a.pk, [LEAVER])) == [(2, "students.same_pupil")]
    assert outcomes(written(clerk, cast.school_a.pk, [{**LEAVER, ANSWER: "Cùng một em"}])) == [
        "NEW"
    ]
    assert here_of(cast, student).entry_kind == "RETURNED"
    assert named() == 1
