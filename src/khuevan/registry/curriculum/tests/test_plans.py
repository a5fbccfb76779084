"""Plans of classes and who gives them: made from the programme, changed, given, told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_staff, make_year

from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.errors import (
    DutyHeld,
    MoreThanPlanned,
    PeriodsUnfit,
    StillTaught,
    SubjectPlanned,
    UnknownDuty,
    WeeksUnfit,
)
from khuevan.registry.curriculum.models import ClassSubject
from khuevan.registry.curriculum.selectors.loads import TeacherLoad, teacher_loads
from khuevan.registry.curriculum.selectors.plans import ClassPlan, class_plans
from khuevan.registry.schools.api import AcademicYear, HomeroomClass
from khuevan.ui.errors import ChangedMeanwhile

FOUR, TWO = [4] * 35, [2] * 35


def filled(cast: Cast, by: str = "hung") -> list[ClassPlan]:
    """Make the plans of school A and return them."""
    actor = actor_of(getattr(cast, by))
    actions.fill_plans(actor=actor, school=cast.school_a, year=make_year(), now=NOW)
    return plans(cast)


def plans(cast: Cast) -> list[ClassPlan]:
    """Return the plans of school A."""
    return class_plans(actor=EVERYTHING, school=cast.school_a, year=make_year(), on=TODAY)


def row(cast: Cast, subject: str, room: Any = None) -> ClassSubject:
    """Return a subject of a class of school A."""
    rows = ClassSubject.objects.unscoped(because="a test")
    return rows.get(homeroom_class=room or cast.class_6b, subject_name=subject)


def loads(cast: Cast, term: int = 0) -> dict[str, TeacherLoad]:
    """Return the loads of school A by name."""
    found = teacher_loads(
        actor=EVERYTHING, school=cast.school_a, year=make_year(), on=TODAY, term=term
    )
    return {one.member.person.full_name: one for one in found}


def uncovered(cast: Cast, subject: ClassSubject) -> tuple[int, int]:
    """Return how many periods of a subject of 6B nobody gives, and how many are too many."""
    plan = next(one for one in plans(cast) if one.room == cast.class_6b)
    return next(one.uncovered for one in plan.subjects if one.row == subject)


def test_plans_from_the_programme_are_without_a_fault(cast: Cast) -> None:
    made = filled(cast)
    assert made
    assert all(one.subjects and not one.faults for one in made)
    assert {one.annual for one in made if one.room.grade_level.code == "6"} == {1015}
    again = actions.fill_plans(
        actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW
    )
    assert (again.made, again.unknown) == (0, ())


def test_a_class_made_later_gets_its_own_plan(cast: Cast) -> None:
    filled(cast)
    late = make_class("6K", school=cast.school_a)
    told = actions.fill_plans(
        actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW
    )
    assert told.made == 1
    assert row(cast, "Toán", late).annual == 140


@pytest.mark.parametrize("by", ["lan", "mai", "huong"])
def test_nobody_else_plans(cast: Cast, by: str) -> None:
    filled(cast)
    with pytest.raises(NotFound):
        actions.set_weeks(
            actor=actor_of(getattr(cast, by)),
            uuid=row(cast, "Toán").uuid,
            weeks=TWO,
            before=FOUR,
            now=NOW,
        )


def test_two_people_on_one_plan_are_told(cast: Cast) -> None:
    filled(cast)
    one = row(cast, "Toán")
    actor = actor_of(cast.hung)
    actions.set_weeks(actor=actor, uuid=one.uuid, weeks=[5] * 35, before=FOUR, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.set_weeks(actor=actor, uuid=one.uuid, weeks=TWO, before=FOUR, now=NOW)
    changed = row(cast, "Toán")
    assert (changed.weeks, changed.annual) == ([5] * 35, 175)
    faults = [fault for plan in plans(cast) for fault in plan.faults]
    assert [(one.kind.name, one.what, one.off) for one in faults] == [("EXCESS", "MATHEMATICS", 35)]


@pytest.mark.parametrize(
    ("weeks", "error"), [([4] * 34, WeeksUnfit), ([21] * 35, PeriodsUnfit), ([], WeeksUnfit)]
)
def test_weeks_that_cannot_be_are_refused(
    cast: Cast, weeks: list[int], error: type[Exception]
) -> None:
    filled(cast)
    with pytest.raises(error):
        actions.set_weeks(
            actor=actor_of(cast.hung),
            uuid=row(cast, "Toán").uuid,
            weeks=weeks,
            before=FOUR,
            now=NOW,
        )


def test_a_subject_is_planned_once_and_removed_when_nobody_teaches_it(cast: Cast) -> None:
    filled(cast)
    new: dict[str, Any] = {
        "actor": actor_of(cast.hung),
        "class_uuid": cast.class_6b.uuid,
        "subject_name": "tiếng  dân tộc THIỂU SỐ",
        "kind": "OPTIONAL",
        "weeks": [3] * 35,
        "now": NOW,
    }
    made = actions.plan_subject(**new)
    assert made.subject_name == "Tiếng dân tộc thiểu số"
    with pytest.raises(SubjectPlanned):
        actions.plan_subject(**new)
    teacher = make_staff("Hồ Thị Kăn", school=cast.school_a)
    actions.assign_subject(
        actor=actor_of(cast.hung),
        uuid=made.uuid,
        member=teacher,
        starts_on=TODAY,
        weeks=None,
        takes_over=False,
        now=NOW,
    )
    with pytest.raises(StillTaught, match="Hồ Thị Kăn"):
        actions.remove_subject(actor=actor_of(cast.hung), uuid=made.uuid, now=NOW)


def test_two_teachers_share_a_subject_and_never_give_more_than_planned(cast: Cast) -> None:
    filled(cast)
    science = row(cast, "Khoa học tự nhiên")
    first, second = (make_staff(name, school=cast.school_a) for name in ("Đỗ Văn Lí", "Đỗ Thị Hóa"))

    def give(member: Any, weeks: list[int] | None) -> Any:
        return actions.assign_subject(
            actor=actor_of(cast.hung),
            uuid=science.uuid,
            member=member,
            starts_on=TODAY,
            weeks=weeks,
            takes_over=False,
            now=NOW,
        )

    teaching = give(first, TWO)
    with pytest.raises(MoreThanPlanned):
        give(second, FOUR)
    give(second, TWO)
    told = loads(cast)
    assert [one.load.credited for one in (told["Đỗ Văn Lí"], told["Đỗ Thị Hóa"]) if one.load] == [
        2,
        2,
    ]
    assert uncovered(cast, science) == (0, 0)
    change: dict[str, Any] = {
        "actor": actor_of(cast.hung),
        "uuid": science.uuid,
        "teaching_uuid": teaching.uuid,
        "now": NOW,
    }
    actions.set_periods(**change, weeks=[1] * 35)
    assert uncovered(cast, science) == (1, 0)
    actions.set_periods(**change, weeks=None)
    assert uncovered(cast, science) == (0, 0)
    said = AuditEntry.objects.unscoped(because="a test").filter(code="curriculum.periods_assigned")
    counts = said.order_by("id").values_list("details__count", flat=True)
    assert list(counts) == [70, 70, 35, 70], "what is left is two periods a week"


def test_a_duty_takes_periods_off_from_its_day_to_its_end(cast: Cast) -> None:
    filled(cast)
    teacher = make_staff("Đỗ Văn Tổ", school=cast.school_a, homeroom=cast.class_6b)
    duty: dict[str, Any] = {
        "actor": actor_of(cast.hung),
        "school": cast.school_a,
        "member": teacher,
        "now": NOW,
    }
    head = actions.NewDuty("DEPARTMENT_HEAD", TODAY)
    made = actions.record_duty(**duty, new=head)
    with pytest.raises(DutyHeld):
        actions.record_duty(**duty, new=head)
    with pytest.raises(UnknownDuty):
        actions.record_duty(**duty, new=actions.NewDuty("HEAD_OF_STATE", TODAY))
    load = loads(cast)["Đỗ Văn Tổ"].load
    assert load is not None
    assert [load.norm.periods, load.reduced, load.required] == [19, 7, 12]
    actions.end_duty(
        actor=actor_of(cast.hung), uuid=made.uuid, on=TODAY + timedelta(days=1), now=NOW
    )
    assert loads(cast)["Đỗ Văn Tổ"].load == load


def test_terms_of_one_subject_count_by_term(cast: Cast) -> None:
    room = make_class("8K", school=cast.school_a, grade="8")
    teacher = make_staff("Đỗ Văn Nghệ", school=cast.school_a)
    filled(cast)
    technology = row(cast, "Công nghệ", room)
    actions.assign_subject(
        actor=actor_of(cast.hung),
        uuid=technology.uuid,
        member=teacher,
        starts_on=TODAY,
        weeks=None,
        takes_over=False,
        now=NOW,
    )
    told = [loads(cast, term)["Đỗ Văn Nghệ"].load for term in (0, 1)]
    assert [one.credited for one in told if one] == [1, 2]


def test_a_past_year_is_held_against_the_programme_of_that_year(cast: Cast) -> None:
    past = AcademicYear.objects.create(
        code="2022-2023", starts_on=date(2022, 8, 1), ends_on=date(2023, 8, 1)
    )
    room = make_class("9K", school=cast.school_a, grade="9")
    HomeroomClass.objects.unscoped(because="a test").filter(pk=room.pk).update(academic_year=past)
    actor = actor_of(cast.hung)
    actions.fill_plans(actor=actor, school=cast.school_a, year=past, now=NOW)
    (plan,) = [
        one
        for one in class_plans(actor=actor, school=cast.school_a, year=past, on=past.starts_on)
        if one.room == room
    ]
    assert (plan.annual, plan.faults) == (1015, [])
    assert {"Vật lí", "Hóa học", "Sinh học", "Tự chọn"} <= {
        one.row.subject_name for one in plan.subjects
    }
