"""Reading the feed: the versions written after a number, within the reader's reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.kernel.scoping import ScopedModel
from khuevan.platform.audit.api import complete_until
from khuevan.platform.feed.publications import Publication, Reference, publications

SPAN = 250_000
"""How many numbers one answer looks through at most, so that a far reader is answered in time."""

_OPERATIONS = {"insert": "CREATED", "update": "CHANGED", "delete": "DELETED"}


class UnknownResource(DomainError):
    """The feed carries no such resource, or none that the reader may follow."""

    code = "feed.unknown_resource"
    message = _("%(names)s can't be followed. What can: %(own)s.")
    status = 422


@dataclass(frozen=True, slots=True)
class Change:
    """One version of one row: after it the row is so, or is no more."""

    number: int
    at: datetime
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


def followed(actor: Actor, names: Sequence[str] = ()) -> list[Publication]:
    """Return what an actor may follow, of these names only when given.

    :raises UnknownResource: for a name that is not among them
    """
    own = {one.resource: one for one in publications if actor.may(one.permission)}
    unknown = [name for name in names if name not in own]
    if unknown:
        raise UnknownResource(names=", ".join(unknown), own=", ".join(own))
    return [own[name] for name in dict.fromkeys(names)] if names else list(own.values())


def changes(*, actor: Actor, followed: Iterable[Publication], after: int, limit: int) -> Part:
    """Return the next changes after a number, oldest first, none of them twice or too early."""
    complete = complete_until()
    until = min(complete, after + SPAN)
    found: list[tuple[int, Publication, dict[str, Any]]] = []
    for one in followed:
        rows = _rows(actor, one, after, until)[: limit + 1]
        found.extend((row["pgh_id"], one, row) for row in rows)
    found.sort(key=lambda entry: entry[0])
    if len(found) <= limit:
        return Part(_told(found), max(until, after), has_more=until < complete)
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
    return rows.filter(pgh_id__gt=after, pgh_id__lte=until).order_by("pgh_id").values(*names)


def _told(page: Sequence[tuple[int, Publication, dict[str, Any]]]) -> list[Change]:
    names = _names_of_referred(page)
    return [
        Change(
            number=number,
            at=row["pgh_created_at"],
            resource=one.resource,
            key=row["uuid"] if one.has_uuid else one.key_of(row["pgh_obj_id"]),
            operation=_OPERATIONS[row["pgh_label"]],
            data={name: _value(source, row, names) for name, source in one.fields.items()},
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
