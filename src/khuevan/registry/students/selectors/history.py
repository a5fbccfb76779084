"""What happened to a pupil's record: facts with their periods, corrections, changes by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from khuevan.platform.audit.api import AuditEntry, request_of
from khuevan.registry.students import audit_codes
from khuevan.registry.students.models import Student

MOST_ENTRIES = 200
TOLD = (
    "TAKEN_BACK",
    "ARRIVAL_TAKEN_BACK",
    "GUARDIAN_ADDED",
    "GUARDIAN_LIMITED",
    "LIMIT_LIFTED",
    "GUARDIAN_ENDED",
    "GUARDIAN_RESTORED",
    "BREAK_STARTED",
    "BREAK_ENDED",
    "BREAK_TAKEN_BACK",
    "BACK_TAKEN_BACK",
)
"""Entries that the timeline tells with their own sentence."""
FAMILY = frozenset(name for name in TOLD if "GUARDIAN" in name or "LIMIT" in name)
CHANGES = ("CORRECTED", "PLACED", "LEFT", "REGISTERED", *TOLD)
OF_PERSONS = "people."
"""Codes of what was done to the person: names, codes, contacts, addresses, consents, photos."""
PERSON_FIELDS = (
    "family_name",
    "middle_name",
    "given_name",
    "sex",
    "birth_date",
    "personal_number",
    "ethnicity_code",
    "nationality_code",
    "phone",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One field from one value to another."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A change of the person's row that no entry of the log tells of: made past the program."""

    at: datetime
    changes: tuple[Change, ...]


def told_codes(*, with_family: bool) -> set[str]:
    """Return the codes that the timeline tells with their own sentence."""
    return {getattr(audit_codes, name) for name in TOLD if with_family or name not in FAMILY}


def entries_of(student: Student) -> list[AuditEntry]:
    """Return what was done to a record that the caller has reached, newest first."""
    codes = [getattr(audit_codes, name) for name in CHANGES]
    return list(
        AuditEntry.objects.unscoped(because="the history of a record the actor has open")
        .filter(Q(code__in=codes) | Q(code__startswith=OF_PERSONS), person_id=student.person_id)
        .order_by("-id")[:MOST_ENTRIES]
    )


def last_correction(student: Student) -> AuditEntry | None:
    """Return who corrected a record last, to tell the one who comes second."""
    return (
        AuditEntry.objects.unscoped(because="whose change stands against the actor's own")
        .filter(person_id=student.person_id, code=audit_codes.CORRECTED)
        .order_by("-id")
        .first()
    )


def untold_changes(student: Student, told: set[UUID]) -> list[RowChange]:
    """Return changes of the person's row that belong to no request the log tells of."""
    events = list(
        student.person.history.unscoped(  # type: ignore[attr-defined]
            because="the history of a record the actor has open"
        ).order_by("pgh_id")[:MOST_ENTRIES]
    )
    found = []
    for before, after in zip(events, events[1:], strict=False):
        changes = _differences(before, after)
        if changes and request_of(after) not in told:
            found.append(RowChange(after.pgh_created_at, changes))
    return found


def _differences(before: Any, after: Any) -> tuple[Change, ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in PERSON_FIELDS)
    return tuple(
        Change(name, _text(old), _text(new))
        for name, old, new in pairs
        if (old or "") != (new or "")
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)
