"""Facts about schools and pupils that a case rests on, read past the scope with a reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.errors import DomainError
from khuevan.kernel.periods import in_force, not_over
from khuevan.kernel.vietnamese import fold, match_key
from khuevan.platform.access.api import holders_at
from khuevan.platform.organizations.api import (
    ManagerNotRecorded,
    UnitKind,
    find_units,
    manager_on,
    versions_on,
)
from khuevan.platform.regulations.api import Confidence, Office
from khuevan.registry.authority.api import authority
from khuevan.registry.schools.api import AcademicYear, GradeLevel, School, Term, facts_of
from khuevan.registry.students.api import ClassPlacement, Enrollment, Guardianship, Student
from khuevan.registry.transfers.kinds import Matter, Side
from khuevan.registry.transfers.permissions import DECIDE_TRANSFERS, RECORD_TRANSFERS
from khuevan.registry.transfers.rules import YearDays

DIRECTORY = "names and levels of schools are public: the directory of units"
POWERS = {
    Matter.LETTER: "transfer_student",
    Matter.CHECK: "check_transfer_file",
    Matter.EXCEPTION: "approve_transfer_outside_window",
}
WEIGHTIEST = (Matter.EXCEPTION, Matter.LETTER, Matter.CHECK)


@dataclass(frozen=True, slots=True)
class Competence:
    """Which office decides on a day, by which text, and how sure that is."""

    unit_id: int
    office: str
    regulation: str
    article: str
    confidence: str


def school_by_code(code: str) -> School | None:
    """Return a school of the directory by its code."""
    return School.objects.unscoped(because=DIRECTORY).filter(code=code).first()


def levels_of(school_id: int, *, on: date) -> tuple[str, ...]:
    """Return the levels that a school teaches by law on a day."""
    found = facts_of([school_id], on=on).get(school_id)
    return found.levels if found else ()


def schools_named(text: str, *, on: date, most: int = 12) -> list[tuple[str, str]]:
    """Return code and name of the schools meant by a code or some words of a name."""
    units = find_units(text, on=on).filter(unit__kind=UnitKind.SCHOOL)
    return [(one.unit.code, one.name) for one in units[:most]]


def unit_names(ids: Collection[int | None], *, on: date) -> dict[int, str]:
    """Return what units are called on a day."""
    wanted = {pk for pk in ids if pk is not None}
    return {one.unit_id: one.name for one in versions_on(on).filter(unit_id__in=wanted)}


def short_names(ids: Collection[int | None], *, on: date) -> dict[int, str]:
    """Return the short names of units on a day, for where many stand close together."""
    wanted = {pk for pk in ids if pk is not None}
    return {one.unit_id: one.short_name for one in versions_on(on).filter(unit_id__in=wanted)}


def manager_of(school_id: int, *, on: date) -> int | None:
    """Return the office that manages a school on a day, or None where nobody is recorded."""
    try:
        return manager_on(school_id, on=on).unit_id
    except ManagerNotRecorded:
        return None


def competence(
    school_id: int, level: str, *, matters: Collection[str], on: date
) -> Competence | None:
    """Return who decides for a school's side on a day; None where no office can be named.

    What an office decides together is decided by whoever decides the weightiest of it.
    """
    power = next(POWERS[matter] for matter in WEIGHTIEST if matter in matters)
    manager_id = manager_of(school_id, on=on)
    try:
        holder = authority(power, school_id=school_id, on=on, level=level).ruling.holder
    except DomainError:
        holder = None
    if holder is None or not holder.is_named:
        return (
            Competence(manager_id, Office.NOT_RECORDED, "", "", Confidence.FROM_MEMORY)
            if manager_id is not None
            else None
        )
    unit_id = holder.unit.unit_id if holder.unit else manager_id
    if unit_id is None:
        return None
    source = holder.source
    return Competence(
        unit_id,
        holder.office,
        source.code if source else "",
        source.article if source else "",
        holder.confidence or Confidence.FROM_MEMORY,
    )


def area_of(school_id: int, level: str, *, on: date) -> int:
    """Return the office whose area a school of a level stands in, for the route of a case."""
    found = competence(school_id, level, matters=(Matter.LETTER,), on=on)
    if found is not None and found.unit_id != school_id:
        return found.unit_id
    return manager_of(school_id, on=on) or 0


def year_days(level: str, *, on: date) -> list[YearDays]:
    """Return the school years around a day with the end of their first terms."""
    years = AcademicYear.objects.order_by("-starts_on")[:3]
    first = {
        term.academic_year_id: term.ends_on
        for term in Term.objects.filter(academic_year__in=list(years), level=level, number=1)
    }
    found = [YearDays(year.starts_on, first.get(year.pk)) for year in years]
    if found and all(one.starts_on <= on for one in found):
        newest = max(found, key=lambda one: one.starts_on)
        following = newest.starts_on.replace(year=newest.starts_on.year + 1)
        found.append(YearDays(following, None))  # the next year, before the province has opened it
    return found


def enrollment_of(student_id: int, *, lock: bool = False) -> Enrollment | None:
    """Return the school a pupil is in without an end, if any."""
    rows = Enrollment.objects.unscoped(because="where the pupil of a case is on roll").filter(
        student_id=student_id, is_primary=True, ends_on__isnull=True
    )
    if lock:
        rows = rows.select_for_update(no_key=True, of=("self",))
    return rows.select_related("student", "person", "school").first()


def grade_of(student_id: int) -> GradeLevel | None:
    """Return the grade of the class a pupil sat in last."""
    rows = ClassPlacement.objects.unscoped(because="the grade of a pupil of a case")
    last = (
        rows.filter(student_id=student_id)
        .select_related("homeroom_class__grade_level")
        .order_by("-starts_on", "-pk")
        .first()
    )
    return last.homeroom_class.grade_level if last else None


def pupil_at(
    school_id: int, *, full_name: str, birth_date: date, number: str, on: date
) -> Student | None:
    """Return the pupil on a school's roll of whom name, birth date and a number are all known.

    Whoever knows all three learns nothing new; anything else gets the same answer.
    """
    rows = (
        Enrollment.objects.unscoped(because="name, birth date and number are all known already")
        .filter(school_id=school_id, is_primary=True, person__birth_date=birth_date)
        .filter(not_over(on), person__search_name=fold(full_name))
        .select_related("student", "person")
        .order_by("pk")
    )
    digits = number.strip()
    for row in rows:
        known = {row.person.personal_number, row.student.moet_code} - {None, ""}
        if digits in known and match_key(row.person.full_name) == match_key(full_name):
            return row.student
    return None


def guardians_to_tell(student_id: int, *, on: date) -> list[int]:
    """Return the guardians of a day whom no court or custody keeps from the child's affairs."""
    rows = Guardianship.objects.unscoped(because="a child's guardians are told of the transfer")
    limited = rows.filter(in_force(on, "limits"), student_id=student_id)
    told = rows.filter(not_over(on), student_id=student_id).exclude(pk__in=limited.values("pk"))
    return sorted(told.values_list("guardian_id", flat=True))


def class_size(class_id: int, *, on: date) -> int:
    """Return how many pupils sit in a class on a day."""
    rows = ClassPlacement.objects.unscoped(because="how full a class of the actor's school is")
    return rows.filter(in_force(on), homeroom_class_id=class_id).count()


def people_of(side: str, *, school_id: int | None, unit_id: int | None, on: date) -> list[int]:
    """Return who acts for a side: the school's office, or the deciding office or one above it."""
    if side in (Side.RECEIVER, Side.RELEASER):
        return holders_at(school_id, RECORD_TRANSFERS, on=on) if school_id else []
    while unit_id is not None:
        found = holders_at(unit_id, DECIDE_TRANSFERS, on=on)
        if found:
            return found
        unit_id = manager_of(unit_id, on=on)
    return []
