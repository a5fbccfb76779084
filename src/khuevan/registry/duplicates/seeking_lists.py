"""What whoever checks a list is told of its new rows whose people may be recorded already.

A list is kept, and read by everybody who may load the unit's lists: by name is told only who has a
record of that very unit. Of all others only that there may be a record, as on a form.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.audit.api import AuditEntry, AuditLine, record_all
from khuevan.platform.sheets.api import FaultText, Problem, Severity
from khuevan.registry.duplicates import audit_codes
from khuevan.registry.duplicates.looking import WHY, Alike
from khuevan.registry.duplicates.looking_lists import alike_each
from khuevan.registry.duplicates.matching.names import Likeness
from khuevan.registry.duplicates.matching.records import Comparison
from khuevan.registry.duplicates.matching.telling import WORDS
from khuevan.registry.duplicates.seeking import TOLD_OUTSIDE
from khuevan.registry.people.api import Newcomer
from khuevan.registry.staff.api import VIEW_STAFF, Appointment, StaffMember
from khuevan.registry.students.api import VIEW_STUDENTS, Enrollment, Student


def seek_each(actor: Actor, unit_id: int, newcomers: Sequence[Newcomer]) -> Mapping[int, Problem]:
    """Return the warning of each newcomer who may be recorded already, by place."""
    are_staff = newcomers[0].is_staff
    alike = alike_each(newcomers, are_staff=are_staff)
    if not alike:
        return {}
    ids = {one.person_id for listed in alike.values() for one in listed}
    own = _own(actor, unit_id, ids, are_staff=are_staff)
    _note(actor, unit_id, [pk for pk in _first(alike, own) if pk not in own], are_staff=are_staff)
    return {place: _problem(listed, own, are_staff=are_staff) for place, listed in alike.items()}


def _first(alike: Mapping[int, Sequence[Alike]], own: Mapping[int, str]) -> Collection[int]:
    """Return of whom each newcomer is told: somebody of the unit, else the likeliest."""
    return {_told(listed, own).person_id for listed in alike.values()}


def _told(listed: Sequence[Alike], own: Mapping[int, str]) -> Alike:
    return next((one for one in listed if one.person_id in own), listed[0])


def _problem(listed: Sequence[Alike], own: Mapping[int, str], *, are_staff: bool) -> Problem:
    one = _told(listed, own)
    seen = one.verdict.comparison
    if one.person_id in own:
        params = {"who": own[one.person_id], "why": _coded(seen, WORDS)}
        return Problem("duplicates.alike_here", params, severity=Severity.WARNING)
    code = "duplicates.colleague_alike" if are_staff else "duplicates.alike_elsewhere"
    return Problem(code, {"why": _coded(seen, TOLD_OUTSIDE)}, severity=Severity.WARNING)


def _own(actor: Actor, unit_id: int, ids: Collection[int], *, are_staff: bool) -> dict[int, str]:
    """Return who of them has a record of the unit that the actor reads, with their names."""
    here: ScopedQuerySet[Any]
    rows: ScopedQuerySet[Any]
    if are_staff:
        here = Appointment.objects.unscoped(because=WHY).filter(unit_id=unit_id)
        rows = StaffMember.objects.visible_to(actor, VIEW_STAFF).filter(person__in=ids)
    else:
        here = Enrollment.objects.unscoped(because=WHY).filter(school_id=unit_id)
        rows = Student.objects.visible_to(actor, VIEW_STUDENTS).filter(person__in=ids)
    there = set(here.filter(person__in=ids).values_list("person_id", flat=True))
    reached = rows.filter(person__in=there).select_related("person")
    return {row.person_id: row.person.full_name for row in reached}


def _note(actor: Actor, unit_id: int, ids: Collection[int], *, are_staff: bool) -> None:
    """Write into the log of whose records somebody was told: once a day, however often asked."""
    now = clock.now()
    noted = AuditEntry.objects.unscoped(because=WHY).filter(
        code=audit_codes.TOLD_OF_RECORD,
        person_id__in=ids,
        actor_person_id=actor.person_id,
        unit_id=unit_id,
        at__gte=clock.midnight(actor.today),
    )
    known = set(noted.values_list("person_id", flat=True)) if ids else set()
    details = {"is_staff": are_staff}
    lines = [AuditLine(None, unit_id, pk, {}, {}, details) for pk in sorted(ids) if pk not in known]
    if lines:
        record_all(audit_codes.TOLD_OF_RECORD, actor=actor, at=now, lines=lines)


def _coded(seen: Comparison, facts: Collection[str]) -> str:
    """Return how facts compare as codes, to be told in the reader's language."""
    return " ".join(f"{fact}:{getattr(seen, fact)}" for fact in WORDS if fact in facts)


def why_told(coded: str) -> str:
    """Return what speaks for one person and what against, from the codes kept with a list."""
    parts = (part.partition(":") for part in coded.split())
    said = (WORDS[fact].get(Likeness(seen)) for fact, _colon, seen in parts)
    return "; ".join(str(words) for words in said if words)


FAULT_TEXTS = {
    "duplicates.alike_here": FaultText(
        _("May be the same person as %(who)s of the unit's records: %(why)s."),
        _("Look at that record; if it is the same person, write name and date as there."),
        {"why": why_told},
    ),
    "duplicates.alike_elsewhere": FaultText(
        _("A record that may be the same stands outside the unit: %(why)s."),
        _("If it is this pupil, leave the row out and ask for the transfer."),
        {"why": why_told},
    ),
    "duplicates.colleague_alike": FaultText(
        _("A record that may be the same stands outside the unit: %(why)s."),
        _("If it is this colleague, leave the row out and ask for the transfer."),
        {"why": why_told},
    ),
}
