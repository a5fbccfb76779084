"""What stands beside the usual: a class of two grades, and a pupil with a second school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from khuevan.cli.world.lives import clerk_of
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import (
    AcademicYear,
    ClassDetails,
    HomeroomClass,
    grade_levels,
    open_class,
)
from khuevan.registry.students import actions as students
from khuevan.registry.students.api import ClassPlacement, Enrollment

WHY = "the demo's own pupils"
NAME, GRADES, FROM_EACH = "1+2", ("1", "2"), 6
REASON, PAPER = "Tập huấn đội tuyển bơi của tỉnh", "Công văn 118/SGDĐT-GDTrH"


@transaction.atomic
def join_grades(*, today: date, school_id: int, now: datetime) -> HomeroomClass | None:
    """Let a primary school open a class of grades 1 and 2 with a few pupils of each; once."""
    actor = clerk_of(school_id, today, now)
    if actor is None:
        return None
    seats = ClassPlacement.objects.unscoped(because=WHY).filter(
        in_force(actor.today), school_id=school_id, homeroom_class__grade_level__code__in=GRADES
    )
    listed = seats.select_related("homeroom_class__grade_level", "student")
    coming = [one for code in GRADES for one in _last_of(listed.order_by("-sort_key", "pk"), code)]
    classes = HomeroomClass.objects.unscoped(because=WHY).filter(school_id=school_id)
    if len(coming) < 2 or classes.filter(name=NAME).exists():
        return None
    year = AcademicYear.objects.get(pk=coming[0].homeroom_class.academic_year_id)
    known = {one.code: one for one in grade_levels()}
    room = open_class(
        actor=actor,
        school_id=school_id,
        academic_year=year,
        grade_level=known[GRADES[0]],
        name=NAME,
        details=ClassDetails(further_grades=(known[GRADES[1]],)),
        now=now,
    )
    students.place_students(
        actor=actor,
        classes={one.student.uuid: room for one in coming},
        grades={one.student.uuid: one.homeroom_class.grade_level.code for one in coming},
        on=_lately(coming, actor.today),
        now=now,
    )
    return room


def study_beside(*, today: date, school_id: int, other_code: str, now: datetime) -> None:
    """Let a pupil of one school train at another one too; once."""
    actor = clerk_of(school_id, today, now)
    rows = Enrollment.objects.unscoped(because=WHY)
    if actor is None or rows.filter(is_primary=False).exists():
        return
    seats = ClassPlacement.objects.unscoped(because=WHY).filter(
        in_force(actor.today), school_id=school_id, homeroom_class__name="7A"
    )
    seat = seats.select_related("student").order_by("sort_key", "pk").first()
    if seat is not None:
        students.start_second(
            actor=actor,
            uuid=seat.student.uuid,
            school_code=other_code,
            on=_lately([seat], actor.today),
            reason=REASON,
            paper=PAPER,
            now=now,
        )


def _last_of(seats: Iterable[ClassPlacement], code: str) -> list[ClassPlacement]:
    """Return a few pupils of one grade, all from the class whose name comes last."""
    of_grade = [one for one in seats if one.homeroom_class.grade_level.code == code]
    last = max((one.homeroom_class.name for one in of_grade), default="")
    return [one for one in of_grade if one.homeroom_class.name == last][:FROM_EACH]


def _lately(seats: Sequence[ClassPlacement], today: date) -> date:
    """Return a day of the last weeks on which all of them sat where they sit."""
    return max(today - timedelta(days=40), *(one.starts_on + timedelta(days=1) for one in seats))
