"""Writes a timetable made elsewhere as a draft, with the app's own actions, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.api import PlannedRow, Promises
from khuevan.registry.schools.api import AcademicYear, School, academic_year_on
from khuevan.registry.staff.api import StaffMember
from khuevan.school.timetable.actions.rules import EVERYBODY, Whom, Word, set_rule
from khuevan.school.timetable.actions.taking import take_lessons
from khuevan.school.timetable.actions.wishes import Wish, record_wish
from khuevan.school.timetable.core.rulebook import RULES
from khuevan.school.timetable.imports.plan import BECAUSE, first_monday
from khuevan.school.timetable.imports.rules import RuleTold
from khuevan.school.timetable.models import Timetable
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES


def write(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[PlannedRow],
    promises: Promises,
    on: date,
    now: datetime,
    progress: Callable[[int], None],
) -> None:
    """Add the lessons to the draft of lists, and say the rules for it; wishes for the year."""
    year = academic_year_on(on)
    school = School.objects.visible_to(actor, MANAGE_TIMETABLES).filter(pk=unit_id).first()
    if year is None or school is None:
        raise NotFound
    lessons = [row.values["lesson"] for row in rows if "lesson" in row.values]
    rules = [row.values["rule"] for row in rows if "rule" in row.values]
    draft = take_lessons(
        actor=actor,
        school=school,
        year=year,
        starts_on=first_monday(on),
        lessons=lessons,
        now=now,
    )
    members = StaffMember.objects.unscoped(because=BECAUSE).in_bulk(
        [one.member for one in rules if one.member is not None]
    )
    for one in rules:
        _say(actor, school, year, draft, one, members, on=on, now=now)
    progress(len(rows))


def _say(
    actor: Actor,
    school: School,
    year: AcademicYear,
    draft: Timetable,
    told: RuleTold,
    members: dict[int, StaffMember],
    *,
    on: date,
    now: datetime,
) -> None:
    member = members.get(told.member or 0)
    if told.wish and member is not None:
        free_days = dict(told.params).get("free_days", 0)
        record_wish(
            actor=actor,
            school=school,
            year=year,
            member=member,
            wish=Wish(told.wish, told.spots, free_days),
            on=on,
            now=now,
        )
        return
    set_rule(
        actor=actor,
        school=school,
        year=year,
        timetable=draft,
        word=Word(told.code, int(RULES[told.code].weight), params=told.values),
        whom=Whom(member=member) if member is not None else EVERYBODY,
        now=now,
    )
