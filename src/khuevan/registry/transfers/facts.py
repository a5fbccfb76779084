"""Facts about schools and pupils that a case rests on, read past the scope with a reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.kernel.periods import in_force, not_over
from khuevan.kernel.vietnamese import fold, match_key
from khuevan.platform.access.api import holders_at
from khuevan.platform.organizations.api import (
    ManagerNotRecorded,
    OrgUnit,
    UnitKind,
    find_units,
    manager_on,
    names_on,
    versions_on,
)
from khuevan.platform.regulations.api import (
    Circumstance,
    Confidence,
    Office,
    class_norm,
    setting_in_force,
)
from khuevan.registry.authority.api import Holder, authority, case_of_move
from khuevan.registry.schools.api import (
    AcademicYear,
    GradeLevel,
    HomeroomClass,
    Ownership,
    School,
    Term,
    facts_of,
)
from khuevan.registry.staff.api import Appointment
from khuevan.registry.students.api import ClassPlacement, Enrollment, Guardianship, Student
from khuevan.registry.transfers import rules
from khuevan.registry.transfers.desks import Desk
from khuevan.registry.transfers.kinds import Matter, Side
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.rules import YearDays

DIRECTORY = "names and levels of schools are public: the directory of units"
POWERS = {
    Matter.LETTER: "transfer_student",
    Matter.CHECK: "check_transfer_file",
    Matter.EXCEPTION: "approve_transfer_outside_window",
    Matter.PUBLIC: "check_transfer_file",
    Matter.MOVE: "move_teacher",
}
PROVINCIAL = (UnitKind.PROVINCE, UnitKind.DEPARTMENT)
"""Where whoever reaches the whole province works: a commune's decisions are the commune's."""
WEIGHTIEST = (Matter.MOVE, Matter.EXCEPTION, Matter.PUBLIC, Matter.LETTER, Matter.CHECK)


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


def schools_named(text: str, *, on: date, level: str = "", most: int = 12) -> list[tuple[str, str]]:
    """Return code and name of the schools meant by a code or some words of a name.

    Of several, those that teach a level: where none does, the refusal says so of what was typed.
    """
    units = find_units(text, on=on).filter(unit__kind=UnitKind.SCHOOL)
    if level:
        ids = set(units.values_list("unit_id", flat=True))
        fit = {pk for pk, one in facts_of(ids, on=on).items() if level in one.levels}
        units = units.filter(unit_id__in=fit) if fit else units
    return [(one.unit.code, one.name) for one in units[:most]]


def unit_names(ids: Collection[int | None], *, on: date) -> dict[int, str]:
    """Return what units are called on a day."""
    wanted = {pk for pk in ids if pk is not None}
    return {one.unit_id: one.name for one in versions_on(on).filter(unit_id__in=wanted)}


def last_names(ids: Collection[int], *, on: date) -> dict[int, str]:
    """Return what units are called on a day, those that have ended as they last were."""
    return names_on(ids, on)


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
    school_id: int,
    level: str,
    *,
    matters: Collection[str],
    on: date,
    other_school_id: int | None = None,
    law: str = rules.TEACHERS,
) -> Competence | None:
    """Return who decides for a school's side on a day; None where no office can be named.

    What an office decides together is decided by whoever decides the weightiest of it. Who moves
    teachers depends on the other school too; other staff are let go and taken in by each side.
    """
    power = next(POWERS[matter] for matter in WEIGHTIEST if matter in matters)
    manager_id = manager_of(school_id, on=on)
    if power == POWERS[Matter.MOVE] and law == rules.TEACHERS:
        holder = _mover(school_id, other_school_id, on=on)
    elif power == POWERS[Matter.MOVE]:
        holder = _holder("move_staff", school_id, on=on)
    else:
        holder = _holder(power, school_id, on=on, level=level)
    if holder is None or not holder.is_named:
        return (
            Competence(manager_id, Office.NOT_RECORDED, "", "", Confidence.FROM_MEMORY)
            if manager_id is not None
            else None
        )
    unit_id = holder.unit.unit_id if holder.unit else _office_unit(holder.office, manager_id, on=on)
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


def competence_of_side(
    transfer: Transfer, side: str, *, matters: Collection[str], on: date
) -> Competence | None:
    """Return who decides for the old or the new school of a case on a day, if anybody is known."""
    ends = (transfer.from_school_id, transfer.to_school_id)
    school_id, other_id = ends if side == Side.ORIGIN else (ends[1], ends[0])
    return competence(
        school_id or 0,
        transfer.level,
        matters=matters,
        on=on,
        other_school_id=other_id,
        law=transfer.whose,
    )


def is_at_office(actor: Actor, permission: Permission, unit: OrgUnit) -> bool:
    """Return whether an actor holds a permission at an office itself, not from above it."""
    reach = actor.reach(permission, "school")
    return unit.kind in PROVINCIAL if reach.everything else unit.pk in reach.ids


def _office_unit(office: str, manager_id: int | None, *, on: date) -> int | None:
    """Return where an office without a unit of its own is: the Department's at the province."""
    if office not in (Office.DEPARTMENT, Office.DEPARTMENT_DIRECTOR):
        return manager_id
    unit_id = manager_id
    while unit_id is not None:
        above = manager_of(unit_id, on=on)
        if above is None:
            break
        unit_id = above
    return unit_id


def _holder(
    power: str, school_id: int, *, on: date, level: str = "", circumstance: str = ""
) -> Holder | None:
    try:
        answer = authority(
            power, school_id=school_id, on=on, level=level, circumstance=circumstance
        )
        return answer.ruling.holder
    except DomainError:
        return None


def _mover(school_id: int, other_id: int | None, *, on: date) -> Holder | None:
    """Return who moves staff between two schools: where either asks for the Department, it."""
    case = str(Circumstance.ACROSS_COMMUNES)
    if other_id is not None and school_id:
        case = case_of_move(from_school_id=school_id, to_school_id=other_id, on=on)
    found = []
    for one in (school_id, other_id):
        for level in (levels_of(one, on=on) or ("",)) if one else ():
            holder = _holder(POWERS[Matter.MOVE], one or 0, on=on, level=level, circumstance=case)
            if holder is not None and holder.is_named:
                found.append(holder)
    above = (one for one in found if one.office != Office.COMMUNE_CHAIR)
    return next(above, found[0] if found else None)


def stays_in_area(from_id: int, to_id: int, *, law: str, on: date) -> bool:
    """Return whether a move of staff stays inside the area of one office that decides on it."""
    if law != rules.TEACHERS:
        return manager_of(from_id, on=on) == manager_of(to_id, on=on)
    case = case_of_move(from_school_id=from_id, to_school_id=to_id, on=on)
    return case != Circumstance.ACROSS_COMMUNES


def deciders_of(unit_id: int, permission: Permission, *, on: date) -> list[int]:
    """Return who decides at an office itself; the Department's hold theirs on the province."""
    found = holders_at(unit_id, permission, on=on)
    unit = OrgUnit.objects.filter(pk=unit_id).first()
    above = manager_of(unit_id, on=on) if unit and unit.kind == UnitKind.DEPARTMENT else None
    return [*found, *(holders_at(above, permission, on=on) if above else ())]


def is_to_public(from_id: int | None, to_id: int | None, *, on: date) -> bool:
    """Return whether somebody goes from a private to a public school, as both are on a day."""
    if from_id is None or to_id is None:
        return False
    told = facts_of([from_id, to_id], on=on)
    old, new = told.get(from_id), told.get(to_id)
    if old is None or new is None:
        return False
    return old.ownership != Ownership.PUBLIC and new.ownership == Ownership.PUBLIC


def position_of(member_id: int, *, on: date) -> Appointment | None:
    """Return the main position of a colleague at a school on a day, if any."""
    rows = Appointment.objects.unscoped(because="where the colleague of a case works")
    return (
        rows.filter(
            in_force(on), staff_member_id=member_id, is_primary=True, unit__kind=UnitKind.SCHOOL
        )
        .select_related("person", "unit", "staff_member")
        .first()
    )


def colleague_at(
    school_id: int, *, full_name: str, birth_date: date, number: str, on: date
) -> Appointment | None:
    """Return the main position at a school of whom name, birth date and a number are all known."""
    rows = (
        Appointment.objects.unscoped(because="name, birth date and number are all known already")
        .filter(in_force(on), unit_id=school_id, is_primary=True)
        .filter(person__birth_date=birth_date, person__search_name=fold(full_name))
        .select_related("person", "unit", "staff_member")
        .order_by("pk")
    )
    for row in rows:
        known = {row.person.personal_number, row.staff_member.moet_code} - {None, ""}
        if number.strip() in known and match_key(row.person.full_name) == match_key(full_name):
            return row
    return None


def area_of(school_id: int, level: str, *, on: date) -> int:
    """Return the office whose area a school of a level stands in, for the route of a case."""
    found = competence(school_id, level, matters=(Matter.LETTER,), on=on)
    if found is not None and found.unit_id != school_id:
        return found.unit_id
    return manager_of(school_id, on=on) or 0


def year_days(level: str) -> list[YearDays]:
    """Return the school years with the first and the last day of a level's first terms."""
    first = {one.academic_year_id: one for one in Term.objects.filter(level=level, number=1)}
    found = []
    for year in AcademicYear.objects.order_by("starts_on", "pk"):
        term = first.get(year.pk)
        begins = term.starts_on if term else year.starts_on
        found.append(YearDays(begins, term.ends_on if term else None))
    return found


def is_usual_time(level: str, on: date) -> bool:
    """Return whether pupils of a level move on a day without an exception."""
    return rules.is_usual_time(level, on, year_days(level))


def enrollment_of(student_id: int, *, lock: bool = False) -> Enrollment | None:
    """Return the school a pupil is in without an end, if any."""
    rows = Enrollment.objects.unscoped(because="where the pupil of a case is on roll").filter(
        student_id=student_id, is_primary=True, ends_on__isnull=True
    )
    if lock:
        rows = rows.select_for_update(no_key=True, of=("self",))
    return rows.select_related("student", "person", "school").first()


def classes_of(student_ids: Collection[int], *, on: date) -> dict[int, str]:
    """Return the name of the class each of some pupils sits in on a day."""
    rows = ClassPlacement.objects.unscoped(because="the class of pupils the actor has found")
    sits = rows.filter(in_force(on), student_id__in=student_ids)
    return dict(sits.values_list("student_id", "homeroom_class__name"))


def grade_of(student_id: int) -> GradeLevel | None:
    """Return the grade of the class a pupil sat in last."""
    rows = ClassPlacement.objects.unscoped(because="the grade of a pupil of a case")
    last = (
        rows.filter(student_id=student_id)
        .select_related("homeroom_class__grade_level", "grade_level")
        .order_by("-starts_on", "-pk")
        .first()
    )
    return last.own_grade if last else None


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


def class_limit(room: HomeroomClass, *, on: date) -> int | None:
    """Return how many pupils a class may have by the circular of the day, where one says so."""
    told = facts_of([room.school_id], on=on).get(room.school_id)
    kind = told.school_type if told else ""
    try:
        setting = setting_in_force("CLASS_SIZE", room.grade_level.level, on)
    except NotFound:
        return None
    return class_norm(setting.value, room.grade_level.usual_age, kind)


def people_of(
    side: str, *, desk: Desk, school_id: int | None, unit_id: int | None, on: date
) -> list[int]:
    """Return who acts for a side: the school's office, or the people of the deciding office."""
    if side in (Side.RECEIVER, Side.RELEASER):
        return holders_at(school_id, desk.record, on=on) if school_id else []
    return deciders_of(unit_id, desk.decide, on=on) if unit_id else []
