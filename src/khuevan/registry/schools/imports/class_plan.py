"""Compares a list of classes with those of a school and a year. Writes nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force, last_day
from khuevan.kernel.vietnamese import match_key, normalize
from khuevan.platform.sheets.api import (
    CodeList,
    Context,
    Entry,
    Fault,
    Outcome,
    ParsedRow,
    PlannedRow,
    Problem,
    Promises,
    Recognized,
    Severity,
    locate,
)
from khuevan.registry.schools.facts import teaches_in
from khuevan.registry.schools.homerooms import Teacher, homerooms
from khuevan.registry.schools.imports.school_words import YES, fixed_lists
from khuevan.registry.schools.models import (
    AcademicYear,
    Campus,
    GradeLevel,
    HomeroomClass,
    School,
)
from khuevan.registry.schools.permissions import MANAGE_CLASSES
from khuevan.registry.schools.rules import class_match_name, grades_may_mix
from khuevan.registry.schools.selectors import academic_year_on, further_grades, grade_levels

_WHY = "places and classes of the school whose list it is"
GRADE = re.compile(r"^(?:lớp\s*)?(\d{1,2})(?!\d)", re.IGNORECASE)
PRESCHOOL = (("nhà trẻ", "NT"), ("nhóm", "NT"), ("bé", "MG3"), ("nhỡ", "MG4"), ("lớn", "MG5"),
             ("mầm", "MG3"), ("chồi", "MG4"), ("lá", "MG5"))  # fmt: skip
_SESSIONS = (
    Entry("MORNING", "Sáng", ("Buổi sáng", "S", "Một buổi (sáng)")),
    Entry("AFTERNOON", "Chiều", ("Buổi chiều", "C", "Một buổi (chiều)")),
    Entry(
        "FULL_DAY",
        "Cả ngày",
        ("2 buổi/ngày", "Học 2 buổi/ngày", "Hai buổi", "Sáng, chiều", "Sáng và chiều", "CN"),
    ),
)
_SPECIAL = (
    Entry("GIFTED", "Chuyên", ("Lớp chuyên",)),
    Entry("INCLUSIVE", "Hòa nhập", ("Lớp hòa nhập", "HN")),
    Entry("NONE", "Không", ("Lớp thường", "Bình thường")),
)
MAIN_CAMPUS = ("Điểm trường chính", "Điểm chính", "Trường chính", "Cơ sở chính", "Trung tâm")
OTHER_NAMES = {
    "NT": ("Nhóm trẻ", "Nhà trẻ 24-36 tháng"),
    "MG3": ("Mẫu giáo bé", "3-4 tuổi", "Lớp 3 tuổi", "3 tuổi"),
    "MG4": ("Mẫu giáo nhỡ", "4-5 tuổi", "Lớp 4 tuổi", "4 tuổi"),
    "MG5": ("Mẫu giáo lớn", "5-6 tuổi", "Lớp 5 tuổi", "5 tuổi"),
}
KEPT = ("session", "sessions_a_week", "is_gifted", "is_inclusive", "subject_combination")


@dataclass(frozen=True, slots=True)
class ToldClass:
    """What a row says of a class; None where it says nothing."""

    name: str
    grade: GradeLevel
    told: Mapping[str, Any]
    teacher_id: int | None = None


@dataclass(slots=True)
class Comparison:
    """Everything one comparison knows besides the row at hand."""

    recognized: Recognized
    school: School
    year: AcademicYear
    known: dict[str, HomeroomClass]
    further: dict[int, list[GradeLevel]]
    campuses: dict[int, Campus]
    grades: dict[str, GradeLevel]
    teachers: list[Teacher]
    in_charge: Mapping[int, Teacher]
    taught: dict[str, bool]
    seen: dict[str, int] = field(default_factory=dict)

    def fault(
        self, of: ParsedRow, name: str, code: str, *, warns: bool = False, **params: str | int
    ) -> Fault:
        """Say that something is wrong with a field of a row, or to be looked at."""
        severity = Severity.WARNING if warns else Severity.ERROR
        text = of.told(name, self.recognized)
        problem = Problem(code, params, severity=severity)
        return locate(problem, of.number, self.recognized, name, text)


def context(actor: Actor, unit_id: int, on: date, promises: Promises) -> Context:
    """Return what cells of a list of classes may mean in a school."""
    grades = _grades(unit_id, on)
    campuses = _campuses(unit_id, on)
    listed = tuple(
        Entry(one.code, one.name, (f"Lớp {one.code}", *OTHER_NAMES.get(one.code, ())))
        for one in grades
    )
    nothing = Entry("", "Không", ("0",))
    return Context(
        today=on,
        codes={
            "grades": CodeList(listed, "schools.unknown_grade"),
            "further": CodeList((*listed, nothing), "schools.unknown_grade"),
            "sessions": CodeList(_SESSIONS),
            "special": CodeList(_SPECIAL),
            "yes_no": fixed_lists()["yes_no"],
            "campuses": _campus_list(campuses),
        },
    )


def _campus_list(campuses: Sequence[Campus]) -> CodeList:
    """Return the places of a school by their names; the main one also as the file calls it."""
    return CodeList(
        tuple(
            Entry(f"campus:{one.pk}", one.name, MAIN_CAMPUS if one.is_main else ())
            for one in campuses
        ),
        "schools.unknown_campus",
        dropped_words=("lớp",),
    )


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
    year = academic_year_on(on)
    school = School.objects.visible_to(actor, MANAGE_CLASSES).filter(pk=unit_id).first()
    if year is None or school is None:
        code = "schools.not_a_school" if school is None else "schools.no_year"
        return [_refused(row, recognized, code) for row in rows]
    classes = HomeroomClass.objects.visible_to(actor, MANAGE_CLASSES).filter(
        school_id=unit_id, academic_year=year
    )
    known = {one.match_name: one for one in classes.select_related("grade_level", "campus")}
    grades = {one.code: one for one in grade_levels()}
    levels = {one.level for one in grades.values()}
    ids = [one.pk for one in known.values()]
    day = min(max(on, year.starts_on), last_day(year.ends_on))
    comparison = Comparison(
        recognized=recognized,
        school=school,
        year=year,
        known=known,
        further=further_grades(ids),
        campuses={one.pk: one for one in _campuses(unit_id, day)},
        grades=grades,
        teachers=[one for told in homerooms for one in told.teachers(actor, unit_id, day)],
        in_charge={pk: one for told in homerooms for pk, one in told.in_charge(ids, day).items()},
        taught={level: teaches_in(unit_id, level, year) for level in levels},
    )
    return [_plan_row(row, comparison) for row in rows]


def names_of(planned: PlannedRow) -> Iterator[Hashable]:
    """Yield what a new class is known by."""
    if planned.target_id is None and "class" in planned.values:
        yield class_match_name(planned.values["class"].name)


def grade_code(name: str, known: Mapping[str, GradeLevel]) -> str:
    """Return the grade that a class's name tells: 6A, Lớp 10A1, 10TX2, Lớn B."""
    match = GRADE.match(normalize(name))
    if match:
        code = str(int(match[1]))
        later = f"TX{code}"
        return later if "tx" in name.lower() and later in known else code
    lowered = normalize(name).lower()
    return next((code for word, code in PRESCHOOL if lowered.startswith(word)), "")


def _grades(unit_id: int, on: date) -> list[GradeLevel]:
    """Return the grades of the levels that a school teaches in the year, of all where unknown."""
    year = academic_year_on(on)
    found = grade_levels()
    taught = [one for one in found if year and teaches_in(unit_id, one.level, year)]
    return taught or found


def _campuses(unit_id: int, on: date) -> list[Campus]:
    rows = Campus.objects.unscoped(because=_WHY).filter(in_force(on), school_id=unit_id)
    return list(rows.order_by("-is_main", "pk"))


def _refused(row: ParsedRow, recognized: Recognized, code: str) -> PlannedRow:
    fault = locate(Problem(code), row.number, recognized, "name", row.values.get("name") or "")
    return PlannedRow(row.number, Outcome.REFUSED, faults=(*row.faults, fault))


def _plan_row(row: ParsedRow, comparison: Comparison) -> PlannedRow:
    faults = list(row.faults)
    if any(fault.is_error for fault in faults):
        return PlannedRow(row.number, Outcome.REFUSED, faults=tuple(faults))
    name = normalize(row.values["name"])
    known = comparison.known.get(class_match_name(name))
    grade = _grade(row, known, comparison, faults)
    first = comparison.seen.setdefault(class_match_name(name), row.number)
    if first != row.number:
        faults.append(comparison.fault(row, "name", "schools.same_as_row", row=first))
    if known is not None and known.closed_on is not None:
        faults.append(comparison.fault(row, "name", "schools.class_is_closed"))
    told = _told(row, grade, comparison, faults)
    teacher = _teacher(row, comparison, faults)
    if grade is None or any(fault.is_error for fault in faults):
        return PlannedRow(row.number, Outcome.REFUSED, faults=tuple(faults))
    said = ToldClass(name, grade, told, teacher.member_id if teacher else None)
    if known is None:
        return PlannedRow(row.number, Outcome.NEW, {"class": said}, tuple(faults))
    return _plan_known(row, said, teacher, known, comparison, faults)


def _grade(
    row: ParsedRow, known: HomeroomClass | None, comparison: Comparison, faults: list[Fault]
) -> GradeLevel | None:
    """Return the grade of a row: its own column, else what its name tells, else the record's."""
    said = row.values.get("grade") or ""
    by_name = grade_code(row.values["name"], comparison.grades)
    code = said or (known.grade_level.code if known else by_name)
    grade = comparison.grades.get(code)
    if grade is None:
        faults.append(comparison.fault(row, "grade", "schools.grade_needed"))
        return None
    if not comparison.taught[grade.level]:
        faults.append(comparison.fault(row, "grade", "schools.grade_not_taught", grade=grade.name))
    if known is not None and known.grade_level_id != grade.pk:
        faults.append(
            comparison.fault(row, "grade", "schools.other_grade", grade=known.grade_level.name)
        )
    elif said and by_name in comparison.grades and by_name != said and by_name.isdecimal():
        faults.append(comparison.fault(row, "grade", "schools.grade_of_name", warns=True))
    return grade


def _told(
    row: ParsedRow, grade: GradeLevel | None, comparison: Comparison, faults: list[Fault]
) -> dict[str, Any]:
    """Return what a row says of a class; what it leaves blank is absent."""
    values, told = row.values, {}
    for name in ("session", "subject_combination", "sessions_a_week"):
        if values.get(name):
            told[name] = values[name]
    for name in ("is_gifted", "is_inclusive"):
        if values.get(name):
            told[name] = values[name] == YES
    if special := values.get("special"):
        told["is_gifted"], told["is_inclusive"] = special == "GIFTED", special == "INCLUSIVE"
    if (count := told.get("sessions_a_week")) and not 1 <= count <= 12:
        faults.append(comparison.fault(row, "sessions_a_week", "schools.sessions_unfit"))
    if values.get("campus"):
        told["campus"] = comparison.campuses[int(values["campus"].removeprefix("campus:"))].uuid
    if values.get("further_grades") is not None and grade is not None:
        further = [comparison.grades[code] for code in values["further_grades"] if code]
        further = [one for one in further if one.pk != grade.pk]
        if not grades_may_mix([grade.level, *(one.level for one in further)]):
            faults.append(comparison.fault(row, "further_grades", "schools.grades_dont_mix"))
        told["further_grades"] = tuple(further)
    return told


def _teacher(row: ParsedRow, comparison: Comparison, faults: list[Fault]) -> Teacher | None:
    """Return who a row puts in charge; whom the staff does not know is told, and left out."""
    name, code = row.values.get("teacher") or "", row.values.get("teacher_code") or ""
    if not name and not code:
        return None
    found: dict[str, list[Teacher]] = defaultdict(list)
    for one in comparison.teachers:
        found[one.moet_code].append(one)
        found[match_key(one.full_name)].append(one)
    named = found.get(code) if code else found.get(match_key(name))
    if named and len(named) == 1:
        return named[0]
    fault = "schools.teachers_alike" if named else "schools.teacher_unknown"
    shown = "teacher" if name else "teacher_code"
    faults.append(comparison.fault(row, shown, fault, warns=True))
    return None


def _plan_known(
    row: ParsedRow,
    said: ToldClass,
    teacher: Teacher | None,
    known: HomeroomClass,
    comparison: Comparison,
    faults: list[Fault],
) -> PlannedRow:
    now = standing(known, comparison.further.get(known.pk, []))
    changes = {
        name: (shown(name, now[name], comparison), shown(name, value, comparison))
        for name, value in said.told.items()
        if not _same(now[name], value)
    }
    if normalize(said.name) != known.name:
        changes["name"] = (known.name, said.name)
    held = comparison.in_charge.get(known.pk)
    if teacher is not None and (held is None or held.member_id != teacher.member_id):
        changes["teacher"] = (held.full_name if held else "", teacher.full_name)
    if "teacher" not in changes:
        said = replace(said, teacher_id=None)
    return PlannedRow(
        row.number,
        Outcome.CHANGED if changes else Outcome.UNCHANGED,
        values={"class": said, "uuid": known.uuid},
        faults=tuple(faults),
        changes=changes,
        target_id=known.pk,
    )


def standing(known: HomeroomClass, further: Sequence[GradeLevel]) -> dict[str, Any]:
    """Return what the records say of a class, by the names of the list."""
    return {
        **{name: getattr(known, name) for name in KEPT},
        "campus": known.campus.uuid if known.campus else None,
        "further_grades": tuple(further),
    }


def _same(one: Any, other: Any) -> bool:
    if isinstance(other, tuple):
        return {grade.pk for grade in one} == {grade.pk for grade in other}
    if isinstance(other, str):
        return match_key(str(one)) == match_key(other)
    return bool(one == other)


def shown(name: str, value: Any, comparison: Comparison) -> str:
    """Return a fact of a class as the list writes it."""
    if name == "campus":
        named = {one.uuid: one.name for one in comparison.campuses.values()}
        return named.get(value, "") if isinstance(value, UUID) else ""
    return written(name, value)


def written(name: str, value: Any) -> str:
    """Return a fact of a class in the words of the list."""
    if name == "session":
        return CodeList(_SESSIONS).name_of(value)
    if name == "further_grades":
        return "; ".join(one.name for one in value) or "Không"
    if isinstance(value, bool):
        return fixed_lists()["yes_no"].name_of(YES if value else "NO")
    return str(value or "")
