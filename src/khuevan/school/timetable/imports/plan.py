"""Compares a timetable made elsewhere with the draft of lists: what each row would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.sheets.api import (
    Context,
    Outcome,
    ParsedRow,
    PlannedRow,
    Promises,
    Recognized,
)
from khuevan.registry.curriculum.api import Faults, names_at
from khuevan.registry.schools.api import (
    AcademicYear,
    Room,
    School,
    academic_year_on,
    class_match_name,
)
from khuevan.school.timetable.actions.taking import DAYS, LessonTold, draft_of_lists
from khuevan.school.timetable.bells import school_week
from khuevan.school.timetable.imports.reading import Reader
from khuevan.school.timetable.imports.rules import RuleTold, read_rule
from khuevan.school.timetable.models import ScheduledLesson, Timetable
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.rule_models import RuleSetting, TeacherWish
from khuevan.school.timetable.selectors.notice import monday_from

BECAUSE = "of a school whose timetables the actor makes"
LEFT_OUT = "-"


@dataclass(slots=True)
class Standing:
    """What the draft of lists and the school's wishes have already."""

    lessons: Counter[LessonTold]
    rules: set[tuple[str, int | None, tuple[tuple[str, object], ...]]]
    wishes: dict[tuple[int, str], TeacherWish]


def context(actor: Actor, unit_id: int, on: date, promises: Promises) -> Context:
    """Return what cells may mean: words are understood by the comparison."""
    return Context(today=on)


def plan(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[ParsedRow],
    recognized: Recognized,
    promises: Promises,
    on: date,
) -> list[PlannedRow]:
    """Return what each row would do; the number of queries does not grow with the rows."""
    fault = Faults(recognized)
    school = School.objects.visible_to(actor, MANAGE_TIMETABLES).filter(pk=unit_id).first()
    year = academic_year_on(on)
    if school is None or year is None or first_monday(on) >= year.ends_on:
        code = "schools.no_year" if school else "schools.not_a_school"
        return [
            PlannedRow(row.number, Outcome.REFUSED, faults=(fault(row, "number", code),))
            for row in rows
        ]
    monday = first_monday(on)
    names = names_at(
        actor=actor,
        unit_id=unit_id,
        year=year,
        on=max(on, year.starts_on),
        promises=promises,
        permission=MANAGE_TIMETABLES,
    )
    places = Room.objects.unscoped(because=BECAUSE).filter(in_force(monday), school=school)
    reader = Reader(
        names,
        school_week(school.pk, monday, DAYS),
        {class_match_name(name): pk for pk, name in places.values_list("pk", "name")},
        fault,
    )
    standing = _standing(school, year, draft_of_lists(school, year, monday))
    return [_planned(row, reader, standing) for row in rows]


def first_monday(on: date) -> date:
    """Return the Monday from which a list of a day counts: the next one."""
    return monday_from(on + timedelta(days=1))


def _planned(row: ParsedRow, reader: Reader, standing: Standing) -> PlannedRow:
    reader.faults = list(row.faults)
    if row.values.get("rule"):
        return _rule_planned(row, reader, standing)
    told = reader.lesson(row)
    faults = tuple(reader.faults)
    if told is None or any(one.is_error for one in faults):
        return PlannedRow(row.number, Outcome.REFUSED, faults=faults)
    if standing.lessons[told] > 0:
        standing.lessons[told] -= 1
        return PlannedRow(row.number, Outcome.UNCHANGED, faults=faults)
    return PlannedRow(row.number, Outcome.NEW, {"lesson": told}, faults)


def _rule_planned(row: ParsedRow, reader: Reader, standing: Standing) -> PlannedRow:
    code, name = row.values["rule"], row.values.get("teacher") or ""
    member = reader.teacher(row, name) if name and code != LEFT_OUT else None
    if any(one.is_error for one in reader.faults):
        return PlannedRow(row.number, Outcome.REFUSED, faults=tuple(reader.faults))
    told = read_rule(code, member, row.values.get("numbers") or "", reader)
    if told is None:
        said = reader.fault(row, "says", "timetable.rule_left_out", warns=True)
        return PlannedRow(row.number, Outcome.UNCHANGED, faults=(*reader.faults, said))
    held = standing.wishes.get((told.member or 0, told.wish)) if told.wish else None
    if held is not None and not _is_same(held, told):
        params = {"name": reader.names.members[told.member or 0].person.full_name}
        said = reader.fault(row, "teacher", "timetable.rule_kept_own", params, warns=True)
        return PlannedRow(row.number, Outcome.UNCHANGED, faults=(said,))
    if held is not None or _key(told) in standing.rules:
        return PlannedRow(row.number, Outcome.UNCHANGED)
    return PlannedRow(row.number, Outcome.NEW, {"rule": told})


def _is_same(held: TeacherWish, told: RuleTold) -> bool:
    return set(held.spots) == set(told.spots) and held.free_days == dict(told.params).get(
        "free_days", 0
    )


def _key(told: RuleTold) -> tuple[str, int | None, tuple[tuple[str, object], ...]]:
    return told.code, told.member, tuple(sorted((k, str(v)) for k, v in told.values.items()))


def _standing(school: School, year: AcademicYear, draft: Timetable | None) -> Standing:
    wishes = TeacherWish.objects.unscoped(because=BECAUSE).filter(school=school, academic_year=year)
    standing = Standing(Counter(), set(), {(one.staff_member_id, one.kind): one for one in wishes})
    if draft is None:
        return standing
    rules = RuleSetting.objects.unscoped(because=BECAUSE).filter(timetable=draft)
    for row in rules:
        params = tuple(sorted((k, str(v)) for k, v in row.params.items()))
        standing.rules.add((row.code, row.staff_member_id, params))
    groups: dict[object, list[ScheduledLesson]] = {}
    lessons = ScheduledLesson.objects.unscoped(because=BECAUSE).filter(timetable=draft)
    for lesson in lessons.order_by("pk"):
        groups.setdefault(lesson.joint or lesson.pk, []).append(lesson)
    for group in groups.values():
        standing.lessons[_told(group)] += 1
    return standing


def _told(group: Sequence[ScheduledLesson]) -> LessonTold:
    first = group[0]
    return LessonTold(
        tuple(one.homeroom_class_id for one in group),
        first.subject_name,
        first.staff_member_id,
        first.person_id,
        first.length,
        first.weekday,
        first.half,
        first.period,
        first.room_id,
        first.is_locked,
    )
