"""Two records taken apart again: what moved goes back, what came since stays with the kept one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.accounts.api import Person
from khuevan.registry.duplicates import audit_codes
from khuevan.registry.duplicates.actions.merging import (
    CLOSED,
    WHY,
    follow_moved,
    note_merge,
    settle,
)
from khuevan.registry.duplicates.actions.moving import (
    KNOWN,
    LIMITS,
    bring_along,
    bring_back,
    move_back,
)
from khuevan.registry.duplicates.errors import NoWayBack, ReasonNeeded, TakenApart
from khuevan.registry.duplicates.facts import PERSON, UNIQUE
from khuevan.registry.duplicates.models import PairState, PersonMerge
from khuevan.registry.duplicates.rows import BY_MODEL, model_of, rows_of
from khuevan.registry.duplicates.selectors import merges
from khuevan.registry.duplicates.telling import told_row
from khuevan.registry.staff.api import StaffMember
from khuevan.registry.students.api import Guardianship, GuardianshipLimit, Student


@transaction.atomic
def take_apart(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> PersonMerge:
    """Undo a merge: rows go back where they came from, facts as far as nobody changed them since.

    :raises NotFound: when there is none in reach
    :raises TakenApart, ReasonNeeded: when there is nothing to undo, or nobody says why
    :raises NoWayBack: when what was recorded since holds a place that is needed
    """
    made = merges(actor).select_for_update(of=("self",)).one(uuid)
    if made.undone_at is not None:
        raise TakenApart
    if not normalize(reason):
        raise ReasonNeeded
    people = Person.objects.unscoped(because=WHY).filter(pk__in=(made.kept_id, made.given_up_id))
    list(people.select_for_update(of=("self",)).order_by("pk"))
    for told in made.facts:
        _restore_facts(told)
    _check_guardianships(made)
    for link, keys in reversed(made.moved.items()):
        _return(made, link, keys)
    bring_along(made)
    try:
        with transaction.atomic():
            bring_back(made.removed)
    except IntegrityError as error:
        what = made.removed[-1]["model"]
        raise NoWayBack(what=told_row(f"{_label(what)}.x")) from error
    _return_limits(made)
    on = now.astimezone(VIETNAM).date()
    for person in people:
        settle(
            person,
            Student.objects.unscoped(because=WHY).filter(person=person).first(),
            StaffMember.objects.unscoped(because=WHY).filter(person=person).first(),
            on=on,
        )
    pupils = Student.objects.unscoped(because=WHY).filter(person__in=(made.kept, made.given_up))
    follow_moved(pupils, made.moved)
    made.undone_at, made.undone_by = now, actor.label[:200]
    made.undone_because = normalize(reason)
    made.save(update_fields=["undone_at", "undone_by", "undone_because"])
    made.pair.state, made.pair.reason = PairState.APART, made.undone_because
    made.pair.settled_at, made.pair.settled_by = now, made.undone_by
    made.pair.save(update_fields=["state", "reason", "settled_at", "settled_by"])
    note_merge(audit_codes.TAKEN_APART, actor, made, now=now, reason=made.undone_because)
    return made


def _check_guardianships(made: PersonMerge) -> None:
    """Refuse when a guardianship that stood for a removed one was limited or ended since.

    :raises NoWayBack: what came back would open again what was closed meanwhile
    """
    limits = GuardianshipLimit.objects.unscoped(because=WHY)
    rows = Guardianship.objects.unscoped(because=WHY)
    for link, known in made.moved.items():
        if link.startswith(f"{KNOWN}:"):
            stays = int(link.split(":")[1])
            if limits.filter(guardianship=stays).exclude(pk__in=known).exists():
                raise NoWayBack(what=told_row(LIMITS))
            if not rows.filter(pk=stays, ends_on__isnull=True).exists():
                raise NoWayBack(what=told_row("students.Guardianship.student"))


def _return(made: PersonMerge, link: str, keys: list[Any]) -> None:
    if link == CLOSED or ":" in link:
        return  # an account stays closed; a removed guardianship comes back before its limits
    source, target = _ends(made, link)
    try:
        move_back(link, keys, source=source, target=target)
    except IntegrityError as error:
        raise NoWayBack(what=told_row(link)) from error


def _return_limits(made: PersonMerge) -> None:
    """Let limits point at the guardianship again that was removed and is back."""
    for link, keys in made.moved.items():
        if link.startswith(f"{LIMITS}:"):
            _link, was, now = link.split(":")
            move_back(LIMITS, keys, source=int(now), target=int(was))


def _ends(made: PersonMerge, link: str) -> tuple[int, int]:
    """Return which row a link points at now, and which it pointed at before."""
    for told in made.facts:
        if link in BY_MODEL[told["model"]]:
            kept, given_up = told["rows"]
            return kept, given_up
    raise AssertionError(link)


def _restore_facts(told: dict[str, Any]) -> None:
    """Give both rows their facts of before, the kept one only those nobody changed since."""
    model: type[models.Model] = model_of(f"{told['model']}.x")
    rows = {row.pk: row for row in rows_of(model).filter(pk__in=told["rows"])}
    for pk, before, after in zip(told["rows"], told["before"], told["after"], strict=True):
        row: Any = rows[pk]
        values = {
            column: before[column]
            for column in before
            if row.serializable_value(column) == _value(row, column, after[column])
        }
        for column in UNIQUE:
            if column in values and values[column] and _is_taken(model, column, values[column], pk):
                del values[column]
        for column, value in values.items():
            setattr(row, column, _value(row, column, value))
        if told["model"] == PERSON:
            row.version += 1
            values["version"] = row.version
        if values:
            row.save(update_fields=list(values))


def _value(row: models.Model, column: str, told: Any) -> Any:
    field: Any = row._meta.get_field(column)
    return field.to_python(told)


def _is_taken(model: type[models.Model], column: str, value: Any, pk: int) -> bool:
    return rows_of(model).filter(**{column: value}).exclude(pk=pk).exists()


def _label(model: str) -> str:
    app, name = model.split(".")
    return model_of(f"{app}.{name}.x")._meta.label
