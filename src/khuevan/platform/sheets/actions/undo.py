"""A written list taken back as a whole, while nothing leans on it: all of it or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import (
    Asked,
    AuditLine,
    Later,
    Span,
    Trail,
    later_than,
    lock_rows,
    record,
    record_all,
    trail_of,
)
from khuevan.platform.audit.api import (
    reverse as reverse_rows,
)
from khuevan.platform.jobs.api import start_job
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.actions.doors import lock_import
from khuevan.platform.sheets.actions.write import UNIT_LOCK, lock_unit
from khuevan.platform.sheets.errors import NotUndoable, StillNeeded
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import ImportState, SheetImport
from khuevan.platform.sheets.permissions import UNDO_IMPORTS
from khuevan.platform.sheets.selectors import get_import_for

UNDO = "sheets.undo"
MOST_TOLD = 50
PERSON = "accounts.Person"


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking a list back would do, and what forbids it."""

    removed: dict[str, int]
    """How many entries of each table would go, by the label of their model."""
    returned: dict[str, int]
    """How many would be as they were before."""
    later: list[Later]
    """The first later facts that lean on the list."""
    later_count: int


def undoing_of(*, actor: Actor, uuid: UUID) -> Undoing:
    """Tell what taking a list back would do, as the records stand; nothing is locked or written.

    :raises NotFound: when the actor may not take it back
    :raises NotUndoable: when there is nothing to take back
    """
    sheet_import = get_import_for(actor, uuid)
    _check_may(actor, sheet_import)
    trail = trail_of(_spans(sheet_import))
    later, count = later_than(trail, _asked(actor, sheet_import), told=MOST_TOLD)
    removed, returned = _counts(trail)
    return Undoing(removed, returned, later, count)


@transaction.atomic
def order_undo(*, actor: Actor, uuid: UUID, now: datetime) -> SheetImport:
    """Order a list to be taken back, in the background. A second press changes nothing.

    :raises NotFound: when the actor may not take it back
    :raises NotUndoable: when there is nothing to take back
    :raises StillNeeded: when something recorded since leans on it
    """
    sheet_import = lock_import(actor, uuid)
    if sheet_import.state in {ImportState.UNDOING, ImportState.UNDONE}:
        _check_reach(actor, sheet_import)
        return sheet_import
    _check_may(actor, sheet_import)
    _refuse_needed(trail_of(_spans(sheet_import)), _asked(actor, sheet_import))
    job = start_job(
        UNDO,
        actor=actor,
        now=now,
        unit_id=sheet_import.unit_id,
        params={"uuid": str(sheet_import.uuid), "state": sheet_import.state},
        title_params={"name": sheet_import.file_name},
        one_at_a_time=f"sheets.unit:{sheet_import.unit_id}",
        url=reverse("sheets:import", args=[sheet_import.uuid]),
    )
    sheet_import.state, sheet_import.job_uuid = ImportState.UNDOING, job.uuid
    sheet_import.problem = ""
    sheet_import.save(update_fields=["state", "job_uuid", "problem"])
    return sheet_import


@transaction.atomic
def apply_undo(*, actor: Actor, uuid: UUID, now: datetime) -> SheetImport:
    """Take an ordered list back: one transaction. Run again after it is done, it does nothing.

    :raises NotFound: when who ordered it may not take it back any more
    :raises StillNeeded: when something recorded since leans on it
    """
    sheet_import = lock_import(actor, uuid)
    if sheet_import.state == ImportState.UNDOING:
        _check_reach(actor, sheet_import)
        _undo(actor, sheet_import, now=now)
    return sheet_import


@transaction.atomic
def undo_import(*, actor: Actor, uuid: UUID, now: datetime) -> SheetImport:
    """Take a list back at once, in the caller's own time: for the command line.

    :raises NotFound: when the actor may not take it back
    :raises NotUndoable: when there is nothing to take back
    :raises StillNeeded: when something recorded since leans on it
    """
    sheet_import = lock_import(actor, uuid)
    _check_may(actor, sheet_import)
    _undo(actor, sheet_import, now=now)
    return sheet_import


def leave_written(*, uuid: UUID, state: str, problem: str) -> None:
    """Let a list stay written that was not taken back; a step of the job's own end."""
    SheetImport.objects.unscoped(because="the job that was to take it back has ended").filter(
        uuid=uuid, state=ImportState.UNDOING
    ).update(state=state, problem=problem[:300])


def _check_may(actor: Actor, sheet_import: SheetImport) -> None:
    _check_reach(actor, sheet_import)
    if not sheet_import.may_be_undone:
        raise NotUndoable


def _check_reach(actor: Actor, sheet_import: SheetImport) -> None:
    """Refuse who may not take lists of the unit back, or not add what this one promised."""
    importer = importers.get(sheet_import.kind)
    needed = [UNDO_IMPORTS, importer.permission]
    needed += [one.permission for one in importer.remedies if one.code in sheet_import.promised]
    if not all(sheet_import.unit_id in actor.reach(one, "school") for one in needed):
        raise NotFound


def _undo(actor: Actor, sheet_import: SheetImport, *, now: datetime) -> None:
    lock_unit(UNIT_LOCK, sheet_import.unit_id)
    trail, asked = trail_of(_spans(sheet_import)), _asked(actor, sheet_import)
    lock_rows(trail)
    _refuse_needed(trail, asked)
    try:
        with transaction.atomic():
            reverse_rows(trail, asked)
            _check_constraints()
    except IntegrityError as error:
        raise StillNeeded(count=1, first=_("another entry")) from error
    removed, returned = _counts(trail)
    sheet_import.state, sheet_import.written = ImportState.UNDONE, []
    sheet_import.undone_by, sheet_import.ended_at = actor.label[:200], now
    sheet_import.problem = ""
    sheet_import.save(update_fields=["state", "written", "undone_by", "ended_at", "problem"])
    record(
        audit_codes.UNDONE,
        actor=actor,
        at=now,
        target=sheet_import,
        unit_id=sheet_import.unit_id,
        details={"removed": sum(removed.values()), "returned": sum(returned.values())},
    )
    people = Person.objects.unscoped(because="whose records a list changed that is taken back")
    record_all(
        audit_codes.RETURNED,
        actor=actor,
        at=now,
        lines=[
            AuditLine(target=person, unit_id=sheet_import.unit_id, person_id=person.pk)
            for person in people.filter(pk__in=trail.changed(PERSON)).order_by("pk")
        ],
    )


def _check_constraints() -> None:
    """Ask the database now what it would ask at the end: whether anything points into the void."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _refuse_needed(trail: Trail, asked: Asked) -> None:
    later, count = later_than(trail, asked, told=1)
    if count:
        first = ": ".join(filter(None, (later[0].subject, later[0].what)))
        raise StillNeeded(count=count, first=first)


def _asked(actor: Actor, sheet_import: SheetImport) -> Asked:
    permission = importers.get(sheet_import.kind).permission
    return Asked(actor, sheet_import.unit_id, actor.today, permission)


def _spans(sheet_import: SheetImport) -> list[Span]:
    return [Span.from_data(data) for data in sheet_import.written]


def _counts(trail: Trail) -> tuple[dict[str, int], dict[str, int]]:
    removed: Counter[str] = Counter()
    returned: Counter[str] = Counter()
    for label, one in trail.each():
        (removed if one.is_made else returned)[label] += 1
    return dict(removed), dict(returned)
