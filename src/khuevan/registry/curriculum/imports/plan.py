"""Compares a list of lessons with a school's: what each row would do. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import holds
from khuevan.platform.sheets.api import (
    Context,
    Fault,
    Outcome,
    ParsedRow,
    PlannedRow,
    Promises,
    Recognized,
)
from khuevan.registry.curriculum.giving_rules import Weeks
from khuevan.registry.curriculum.imports.groups import Group, groups_of, promised_lessons
from khuevan.registry.curriculum.imports.loads import overloaded
from khuevan.registry.curriculum.imports.names import languages_learnt, names_known
from khuevan.registry.curriculum.imports.reading import Faults, Line, Said, read_line
from khuevan.registry.curriculum.imports.remedies import PLANS
from khuevan.registry.curriculum.imports.standing import Lesson, Standing, standing_at
from khuevan.registry.curriculum.imports.trained import untrained
from khuevan.registry.curriculum.models import MOST_A_WEEK
from khuevan.registry.curriculum.permissions import MANAGE_PLANS
from khuevan.registry.curriculum.plan_rules import weekly
from khuevan.registry.curriculum.shown import periods_words
from khuevan.registry.schools.api import AcademicYear, School, academic_year_on

MOST_NAMED = 4


@dataclass(slots=True)
class Comparison:
    """Everything one comparison knows besides the row at hand."""

    standing: Standing
    fault: Faults
    may_plan: bool


def context(actor: Actor, unit_id: int, on: date, promises: Promises) -> Context:
    """Return what cells of a list of lessons may mean: words are understood by the comparison."""
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
    school = School.objects.unscoped(because="whose list it is").filter(pk=unit_id).first()
    year = academic_year_on(on)
    if school is None or year is None:
        code = "schools.no_year" if school else "schools.not_a_school"
        return [
            PlannedRow(row.number, Outcome.REFUSED, faults=(fault(row, "teacher", code),))
            for row in rows
        ]
    day = first_day(year, on)
    standing = standing_at(actor, unit_id, year, day)
    taught = [*standing.parts, *standing.given]
    names = names_known(
        unit_id,
        members=standing.members,
        rooms=standing.rooms,
        learnt=languages_learnt(taught),
        given=standing.given,
        promises=promises,
    )
    comparison = Comparison(standing, fault, unit_id in actor.reach(MANAGE_PLANS, "school"))
    lines = _with_repeats_told([read_line(row, names, fault) for row in rows], fault, standing)
    faults = {line.row.number: list(line.faults) for line in lines}
    promised = promised_lessons(promises.get(PLANS, ()))
    refused = {line.row.number for line in lines if line.is_refused}
    groups = groups_of(lines, refused, standing, promised)
    by_number = {line.row.number: line.row for line in lines}
    while found := _against_plans(groups, by_number, comparison):
        for number, told in found.items():
            faults[number] += told
            refused.add(number)
        groups = groups_of(lines, refused, standing, promised)
    for number, warning in _warnings(groups, by_number, comparison):
        faults[number].append(warning)
    for number, warning in overloaded(
        lines, refused, groups, standing, fault, actor=actor, school=school, on=day
    ):
        faults[number].append(warning)
    for number, warning in untrained(lines, refused, standing, fault, on=day):
        faults[number].append(warning)
    return [
        _planned(line, tuple(faults[line.row.number]), refused, groups, standing) for line in lines
    ]


def first_day(year: AcademicYear, on: date) -> date:
    """Return the day from which a list of a day counts."""
    return max(on, year.starts_on)


def _with_repeats_told(lines: Sequence[Line], fault: Faults, standing: Standing) -> list[Line]:
    """Return the lines, with a warning where one tells a lesson in the same words again."""
    first: dict[tuple[int, int, str, str], int] = {}
    checked = []
    for line in lines:
        faults = list(line.faults)
        for said in line.lessons:
            key = said.member, said.room_id, said.subject, said.word
            if key in first:
                where: dict[str, str | int] = {
                    "row": first[key],
                    "subject": said.subject,
                    "room": standing.rooms[said.room_id].name,
                }
                faults.append(
                    fault(line.row, "classes", "curriculum.same_as_row", where, warns=True)
                )
            first.setdefault(key, line.row.number)
        checked.append(Line(line.row, line.lessons, tuple(faults)))
    return checked


def _against_plans(
    groups: Mapping[Lesson, Group], rows: Mapping[int, ParsedRow], comparison: Comparison
) -> dict[int, list[Fault]]:
    """Return what the plans of classes say against rows, by row."""
    found: defaultdict[int, list[Fault]] = defaultdict(list)
    for group in groups.values():
        code, params = _against(group, comparison)
        if not code:
            continue
        for number in group.rows:
            row = rows[number]
            found[number].append(comparison.fault(row, _count_column(row), code, params))
    return found


def _against(group: Group, comparison: Comparison) -> tuple[str, dict[str, str | int]]:
    room_id, subject = group.lesson
    told: dict[str, str | int] = {
        "room": comparison.standing.rooms[room_id].name,
        "subject": subject,
        "class": room_id,
    }
    if len(group.days) > 1:
        return "curriculum.several_days", told
    if group.on is not None and not holds(comparison.standing.year, group.on):
        return "curriculum.outside_the_year", {"year": comparison.standing.year.code}
    if len(group.answers) > 1:
        return "curriculum.several_answer", told
    if group.silent:
        return "curriculum.blank_periods", told
    if group.is_too_much:
        return "curriculum.periods_unfit", {"most": MOST_A_WEEK}
    if group.replans:
        return ("", {}) if comparison.may_plan else ("curriculum.no_plan", told)
    told["given"] = max(group.total, default=0)
    told["planned"] = max(group.planned, default=0)
    if group.over:
        return "curriculum.more_than_planned", told
    return "", {}


def _count_column(row: ParsedRow) -> str:
    for name in ("periods", "first_term", "second_term"):
        if row.values.get(name) is not None:
            return name
    return "classes"


def _warnings(
    groups: Mapping[Lesson, Group], rows: Mapping[int, ParsedRow], comparison: Comparison
) -> Iterator[tuple[int, Fault]]:
    """Yield what a person should look at, in the first row that names a class and subject."""
    for group in groups.values():
        row = rows[group.rows[0]]
        room_id, subject = group.lesson
        told: dict[str, str | int] = {
            "room": comparison.standing.rooms[room_id].name,
            "subject": subject,
        }
        if group.short:
            counts = {"planned": max(group.planned), "short": group.short}
            yield (
                row.number,
                comparison.fault(
                    row,
                    _count_column(row),
                    "curriculum.less_than_planned",
                    {**told, **counts},
                    warns=True,
                ),
            )
        if group.ended:
            names = _names(comparison.standing, group.ended)
            yield (
                row.number,
                comparison.fault(
                    row, "teacher", "curriculum.takes_over", {**told, "names": names}, warns=True
                ),
            )


def _names(standing: Standing, members: Sequence[int]) -> str:
    named = [standing.names[member] for member in members]
    return ", ".join([*named[:MOST_NAMED], *(["…"] if len(named) > MOST_NAMED else [])])


def _planned(
    line: Line,
    faults: tuple[Fault, ...],
    refused: set[int],
    groups: Mapping[Lesson, Group],
    standing: Standing,
) -> PlannedRow:
    number = line.row.number
    if number in refused:
        return PlannedRow(number, Outcome.REFUSED, faults=faults)
    mine = [groups[said.room_id, said.subject] for said in line.lessons]
    changes = _changes(line, mine, standing)
    is_new = not changes and any(
        said.member not in standing.given.get((said.room_id, said.subject), {})
        for said in line.lessons
    )
    outcome = Outcome.NEW if is_new else Outcome.CHANGED if changes else Outcome.UNCHANGED
    wanted = {group.lesson: (group.on, group.wanted) for group in mine}
    return PlannedRow(number, outcome, {"wanted": wanted}, faults, changes)


def _changes(line: Line, mine: Sequence[Group], standing: Standing) -> dict[str, tuple[str, str]]:
    """Return what a row changes of what stands: other periods, other teachers, another plan."""
    before: list[str] = []
    after: list[str] = []
    ended: list[int] = []
    for said, group in zip(line.lessons, mine, strict=True):
        held = standing.given.get(group.lesson, {}).get(said.member)
        weeks = group.given[said.member]
        is_first = group.rows[0] == line.row.number
        if held is not None and held != weeks:
            before.append(_told(said, held, standing, line))
            after.append(_told(said, weeks, standing, line))
        elif held is not None and is_first and group.replans and group.planned != group.total:
            before.append(_told(said, group.planned, standing, line))
            after.append(_told(said, group.total, standing, line))
        if is_first:
            ended += [member for member in group.ended if member not in ended]
    changes = _answers(line, mine, standing)
    if before:
        column = "classes" if len(line.lessons) > 1 else _count_column(line.row)
        changes[column] = ", ".join(before), ", ".join(after)
    if ended:
        changes["teacher"] = (
            _names(standing, ended),
            standing.members[line.lessons[0].member].person.full_name,
        )
    return changes


def _answers(line: Line, mine: Sequence[Group], standing: Standing) -> dict[str, tuple[str, str]]:
    """Return who answers for marks by a row where that was somebody else, or nobody."""
    for said, group in zip(line.lessons, mine, strict=True):
        was = standing.answers.get(group.lesson)
        if said.answers and len(group.given) > 1 and was != said.member:
            name = standing.members[said.member].person.full_name
            return {"answers": (standing.names.get(was or 0, "–"), name)}
    return {}


def _told(said: Said, weeks: Weeks, standing: Standing, line: Line) -> str:
    """Return periods a week as a list tells them, with their class where a row has several."""
    count = periods_words(weekly(weeks, standing.terms(said.room_id))) if weeks else "–"
    return f"{standing.rooms[said.room_id].name}({count})" if len(line.lessons) > 1 else count
