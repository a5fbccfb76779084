"""What a school asks of its timetables: rules set, taken back, taken over from the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import AcademicYear, GradeLevel, HomeroomClass, School
from khuevan.registry.staff.api import StaffMember
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.asked.terms import MANY, TERMS, rule_words
from khuevan.school.timetable.core.rulebook import RULES
from khuevan.school.timetable.errors import (
    DepartmentTaken,
    NoSuchRule,
    NothingAsked,
    NothingToCopy,
    NumbersCross,
    TwoClassesNeeded,
)
from khuevan.school.timetable.grids import read_spot
from khuevan.school.timetable.models import Timetable, TimetableState
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.rule_models import Department, RuleSetting, Scope

BECAUSE = "of a school whose timetables the actor makes"
COPIED = ("code", "is_on", "weight", "scope", "grade_level_id", "subject_name", "staff_member_id")


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a word on a rule is about: everybody, unless something is named."""

    grade: GradeLevel | None = None
    room: HomeroomClass | None = None
    subject: str = ""
    member: StaffMember | None = None
    department: Department | None = None

    @property
    def scope(self) -> str:
        """Return what kind it is; a grade beside a subject narrows that."""
        named = (
            (self.room, Scope.CLASS),
            (self.member, Scope.TEACHER),
            (self.department, Scope.DEPARTMENT),
            (self.subject, Scope.SUBJECT),
            (self.grade, Scope.GRADE),
        )
        return next((str(scope) for one, scope in named if one), str(Scope.ALL))

    def __str__(self) -> str:
        who = self.room or self.department or self.subject or self.grade
        return str(self.member.person.full_name if self.member else who or Scope.ALL.label)


EVERYBODY = Whom()


@dataclass(frozen=True, slots=True)
class Word:
    """What is said of a rule: whether and how much it counts, with which numbers, from when."""

    code: str
    weight: int
    is_on: bool = True
    params: Mapping[str, object] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def set_rule(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    word: Word,
    whom: Whom = EVERYBODY,
    timetable: Timetable | None = None,
    now: datetime,
) -> RuleSetting:
    """Say what a rule is for a year, or for one timetable, instead of what was said before.

    :raises NoSuchRule, NumbersCross, NothingAsked, TwoClassesNeeded:
    """
    _require(actor, school)
    _check(word, whom)
    keys: dict[str, Any] = {
        "school": school,
        "academic_year": year,
        "timetable": timetable,
        "code": word.code,
        "scope": whom.scope,
        "grade_level": whom.grade,
        "homeroom_class": whom.room,
        "subject_name": whom.subject,
        "staff_member": whom.member,
        "department": whom.department,
        "starts_on": word.starts_on or year.starts_on,
    }
    values = {
        "is_on": word.is_on,
        "weight": word.weight,
        "params": dict(word.params),
        "ends_on": word.ends_on,
    }
    rows = RuleSetting.objects.unscoped(because=BECAUSE)
    if word.code in MANY:
        row = rows.create(**keys, **values)
    else:
        row, _made = rows.update_or_create(**keys, defaults=values)
    touch(school.pk, timetable)
    record(
        audit_codes.RULE_SET,
        actor=actor,
        at=now,
        target=row,
        unit_id=school.pk,
        details={"rule": rule_words(word.code, word.params), "whom": str(whom)},
    )
    return row


@transaction.atomic
def drop_rule(*, actor: Actor, uuid: UUID, now: datetime) -> RuleSetting:
    """Take back what was said of a rule, so that the usual holds again."""
    rows = RuleSetting.objects.visible_to(actor, MANAGE_TIMETABLES).select_related(
        "school", "timetable", "grade_level", "homeroom_class", "staff_member__person", "department"
    )
    row = rows.one(uuid)
    record(
        audit_codes.RULE_DROPPED,
        actor=actor,
        at=now,
        unit_id=row.school_id,
        details={"rule": rule_words(row.code, row.params), "whom": str(whom_of(row))},
    )
    touch(row.school_id, row.timetable)
    row.delete()
    return row


@transaction.atomic
def take_over_rules(*, actor: Actor, school: School, year: AcademicYear, now: datetime) -> int:
    """Copy what the school said for the year before, classes and single timetables left out.

    :raises NothingToCopy:
    """
    _require(actor, school)
    count = copy_rules(school, year)
    if not count:
        raise NothingToCopy
    record(
        audit_codes.RULES_COPIED,
        actor=actor,
        at=now,
        unit_id=school.pk,
        details={"year": str(_year_before(year)), "count": count},
    )
    touch(school.pk)
    return count


def copy_rules(school: School, year: AcademicYear) -> int:
    """Copy the rules of the year before of which this one says nothing; return how many.

    A step of another action, inside its transaction.
    """
    before = _year_before(year)
    settings = RuleSetting.objects.unscoped(because=BECAUSE).filter(school=school)
    if before is None:
        return 0
    said = set(settings.filter(academic_year=year).values_list("code", flat=True))
    departments = _departments_over(school, before, year)
    rows = settings.filter(
        academic_year=before, timetable__isnull=True, homeroom_class__isnull=True
    ).exclude(code__in={*MANY, *said})
    made = [
        RuleSetting(
            school=school,
            academic_year=year,
            department=departments.get(row.department_id or 0),
            params=row.params,
            starts_on=year.starts_on,
            **{name: getattr(row, name) for name in COPIED},
        )
        for row in rows.filter(ends_on__isnull=True).order_by("pk")
    ]
    RuleSetting.objects.bulk_create(made)
    return len(made)


def copy_own_rules(source: Timetable, made: Timetable) -> None:
    """Give a copy what was said for the timetable alone; a step of the action that copies it."""
    rows = RuleSetting.objects.unscoped(because=BECAUSE).filter(timetable=source).order_by("pk")
    RuleSetting.objects.bulk_create(
        RuleSetting(
            school_id=made.school_id,
            academic_year_id=made.academic_year_id,
            timetable=made,
            department_id=row.department_id,
            homeroom_class_id=row.homeroom_class_id,
            params=row.params,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            **{name: getattr(row, name) for name in COPIED},
        )
        for row in rows
    )


@transaction.atomic
def set_department(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    name: str,
    subjects: Sequence[str],
    now: datetime,
) -> Department:
    """Record a department with the subjects it gives.

    :raises DepartmentTaken:
    """
    _require(actor, school)
    try:
        with transaction.atomic():
            made = Department.objects.create(
                school=school, academic_year=year, name=name, subjects=list(subjects)
            )
    except IntegrityError as error:
        raise DepartmentTaken from error
    touch(school.pk)
    record(
        audit_codes.DEPARTMENT_SET,
        actor=actor,
        at=now,
        target=made,
        unit_id=school.pk,
        details={"name": name},
    )
    return made


@transaction.atomic
def remove_department(*, actor: Actor, uuid: UUID, now: datetime) -> Department:
    """Remove a department with what was said of it."""
    row = Department.objects.visible_to(actor, MANAGE_TIMETABLES).select_related("school").one(uuid)
    touch(row.school_id)
    record(
        audit_codes.DEPARTMENT_REMOVED,
        actor=actor,
        at=now,
        unit_id=row.school_id,
        details={"name": row.name},
    )
    RuleSetting.objects.unscoped(because=BECAUSE).filter(department=row).delete()
    row.delete()
    return row


def whom_of(row: RuleSetting) -> Whom:
    """Return whom a row speaks of."""
    return Whom(
        row.grade_level, row.homeroom_class, row.subject_name, row.staff_member, row.department
    )


def touch(school_id: int, timetable: Timetable | None = None) -> None:
    """Let the drafts of a school be held against what is asked of them now."""
    rows = Timetable.objects.unscoped(because=BECAUSE).filter(
        school_id=school_id, state=TimetableState.DRAFT
    )
    if timetable is not None:
        rows = rows.filter(pk=timetable.pk)
    rows.update(rules_revision=F("rules_revision") + 1)


def _require(actor: Actor, school: School) -> None:
    if school.pk not in actor.reach(MANAGE_TIMETABLES, "school"):
        raise NotFound


def _year_before(year: AcademicYear) -> AcademicYear | None:
    rows = AcademicYear.objects.filter(ends_on__lte=year.starts_on)
    return rows.order_by("-starts_on").first()


def _departments_over(
    school: School, before: AcademicYear, year: AcademicYear
) -> dict[int, Department]:
    rows = Department.objects.unscoped(because=BECAUSE).filter(school=school)
    known = {row.name: row for row in rows.filter(academic_year=year)}
    return {
        row.pk: known.get(row.name)
        or Department.objects.create(
            school=school, academic_year=year, name=row.name, subjects=row.subjects
        )
        for row in rows.filter(academic_year=before).order_by("pk")
    }


def _check(word: Word, whom: Whom) -> None:
    """Refuse what a rule can't take."""
    terms = TERMS.get(word.code)
    if terms is None or (terms.is_fixed and not word.is_on):
        raise NoSuchRule
    if whom.scope != Scope.ALL and whom.scope not in terms.scopes:
        raise NoSuchRule
    if not 1 <= word.weight <= 100 or (terms.is_fixed and word.weight < RULES[word.code].weight):
        raise NoSuchRule
    for number in terms.numbers:
        value = word.params.get(number.name)
        if not isinstance(value, int) or not number.least <= value <= number.most:
            raise NoSuchRule
    least, most = word.params.get("least"), word.params.get("most")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        raise NumbersCross
    _check_rows(word, whom)


def _check_rows(word: Word, whom: Whom) -> None:
    terms = TERMS[word.code]
    spots = _texts(word, "spots")
    if any(read_spot(one) is None for one in spots):
        raise NoSuchRule
    if terms.has_spots and whom.scope == Scope.DEPARTMENT and word.is_on and not spots:
        raise NothingAsked
    if terms.has_classes and (len(_texts(word, "classes")) < 2 or not _texts(word, "subjects")):
        raise TwoClassesNeeded


def _texts(word: Word, name: str) -> tuple[str, ...]:
    value = word.params.get(name, ())
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()
