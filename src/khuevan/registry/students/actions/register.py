"""Registering pupils in a school: identity, enrollment, class, guardians, and their grants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.periods import not_over
from khuevan.kernel.vietnamese import fold, match_key, split_name
from khuevan.platform.access.api import GrantSpec, derive_grants
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import record, write_new
from khuevan.registry.people.api import VIEW_SENSITIVE, Address
from khuevan.registry.schools.api import School
from khuevan.registry.students import audit_codes
from khuevan.registry.students.actions.guardians import write_guardians
from khuevan.registry.students.actions.numbers import next_number
from khuevan.registry.students.actions.policies import write_policies
from khuevan.registry.students.actions.seats import require_years
from khuevan.registry.students.checks import SENSITIVE, check_day, check_record
from khuevan.registry.students.data import NewStudent, StudentData
from khuevan.registry.students.errors import (
    AlreadyEnrolled,
    AlreadyRegistered,
    GradeNotTaughtHere,
    MoetCodeTaken,
    OnLeaveAlready,
    OnRollAlready,
    PersonalNumberTaken,
    RegistryNumberTaken,
    SensitiveNotYours,
)
from khuevan.registry.students.facts import student_key
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    EntryKind,
    Student,
)
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.rules import degree_of

_BATCH = 1000
_CONSTRAINTS = {
    "accounts_person_personal_number": PersonalNumberTaken,
    "students_student_moet_code": MoetCodeTaken,
    "enrollment_one_school_a_day": AlreadyEnrolled,
    "enrollment_registry_number_of_one_pupil": RegistryNumberTaken,
    "students_student_uuid": AlreadyRegistered,
    "student_states_never_overlap": OnLeaveAlready,
    "placement_grade_taught": GradeNotTaughtHere,
}


@transaction.atomic
def register_student(
    *,
    actor: Actor,
    school_id: int,
    new: NewStudent,
    entry_kind: str,
    is_another: bool = False,
    now: datetime,
) -> Student:
    """Register one pupil in a school, and in a class when one is given, under the next number.

    Of two clerks who register one pupil at the same moment the second is asked: the school's row
    is locked before its roll is looked at. `is_another` is the answer.

    :raises OnRollAlready: when the school has a pupil of this name and birth date
    :raises OtherYearsClass: when the class is of another school year than the day
    :raises PersonalNumberTaken: when another person has the number
    :raises MoetCodeTaken: when another pupil has the ministry code
    :raises SensitiveNotYours: when a value is given that the actor may not see
    """
    given = {one.name: getattr(new.data, one.name) for one in fields(new.data)}
    today = now.astimezone(VIETNAM).date()
    check_record(given, today=today)
    check_day(new.starts_on, today=today)
    is_sensitive = any(given[name] for name in SENSITIVE)
    if is_sensitive and school_id not in actor.reach(VIEW_SENSITIVE, "school"):
        raise SensitiveNotYours
    school = School.objects.visible_to(actor, EDIT_STUDENTS).lock(school_id)
    first = new.placed_on or new.starts_on
    require_years([(new.homeroom_class_id, first)], school_id=school.pk)
    if not is_another:
        _ask_of_namesakes(school, new, today)
    if not new.registry_number:
        new = replace(new, registry_number=next_number(school, new.starts_on))
    return register_students(
        actor=actor, school_id=school_id, new=[new], entry_kind=entry_kind, now=now
    )[0]


@transaction.atomic
def register_students(
    *,
    actor: Actor,
    school_id: int,
    new: Sequence[NewStudent],
    entry_kind: str = EntryKind.ADMITTED,
    now: datetime,
    permission: Permission = EDIT_STUDENTS,
) -> list[Student]:
    """Register many pupils in one school: a fixed number of statements, one audit entry.

    A list is loaded under a permission of its own.

    :raises PersonalNumberTaken: when another person has one of the numbers
    :raises MoetCodeTaken: when another pupil has one of the ministry codes
    """
    school = School.objects.visible_to(actor, permission).lock(school_id)
    try:
        with transaction.atomic():
            students = _write_students(new)
            _write_periods(school, students, new, entry_kind)
    except IntegrityError as error:
        raise explain(error) from error
    _write_addresses(students, new)
    write_policies(
        [
            (student, item.data.policy_codes or ())
            for student, item in zip(students, new, strict=True)
        ],
        on=now.astimezone(VIETNAM).date(),
    )
    write_guardians(
        [
            (student, guardian)
            for student, item in zip(students, new, strict=True)
            for guardian in item.data.guardians
        ],
        actor=actor,
        permission=permission,
    )
    derive_grants(_student_grants(school, students, new))
    record(
        audit_codes.REGISTERED,
        actor=actor,
        at=now,
        unit_id=school.pk,
        target=students[0] if len(students) == 1 else None,
        person_id=students[0].person_id if len(students) == 1 else None,
        details={"count": len(students), "entry_kind": entry_kind},
    )
    return students


def _ask_of_namesakes(school: School, new: NewStudent, today: date) -> None:
    rows = Enrollment.objects.unscoped(because="the roll of the school that the actor locked")
    same = rows.filter(
        not_over(today),
        school=school,
        is_primary=True,
        person__birth_date=new.data.birth_date,
        person__search_name=fold(new.data.full_name),
    )
    if new.uuid is not None:  # the same form sent twice
        same = same.exclude(student__uuid=new.uuid)
    key = match_key(new.data.full_name)
    for row in same.select_related("person").order_by("pk"):
        if match_key(row.person.full_name) == key:
            raise OnRollAlready(name=row.person.full_name)


def explain(error: IntegrityError) -> Exception:
    """Return the refusal that a broken constraint means, or the error itself when it is a bug."""
    text = str(error)
    return next((kind() for name, kind in _CONSTRAINTS.items() if name in text), error)


def build_person(data: StudentData) -> Person:
    """Return an unsaved person from a pupil's data."""
    person = Person(
        sex=data.sex,
        birth_date=data.birth_date,
        birth_year=data.birth_date.year if data.birth_date else None,
        personal_number=data.personal_number or None,
        ethnicity_code=data.ethnicity_code,
        nationality_code=data.nationality_code,
        phone=data.phone,
    )
    person.set_name(*split_name(data.full_name))
    return person


def _write_students(new: Sequence[NewStudent]) -> list[Student]:
    persons = write_new([build_person(item.data) for item in new])
    return write_new(
        [
            Student(
                uuid=item.uuid or uuid4(),
                person=person,
                moet_code=item.data.moet_code or None,
                disability_code=item.data.disability_code,
                disability_degree=degree_of(item.data.disability_code, item.data.disability_degree),
            )
            for person, item in zip(persons, new, strict=True)
        ]
    )


def _write_periods(
    school: School, students: Sequence[Student], new: Sequence[NewStudent], entry_kind: str
) -> None:
    write_new(
        [
            Enrollment(
                student=student,
                person_id=student.person_id,
                school=school,
                registry_number=item.registry_number,
                entry_kind=entry_kind,
                sort_key=student.person.sort_key,
                starts_on=item.starts_on,
                came_from=item.came_from,
                entry_paper=item.paper,
            )
            for student, item in zip(students, new, strict=True)
        ]
    )
    write_new(
        [
            ClassPlacement(
                student=student,
                person_id=student.person_id,
                school=school,
                homeroom_class_id=item.homeroom_class_id,
                grade_level_id=item.grade_level_id,
                sort_key=student.person.sort_key,
                starts_on=item.placed_on or item.starts_on,
            )
            for student, item in zip(students, new, strict=True)
            if item.homeroom_class_id is not None
        ]
    )


def _write_addresses(students: Sequence[Student], new: Sequence[NewStudent]) -> None:
    write_new(
        [
            Address(person_id=student.person_id, kind=kind, detail=detail)
            for student, item in zip(students, new, strict=True)
            for kind, detail in item.data.addresses.items()
            if detail
        ]
    )


def _student_grants(
    school: School, students: Sequence[Student], new: Sequence[NewStudent]
) -> Iterator[GrantSpec]:
    for student, item in zip(students, new, strict=True):
        yield GrantSpec(
            person_id=student.person_id,
            role_code="student",
            source_key=student_key(student.pk),
            starts_on=item.starts_on,
            anchor_person_id=student.person_id,
            home_unit_id=school.pk,
        )
