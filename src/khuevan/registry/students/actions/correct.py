"""Correcting what is known of pupils, on the version that was read; the second writer is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.vietnamese import fold, match_key, split_name
from khuevan.platform.access.api import end_derived_grants
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import record
from khuevan.registry.people.api import set_address
from khuevan.registry.students import audit_codes
from khuevan.registry.students.actions.register import explain, write_guardians
from khuevan.registry.students.data import Correction, GuardianData
from khuevan.registry.students.errors import RecordChanged
from khuevan.registry.students.models import ClassPlacement, Guardianship, Student
from khuevan.registry.students.permissions import EDIT_STUDENTS

_PERSON_COLUMNS = {"sex", "birth_date", "personal_number", "ethnicity_code", "phone"}


@transaction.atomic
def correct_student(
    *, actor: Actor, uuid: UUID, version: int, changes: dict[str, Any], now: datetime
) -> Student:
    """Correct one pupil's record, found through the actor's scope.

    :raises RecordChanged: when the record's version is no longer `version`
    :raises PersonalNumberTaken: when another person has the number
    """
    student = Student.objects.visible_to(actor, EDIT_STUDENTS).one(uuid)
    correct_students(actor=actor, corrections=[Correction(student.pk, version, changes)], now=now)
    return student


@transaction.atomic
def correct_students(
    *,
    actor: Actor,
    corrections: Sequence[Correction],
    now: datetime,
    permission: Permission = EDIT_STUDENTS,
) -> int:
    """Correct many records; all of them or none. A list is loaded under a permission of its own.

    :raises RecordChanged: when one of them changed since it was read
    """
    wanted = {item.student_id: item for item in corrections}
    students = (
        Student.objects.visible_to(actor, permission)
        .filter(pk__in=wanted)
        .select_for_update(no_key=True, of=("self", "person"))
        .select_related("person")
        .order_by("pk")
    )
    found = 0
    for student in students:
        found += 1
        _correct(actor, student, wanted[student.pk], now=now)
    if found != len(wanted):
        raise RecordChanged
    return found


def _correct(actor: Actor, student: Student, correction: Correction, *, now: datetime) -> None:
    person = student.person
    if person.version != correction.version:
        raise RecordChanged
    changes = dict(correction.changes)
    before = {name: current_value(student, name) for name in changes if name in _TRACKED}
    guardians = changes.pop("guardians", ())
    addresses = changes.pop("addresses", {})
    for kind, detail in addresses.items():
        set_address(person_id=person.pk, kind=kind, detail=detail)
    changes.pop("homeroom_class_id", None)
    try:
        with transaction.atomic():
            _save(student, person, changes)
    except IntegrityError as error:
        raise explain(error) from error
    _merge_guardians(student, guardians, on=now.astimezone(VIETNAM).date())
    record(
        audit_codes.CORRECTED,
        actor=actor,
        at=now,
        target=student,
        person_id=person.pk,
        unit_id=_current_school(student),
        before=before,
        after={name: current_value(student, name) for name in before},
        details={"addresses": sorted(addresses), "guardians": [one.relation for one in guardians]},
    )


_TRACKED = {*_PERSON_COLUMNS, "full_name", "moet_code"}


def current_value(student: Student, name: str) -> Any:
    """Return a tracked field's value as it stands on the row."""
    if name == "full_name":
        return student.person.full_name
    return getattr(student if name == "moet_code" else student.person, name)


def _save(student: Student, person: Person, changes: dict[str, Any]) -> None:
    columns = ["version"]
    if "full_name" in changes:
        person.set_name(*split_name(changes["full_name"]))
        columns += ["family_name", "middle_name", "given_name", "sort_key", "search_name"]
    for name in _PERSON_COLUMNS & changes.keys():
        empty = None if name in {"personal_number", "birth_date"} else ""
        setattr(person, name, changes[name] or empty)
        columns.append(name)
    if "birth_date" in changes and changes["birth_date"]:
        person.birth_year = changes["birth_date"].year
        columns.append("birth_year")
    person.version += 1
    person.save(update_fields=columns)
    if "moet_code" in changes:
        student.moet_code = changes["moet_code"] or None
        student.save(update_fields=["moet_code"])
    if "full_name" in changes:
        ClassPlacement.objects.unscoped(because="the sort key follows the name").filter(
            student=student
        ).update(sort_key=person.sort_key)


def _merge_guardians(student: Student, guardians: Sequence[GuardianData], *, on: date) -> None:
    """Update guardians known by relation, replace those who are others, add the new ones.

    None is removed by a list that leaves them out.
    """
    if not guardians:
        return
    known = {
        row.relation: row
        for row in Guardianship.objects.unscoped(
            because="the pupil's own guardians, already locked"
        )
        .filter(student=student, ends_on__isnull=True)
        .select_related("guardian")
        .order_by("-pk")
    }
    new = []
    for item in guardians:
        row = known.get(item.relation)
        if row is not None and is_same_guardian(row.guardian, item):
            _update_guardian(row, item)
        else:
            new.append(item)
            if row is not None:
                _end_guardianship(row, on=on)
    write_guardians((student, item) for item in new)


def is_same_guardian(person: Person, data: GuardianData) -> bool:
    """Return whether a name is another spelling of a known guardian's: the given name decides.

    Somebody else under the same relation must not inherit the former one's sign-in and children.
    """
    return fold(split_name(data.full_name)[2]) == fold(person.given_name)


def _end_guardianship(row: Guardianship, *, on: date) -> None:
    row.ends_on = on
    row.save(update_fields=["ends_on"])
    end_derived_grants(source_key=f"students.guardianship:{row.pk}", on=on)


def _update_guardian(row: Guardianship, data: GuardianData) -> None:
    person = row.guardian
    columns = []
    if match_key(person.full_name) != match_key(data.full_name):
        person.set_name(*split_name(data.full_name))
        columns += ["family_name", "middle_name", "given_name", "sort_key", "search_name"]
    for name, value in (("birth_year", data.birth_year), ("phone", data.phone)):
        if value and value != getattr(person, name):
            setattr(person, name, value)
            columns.append(name)
    if columns:
        person.version += 1
        person.save(update_fields=[*columns, "version"])
    if data.occupation and data.occupation != row.occupation:
        row.occupation = data.occupation
        row.save(update_fields=["occupation"])


def _current_school(student: Student) -> int | None:
    enrollment = (
        student.enrollments.unscoped(because="where the audit entry belongs")
        .filter(ends_on__isnull=True)
        .order_by("-starts_on", "id")
        .first()
    )
    return enrollment.school_id if enrollment else None
