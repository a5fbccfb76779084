"""Reading the feed: the versions written after a number, within the reader's reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.kernel.scoping import ScopedModel
from khuevan.platform.audit.api import complete_until
from khuevan.platform.feed.publications import Publication, Reference, publications
from khuevan.platform.feed.reach import (
    ENTERED,
    LEFT,
    columns_of,
    crossings,
    fingerprint,
    present,
)
from khuevan.ui.tables import part_of

SPAN = 250_000
"""How many numbers one answer looks through at most, so that a far reader is answered in time."""

_OPERATIONS = {
    "insert": "CREATED",
    "update": "CHANGED",
    "delete": "DELETED",
    ENTERED: ENTERED,
    LEFT: LEFT,
}


class UnknownResource(DomainError):
    """The feed carries no such resource, or none that the reader may follow."""

    code = "feed.unknown_resource"
    message = _("%(names)s can't be followed. What can: %(own)s.")
    status = 422


class NumberAhead(DomainError):
    """The reader is further than anything was written: another database, or an older backup."""

    code = "feed.number_ahead"
    message = _(
        "Nothing was written up to number %(after)d yet; the last is %(last)d. The database may"
        " have been restored from a backup: begin again with a snapshot."
    )
    status = 409


@dataclass(frozen=True, slots=True)
class Change:
    """One version of one row: after it the row is so, or is no more."""

    number: int
    at: datetime | None
    """When it was written; nothing where no version of the row itself is told."""
    resource: str
    key: UUID
    operation: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the feed: ask on with `next`; `has_more` while there is something left to read."""

    changes: list[Change]
    next: int
    has_more: bool
    reach: str = ""
    """What to give back with the next question, so that a change of one's reach is noticed."""
    resync: bool = False
    """Whether the reader's own reach changed: what it holds has to be read anew, whole."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A part of what is there now; follow the changes from the first part's `next` on."""

    rows: list[Change]
    next: int
    cursor: str
    reach: str


def followed(actor: Actor, names: Sequence[str] = ()) -> list[Publication]:
    """Return what an actor may follow, of these names only when given.

    :raises UnknownResource: for a name that is not among them
    """
    own = {one.resource: one for one in publications if actor.may(one.permission)}
    unknown = [name for name in names if name not in own]
    if unknown:
        raise UnknownResource(names=", ".join(unknown), own=", ".join(own))
    return [own[name] for name in dict.fromkeys(names)] if names else list(own.values())


def changes(
    *,
    actor: Actor,
    followed: Sequence[Publication],
    after: int,
    limit: int,
    seen_on: date | None = None,
    reach: str = "",
) -> Part:
    """Return the next changes after a number, oldest first, none of them twice or too early.

    With them what came into reach, or left it, by a change of something else or since a day.

    :raises NumberAhead: when the number was never given
    """
    own = fingerprint(actor, followed)
    part = _changes(actor, followed, after, limit)
    told = _with_crossings(actor, followed, after, part, seen_on)
    return replace(part, changes=told, reach=own, resync=bool(reach) and reach != own)


def snapshot(*, actor: Actor, followed: Publication, cursor: str, limit: int) -> Snapshot:
    """Return a part of a publication's rows as they are now, within the reader's reach."""
    complete, own = complete_until(), fingerprint(actor, [followed])
    rows, more = part_of(present(actor, followed), ("pk",), cursor, size=limit)
    return Snapshot(_told([_entry(complete, followed, row) for row in rows]), complete, more, own)


def _with_crossings(
    actor: Actor,
    followed: Sequence[Publication],
    after: int,
    part: Part,
    seen_on: date | None,
) -> list[Change]:
    crossed = crossings(actor, followed, after=after, until=part.next, seen_on=seen_on)
    known = {(one.resource, one.key) for one in part.changes}
    told = _told([_entry(c.number, c.publication, c.row, is_within=c.is_within) for c in crossed])
    fresh = [one for one in told if one.operation == LEFT or (one.resource, one.key) not in known]
    return sorted([*part.changes, *fresh], key=lambda one: one.number)


def _entry(
    number: int,
    one: Publication,
    row: Any,
    *,
    is_within: bool = True,
) -> tuple[int, Publication, dict[str, Any]]:
    """Return a row that is there as if it were a version of it."""
    fields: dict[str, Any] = {
        "pgh_id": number,
        "pgh_label": ENTERED if is_within else LEFT,
        "pgh_created_at": None,
        "pgh_obj_id": row.pk,
        **columns_of(one, row),
    }
    if one.has_uuid:
        fields["uuid"] = row.uuid
    return number, one, fields


def _changes(actor: Actor, followed: Iterable[Publication], after: int, limit: int) -> Part:
    complete = complete_until()
    if after > complete:
        raise NumberAhead(after=after, last=complete)
    until = min(complete, after + SPAN)
    found: list[tuple[int, Publication, dict[str, Any]]] = []
    for one in followed:
        rows = _rows(actor, one, after, until)[: limit + 1]
        found.extend((row["pgh_id"], one, row) for row in rows)
    found.sort(key=lambda entry: entry[0])
    if len(found) <= limit:
        return Part(_told(found), until, has_more=until < complete)
    last = found[limit - 1][0]
    page = [entry for entry in found if entry[0] <= last]  # old numbers may be equal
    return Part(_told(page), last, has_more=True)


def _rows(actor: Actor, one: Publication, after: int, until: int) -> Any:
    """Return a table's versions between two numbers as plain rows."""
    history = one.history.objects
    if not one.is_scoped:
        rows = history.unscoped(because="the directory of units is public")
    elif one.anchors is None:
        rows = history.visible_to(actor, one.permission)
    else:
        rows = history.get_queryset().visible_through(one.anchors, actor, one.permission)
    columns = {f.column if isinstance(f, Reference) else f for f in one.fields.values()}
    names = {"pgh_id", "pgh_label", "pgh_created_at", "pgh_obj_id", *columns}
    if one.has_uuid:
        names.add("uuid")
    return (
        rows.filter(pgh_id__gt=after, pgh_id__lte=until, **one.only)
        .order_by("pgh_id")
        .values(*names)
    )


def _told(page: Sequence[tuple[int, Publication, dict[str, Any]]]) -> list[Change]:
    names = _names_of_referred(page)
    return [
        Change(
            number=number,
            at=row["pgh_created_at"],
            resource=one.resource,
            key=row["uuid"] if one.has_uuid else one.key_of(row["pgh_obj_id"]),
            operation=_OPERATIONS[row["pgh_label"]],
            data={}
            if row["pgh_label"] == LEFT
            else {name: _value(source, row, names) for name, source in one.fields.items()},
        )
        for number, one, row in page
    ]


def _value(source: str | Reference, row: dict[str, Any], names: dict[Any, Any]) -> Any:
    if isinstance(source, str):
        return row[source]
    return names.get((source.model, source.gives, row[source.column]))


def _names_of_referred(page: Iterable[tuple[int, Publication, dict[str, Any]]]) -> dict[Any, Any]:
    """Return the public names of all rows a page points at: one query a table."""
    wanted: dict[tuple[type[Any], str], set[int]] = defaultdict(set)
    for _number, one, row in page:
        for source in one.fields.values():
            if isinstance(source, Reference) and row[source.column] is not None:
                wanted[source.model, source.gives].add(row[source.column])
    names: dict[Any, Any] = {}
    for (model, gives), ids in wanted.items():
        rows = _everything(model).filter(pk__in=ids).values_list("pk", gives)
        names |= {(model, gives, pk): name for pk, name in rows}
    return names


def _everything(model: type[Any]) -> Any:
    if issubclass(model, ScopedModel):
        manager = cast("Any", model.objects)
        return manager.unscoped(because="the public names of rows that a change points at")
    return model._default_manager.all()
