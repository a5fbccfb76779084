"""Who a row of the list is: one pupil is never merged into another (REC-07)."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import Cast, actor_of
from tests.factories import make_student

from khuevan.platform.access.api import GrantActor
from khuevan.platform.accounts.api import Person
from khuevan.registry.students.data import GuardianData
from khuevan.registry.students.imports.tests.lists import (
    faults,
    outcomes,
    planned,
    some_pupils,
    written,
)
from khuevan.registry.students.models import Student

WHY = "a test looks"
ANSWER = "Em đã có trong hồ sơ"
BOY = {"Họ tên": "Lê Ngọc Nguyên", "Ngày sinh": "01/09/2015", "Giới tính": "Nam",
       "Tên cha": "Lê Văn Bách", "Tên mẹ": "Hà Thị Thu", "Lớp học": "6B"}  # fmt: skip


@pytest.fixture
def clerk(cast: Cast) -> GrantActor:
    return actor_of(cast.loan)


@pytest.fixture
def girl(cast: Cast) -> Student:
    """The girl of 6A with the boy's name and birth date."""
    return make_student(
        "Lê Ngọc Nguyên",
        homeroom_class=cast.class_6a,
        sex="FEMALE",
        birth_date=date(2015, 9, 1),
        guardians=[GuardianData("FATHER", "Lê Văn Tám"), GuardianData("MOTHER", "Bùi Thị Lan")],
    )


def namesakes() -> int:
    rows = Person.objects.unscoped(because=WHY)
    return rows.filter(search_name="le ngoc nguyen", student__isnull=False).count()


def test_name_and_birth_date_alone_are_a_question(
    cast: Cast, clerk: GrantActor, girl: Student
) -> None:
    """REC-07: never merge pupils on name+birth date alone."""
    (plan,) = written(clerk, cast.school_a.pk, [BOY])
    assert (plan.outcome, faults([plan])) == ("REFUSED", [(2, "students.same_pupil")])
    sentence = plan.faults[0].sentence
    for part in ("Nữ, 6A, Lê Văn Tám, Bùi Thị Lan", "Nam, 6B, Lê Văn Bách, Hà Thị Thu"):
        assert part in sentence
    assert plan.changes["sex"] == ("Nữ", "Nam")
    girl.person.refresh_from_db()
    assert (girl.person.sex, namesakes()) == ("FEMALE", 1)


@pytest.mark.parametrize(
    ("answer", "outcome", "count"), [("Em khác", "NEW", 2), ("cùng một em", "CHANGED", 1)]
)
def test_the_answer_decides_and_the_next_time_nothing_is_asked(
    cast: Cast, clerk: GrantActor, girl: Student, answer: str, outcome: str, count: int
) -> None:
    row = {**BOY, ANSWER: answer}
    assert outcomes(written(clerk, cast.school_a.pk, [row])) == [outcome]
    assert namesakes() == count
    again = planned(clerk, cast.school_a.pk, [row])
    assert (outcomes(again), faults(again)) == (["UNCHANGED"], [])
    unanswered = planned(clerk, cast.school_a.pk, [BOY])
    assert (outcomes(unanswered), faults(unanswered)) == (["UNCHANGED"], [])


def test_something_else_that_agrees_and_nothing_that_denies_is_enough(
    cast: Cast, clerk: GrantActor, girl: Student
) -> None:
    bare = {"Họ tên": "Lê Ngọc Nguyên", "Ngày sinh": "01/09/2015", "Lớp học": "6A"}
    plans = planned(clerk, cast.school_a.pk, [bare])
    assert (outcomes(plans), plans[0].target_id) == (["UNCHANGED"], girl.pk)
    moved = {**bare, "Lớp học": "6B"}
    assert faults(planned(clerk, cast.school_a.pk, [moved])) == [(2, "students.same_pupil")]
    plans = planned(clerk, cast.school_a.pk, [{**moved, "Tên mẹ": "BÙI THỊ LAN"}])
    assert (outcomes(plans), plans[0].target_id) == (["CHANGED"], girl.pk)


@pytest.mark.parametrize("key", ["Số định danh cá nhân", "Mã định danh Bộ GD&ĐT"])
def test_one_number_for_two_pupils_is_a_conflict_that_names_both(
    cast: Cast, clerk: GrantActor, key: str
) -> None:
    """REC-07, test vector: same citizen_id for two pupils: conflict task, no merge."""
    one, other = some_pupils(2)
    written(clerk, cast.school_a.pk, [one])
    keys = {"Số định danh cá nhân": "", "Mã định danh Bộ GD&ĐT": ""}
    (plan,) = written(clerk, cast.school_a.pk, [{**other, **keys, key: one[key]}])
    assert plan.outcome == "REFUSED"
    (fault,) = [fault for fault in plan.faults if fault.is_error]
    assert fault.code == "students.number_of_another"
    assert one["Họ tên"] in fault.sentence
    assert other["Họ tên"] in fault.sentence
    kept = Student.objects.unscoped(because=WHY).select_related("person")
    assert kept.get(moet_code=one["Mã định danh Bộ GD&ĐT"]).person.full_name == one["Họ tên"]


def test_a_birth_date_corrected_under_the_number_is_a_warning(
    cast: Cast, clerk: GrantActor
) -> None:
    (one,) = some_pupils(1)
    written(clerk, cast.school_a.pk, [one])
    day, month, year = one["Ngày sinh"].split("/")
    typo = f"{int(day) % 28 + 1:02d}/{month}/{year}"
    (plan,) = planned(clerk, cast.school_a.pk, [{**one, "Ngày sinh": typo}])
    assert (plan.outcome, list(plan.changes)) == ("CHANGED", ["birth_date"])
    assert faults([plan]) == [(2, "students.another_by_number")]
