"""Correcting what is known of pupils, on the version that was read; the second writer is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import split_name
from khuevan.platform.access.api import date_derived_grants
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import AuditLine, record_all
from khuevan.registry.people.api import (
    VIEW_SENSITIVE,
    CodeKind,
    Replaced,
    keep_replaced_codes,
    set_addresses,
    settle_temporary_codes,
)
from khuevan.registry.students import audit_codes
from khuevan.registry.students.actions.guardians import (
    ended_guardians,
    merge_guardians,
    was_ended,
)
from khuevan.registry.students.actions.policies import change_policies
from khuevan.registry.students.actions.register import explain
from khuevan.registry.students.checks import SENSITIVE, check_record
from khuevan.registry.students.data import Correction
from khuevan.registry.students.errors import (
    GuardianWasEnded,
    RecordChanged,
    SensitiveNotYours,
)
from khuevan.registry.students.facts import guardianship_key
from khuevan.registry.students.following import follow_guardians
from khuevan.registry.students.lastview import refreeze
from khuevan.registry.students.models import ClassPlacement, Enrollment, Guardianship, Student
from khuevan.registry.students.permissions import EDIT_STUDENTS
from khuevan.registry.students.rules import comes_of_age_on, degree_of
from khuevan.registry.students.selectors import consenting, students_for

LOCKED = "rows of pupils that the caller reached through a scope and locked"
_PERSON_COLUMNS = {
    "sex",
    "birth_date",
    "personal_number",
    "ethnicity_code",
    "nationality_code",
    "phone",
}

_SETTLES = {"moet_code": CodeKind.MOET_PUPIL.value, "personal_number": "NUMBER"}
"""Facts that take the place of a temporary code, and what is written beside it then."""

Pair = tuple[Student, Correction]


@transaction.atomic
def correct_student(
    *, actor: Actor, uuid: UUID, version: int, changes: dict[str, Any], now: datetime
) -> Student:
    """Correct one pupil's record, found through the actor's scope.

    :raises RecordChanged: when the record's version is no longer `version`
    :raises PersonalNumberTaken: when another person has the number
    :raises SensitiveNotYours: when a value is changed that the actor may not see
    :raises GuardianWasEnded: when a guardian is named whose guardianship was ended for a reason
    """
    check_record(changes, today=now.astimezone(VIETNAM).date())
    student = students_for(actor, EDIT_STUDENTS).one(uuid)
    touched = set(SENSITIVE) & set(changes)
    if touched and not _sees_sensitive(actor, student):
        raise SensitiveNotYours
    ended = ended_guardians([student.pk]) if changes.get("guardians") else {}
    for data in changes.get("guardians") or ():
        if was_ended(ended, student.pk, data):
            raise GuardianWasEnded(name=data.full_name)
    correct_students(actor=actor, corrections=[Correction(student.pk, version, changes)], now=now)
    return student


def _sees_sensitive(actor: Actor, student: Student) -> bool:
    return Student.objects.visible_to(actor, VIEW_SENSITIVE).filter(pk=student.pk).exists()


@transaction.atomic
def correct_students(
    *,
    actor: Actor,
    corrections: Sequence[Correction],
    now: datetime,
    permission: Permission = EDIT_STUDENTS,
) -> int:
    """Correct many records; all of them or none. A list is loaded under a permission of its own.

    The number of statements does not grow with the records, but for guardians who are replaced.

    :raises RecordChanged: when one of them changed since it was read
    :raises PersonalNumberTaken, MoetCodeTaken, RegistryNumberTaken: when another has the number
    """
    pairs = _lock(actor, corrections, permission)
    before = {student.pk: _tracked(student, item) for student, item in pairs}
    on = now.astimezone(VIETNAM).date()
    enrollments = _current_enrollments([student for student, _item in pairs], on=on)
    try:
        with transaction.atomic():
            _save(pairs, on=on)
            _save_registry_numbers(pairs, enrollments)
    except IntegrityError as error:
        raise explain(error) from error
    _save_around(pairs, on=on)
    merge_guardians(
        [(s, data) for s, item in pairs for data in item.changes.get("guardians", ())],
        actor=actor,
        permission=permission,
        on=on,
    )
    _date_guardians([student for student, item in pairs if "birth_date" in item.changes], on=on)
    refreeze([student.pk for student, _item in pairs], on=on)
    record_all(
        audit_codes.CORRECTED,
        actor=actor,
        at=now,
        lines=[_line(student, item, before, enrollments) for student, item in pairs],
    )
    return len(pairs)


def _lock(actor: Actor, corrections: Sequence[Correction], permission: Permission) -> list[Pair]:
    """Return the pupils within reach, locked, each with what is to be corrected."""
    wanted = {item.student_id: item for item in corrections}
    students = (
        students_for(actor, permission)
        .filter(pk__in=wanted)
        .select_for_update(no_key=True, of=("self", "person"))
        .select_related("person")
        .order_by("pk")
    )
    pairs = [(student, wanted[student.pk]) for student in students]
    if len(pairs) != len(wanted) or any(s.person.version != item.version for s, item in pairs):
        raise RecordChanged
    return pairs


def _save_around(pairs: Sequence[Pair], *, on: date) -> None:
    """Write what stands in tables beside the pupil's: addresses and policy groups."""
    set_addresses(
        {
            (student.person_id, kind): detail
            for student, item in pairs
            for kind, detail in item.changes.get("addresses", {}).items()
        }
    )
    change_policies(
        {
            student.pk: (student, item.changes["policy_codes"])
            for student, item in pairs
            if "policy_codes" in item.changes
        },
        on=on,
    )


def _line(
    student: Student,
    correction: Correction,
    before: dict[int, dict[str, Any]],
    enrollments: dict[int, Enrollment],
) -> AuditLine:
    changes, enrollment = correction.changes, enrollments.get(student.pk)
    told = {name: changes[name] for name in ("registry_number",) if name in changes}
    if "policy_codes" in changes:
        told["policy_codes"] = sorted(changes["policy_codes"])
    return AuditLine(
        target=student,
        person_id=student.person_id,
        unit_id=enrollment.school_id if enrollment else None,
        before=before[student.pk],
        after=_tracked(student, correction),
        details={
            "addresses": sorted(changes.get("addresses", {})),
            "guardians": [one.relation for one in changes.get("guardians", ())],
            **told,
        },
    )


def _tracked(student: Student, correction: Correction) -> dict[str, Any]:
    """Return what the log keeps of the fields that are corrected, as they stand on the row."""
    return {name: current_value(student, name) for name in correction.changes if name in _TRACKED}


_STUDENT_COLUMNS = {"moet_code", "disability_code", "disability_degree"}
_TRACKED = {*_PERSON_COLUMNS, *_STUDENT_COLUMNS, "full_name"}


def current_value(student: Student, name: str) -> Any:
    """Return a tracked field's value as it stands on the row."""
    if name == "full_name":
        return student.person.full_name
    return getattr(student if name in _STUDENT_COLUMNS else student.person, name)


def _save(pairs: Sequence[Pair], *, on: date) -> None:
    """Write persons, ministry codes and the sort keys that follow names: a statement for each."""
    columns = {"version"}
    for student, item in pairs:
        columns |= _change_person(student.person, item.changes)
    Person.objects.unscoped(because=LOCKED).bulk_update(
        [student.person for student, _item in pairs], sorted(columns)
    )
    replaced = list(_replaced_codes(pairs))
    coded = [student for student, item in pairs if _STUDENT_COLUMNS & item.changes.keys()]
    for student, item in pairs:
        if "moet_code" in item.changes:
            student.moet_code = item.changes["moet_code"] or None
        if "disability_code" in item.changes:
            student.disability_code = item.changes["disability_code"] or ""
        degree = item.changes.get("disability_degree", student.disability_degree)
        student.disability_degree = degree_of(student.disability_code, degree)
    if coded:
        Student.objects.unscoped(because=LOCKED).bulk_update(coded, sorted(_STUDENT_COLUMNS))
    _save_sort_keys([student for student, item in pairs if "full_name" in item.changes])
    keep_replaced_codes(replaced, on=on)
    for name, by in _SETTLES.items():
        known = [student.person_id for student, item in pairs if item.changes.get(name)]
        settle_temporary_codes(known, by=by, on=on)


def _replaced_codes(pairs: Sequence[Pair]) -> Iterator[Replaced]:
    """Yield the ministry codes that another takes the place of, before it does."""
    for student, item in pairs:
        new = item.changes.get("moet_code")
        if new and student.moet_code and student.moet_code != new:
            yield Replaced(student.person_id, CodeKind.MOET_PUPIL, student.moet_code)


def _change_person(person: Person, changes: dict[str, Any]) -> set[str]:
    """Put changes onto a person and return the columns they stand in."""
    columns = _PERSON_COLUMNS & changes.keys()
    if "full_name" in changes:
        person.set_name(*split_name(changes["full_name"]))
        columns |= Person.NAME_COLUMNS
    for name in _PERSON_COLUMNS & changes.keys():
        empty = None if name in {"personal_number", "birth_date"} else ""
        setattr(person, name, changes[name] or empty)
    if changes.get("birth_date"):
        person.birth_year = changes["birth_date"].year
        columns.add("birth_year")
    person.version += 1
    return columns


def _save_sort_keys(students: Sequence[Student]) -> None:
    if not students:
        return
    keys = {student.pk: student.person.sort_key for student in students}
    for model in (Enrollment, ClassPlacement):
        rows: Any = model.objects.unscoped(because="the sort key follows the name")
        listed = list(rows.filter(student_id__in=keys))
        for row in listed:
            row.sort_key = keys[row.student_id]
        rows.bulk_update(listed, ["sort_key"])


def _save_registry_numbers(pairs: Sequence[Pair], enrollments: dict[int, Enrollment]) -> None:
    changed = [
        enrollments[student.pk]
        for student, item in pairs
        if "registry_number" in item.changes and student.pk in enrollments
    ]
    numbers = {item.student_id: item.changes.get("registry_number") for _student, item in pairs}
    for enrollment in changed:
        enrollment.registry_number = numbers[enrollment.student_id] or ""
    if changed:
        Enrollment.objects.unscoped(because=LOCKED).bulk_update(changed, ["registry_number"])


def _current_enrollments(students: Sequence[Student], *, on: date) -> dict[int, Enrollment]:
    """Return where each pupil is on a day: the school whose log and registry book it is."""
    rows = (
        Enrollment.objects.unscoped(because="where the audit entry belongs")
        .filter(in_force(on), student__in=students)
        .order_by("is_primary", "starts_on", "-id")
    )
    return {row.student_id: row for row in rows}


def _date_guardians(students: Sequence[Student], *, on: date) -> None:
    """Let guardians follow up to the 18th birthday that is known now, unless the adult agreed."""
    if not students:
        return
    agreed = consenting(student_ids=[student.pk for student in students], on=on)
    ends = {
        student.pk: comes_of_age_on(student.person.birth_date)
        for student in students
        if student.pk not in agreed
    }
    rows = Guardianship.objects.unscoped(because="the pupils' own guardians, already locked")
    limited = rows.filter(student_id__in=ends, limits__isnull=False)
    follow_guardians(student_ids=set(limited.values_list("student_id", flat=True)), on=on)
    listed = rows.filter(student_id__in=ends, ends_on__isnull=True, limits__isnull=True)
    date_derived_grants(
        {
            guardianship_key(pk): ends[student_id]
            for pk, student_id in listed.values_list("pk", "student_id")
        }
    )
