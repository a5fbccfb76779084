"""What came after: changes of the rows that were written, and rows that now lean on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext as _

from khuevan.kernel.scoping import ScopedModel
from khuevan.platform.audit.guards import is_actor_hidden
from khuevan.platform.audit.history import ScopedEvent
from khuevan.platform.audit.models import AuditEntry
from khuevan.platform.audit.reversal import rules
from khuevan.platform.audit.reversal.fields import FieldChange, changes_of_rows
from khuevan.platform.audit.reversal.rules import Asked
from khuevan.platform.audit.reversal.trail import (
    VERSION,
    Trail,
    history_of,
    kept_columns,
    key_column,
    table,
    tracked,
    within,
)
from khuevan.platform.audit.telling import doer_of

WHY = "what was written by somebody who now asks to take it back, reached through its unit"
_OWNERS = (
    "student_person", "person", "student", "staff_member", "homeroom_class", "school", "unit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Later:
    """One later fact: the row that was written, and what came since, by whom and when."""

    label: str
    key: Any
    subject: str
    what: str
    who: str
    at: datetime | None
    about: frozenset[tuple[str, Any]] = frozenset()
    """The row itself and those it belongs to, by label and key: a list finds its row by them."""
    changes: tuple[FieldChange, ...] = ()
    """What of the row itself is not as it was left, as far as the asker may read it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A row that was written, the row that came since, and the word for it where one is given."""

    label: str
    key: Any
    by: str
    by_key: Any
    word: str = ""


def later_than(trail: Trail, asked: Asked, *, told: int) -> tuple[list[Later], int]:
    """Return what forbids to take rows back, the first few told in full, and how many there are."""
    found = [*_changed(trail), *_leaning(trail), *_objected(trail, asked)]
    return _told(trail, asked, found[:told]), len(found)


def _changed(trail: Trail) -> Iterator[_Found]:
    """Yield rows that are not as they were left."""
    for label, rows in trail.rows.items():
        if label in rules.follows:
            continue
        for key in changed_since(trail, label):
            yield _Found(label, key, label, key)
        if len(trail.spans) > 1:
            firsts = {one.key: one.first for one in rows.values()}
            for key in _changed_between(trail, label, firsts):
                yield _Found(label, key, label, key)


def changed_since(trail: Trail, label: str) -> list[Any]:
    """Return the keys of rows of a table that are not as the trail left them."""
    rows = trail.rows.get(label, {})
    model = tracked()[label]
    compared = (name for name in kept_columns(model) if name != VERSION)
    key, columns = key_column(model), _quoted(compared)
    there = ", ".join(f"l.{name}" for name in columns)
    left = ", ".join(f"e.{name}" for name in columns)
    differs = f"ROW({there}) IS DISTINCT FROM ROW({left})" if columns else "false"
    query = f"""
        SELECT e.pgh_obj_id FROM {table(history_of(model))} e
        LEFT JOIN {table(model)} l ON l.{key} = e.pgh_obj_id
        WHERE e.pgh_id = ANY(%s) AND CASE WHEN e.pgh_label = 'delete' THEN l.{key} IS NOT NULL
            ELSE l.{key} IS NULL OR {differs} END
        ORDER BY e.pgh_id
    """  # noqa: S608 (names of our own tables, quoted)
    return _column(query, [[one.last for one in rows.values()]])


def _changed_between(trail: Trail, label: str, firsts: dict[Any, int]) -> list[Any]:
    """Return rows that somebody else changed between two spans."""
    own, given = within(trail.spans)
    query = f"""
        SELECT pgh_obj_id, pgh_id FROM {table(history_of(tracked()[label]))}
        WHERE pgh_id > %s AND pgh_id <= %s AND pgh_obj_id = ANY(%s) AND NOT {own}
    """  # noqa: S608 (names of our own tables, quoted)
    after = min(span.after for span in trail.spans)
    with connection.cursor() as cursor:
        cursor.execute(query, [after, trail.until, list(firsts), *given])
        return sorted({key for key, number in cursor.fetchall() if number > firsts[key]})


def _leaning(trail: Trail) -> Iterator[_Found]:
    """Yield rows that came since and point at what would go, or bind what would change back."""
    for model, column in references():
        if model._meta.label in rules.stays:
            continue
        target = column.related_model._meta.label
        made = trail.made(target)
        if made:
            for key, pointed in leaning_on(trail, model, column, made):
                yield _Found(target, pointed, model._meta.label, key)
        changed = trail.changed(target) if link_of(model, column) in rules.binds else []
        if changed:
            fresh = _written_since(trail, model, leaning_on(trail, model, column, changed))
            for key, pointed in fresh:
                yield _Found(target, pointed, model._meta.label, key)


def references() -> Iterator[tuple[type[models.Model], models.ForeignKey[Any, Any]]]:
    """Yield every column of every table that the database holds to rows of another."""
    for model in apps.get_models():
        if issubclass(model, ScopedEvent):
            continue
        for column in model._meta.concrete_fields:
            if isinstance(column, models.ForeignKey) and getattr(column, "db_constraint", True):
                yield model, column


def leaning_on(
    trail: Trail,
    model: type[models.Model],
    column: models.ForeignKey[Any, Any],
    keys: Sequence[Any],
) -> list[tuple[Any, Any]]:
    """Return rows, that are not of the trail and do not go along, with what they point at."""
    rows = rows_of(model).filter(**{f"{column.name}__in": list(keys)})
    along = (
        rules.goes_along.get(link) if (link := link_of(model, column)) in rules.goes_along else None
    )
    if along is not None:
        rows = rows.exclude(along) if along else rows.none()  # an empty Q excludes nobody
    own = trail.rows.get(model._meta.label, {})
    listed = rows.order_by("pk").values_list("pk", column.attname)
    return [(key, pointed) for key, pointed in listed if key not in own]


def link_of(model: type[models.Model], column: models.ForeignKey[Any, Any]) -> str:
    """Return `app.Model.column`."""
    return f"{model._meta.label}.{column.name}"


def rows_of(model: type[models.Model]) -> Any:
    """Return all rows of a model."""
    manager = model._default_manager
    if issubclass(model, ScopedModel):
        return manager.unscoped(because=WHY)  # type: ignore[attr-defined]
    return manager.all()


def _written_since(
    trail: Trail, model: type[models.Model], found: Sequence[tuple[Any, Any]]
) -> list[tuple[Any, Any]]:
    if not found or model._meta.label not in tracked():
        return list(found)
    query = f"""
        SELECT pgh_obj_id FROM {table(history_of(model))}
        WHERE pgh_id > %s AND pgh_obj_id = ANY(%s)
    """  # noqa: S608 (names of our own tables, quoted)
    fresh = set(_column(query, [trail.until, [key for key, _pointed in found]]))
    return [one for one in found if one[0] in fresh]


def _objected(trail: Trail, asked: Asked) -> Iterator[_Found]:
    made = {label: trail.made(label) for label in trail.rows}
    changed = {label: trail.changed(label) for label in trail.rows}
    for ask in rules.objections:
        for one in ask(asked, made, changed):
            yield _Found(one.label, one.key, "", None, one.word)


def _told(trail: Trail, asked: Asked, found: Iterable[_Found]) -> list[Later]:
    """Say each later fact in words, with who recorded it and when."""
    listed = list(found)
    writers = {
        by: _writers(trail, asked, by, [one.by_key for one in listed if one.by == by])
        for by in {one.by for one in listed}
    }
    rows = {
        label: _rows(trail, label, [one.key for one in listed if one.label == label])
        for label in {one.label for one in listed}
    }
    changes = {
        label: changes_of_rows(trail, asked, label, [one.key for one in listed if one.by == label])
        for label in {one.label for one in listed if one.by == one.label}
    }
    told = []
    for one in listed:
        who, at = writers[one.by].get(one.by_key, ("", None))
        what = one.word or word_of(one.by)
        row = rows[one.label].get(one.key)
        subject = _subject(row) if row is not None else ""
        about = frozenset({(one.label, one.key), *(_belongs_to(row) if row is not None else ())})
        is_own = (one.label, one.key) == (one.by, one.by_key)
        fields = changes.get(one.by, {}).get(one.key, ()) if is_own else ()
        told.append(Later(one.label, one.key, subject, what, who, at, about, fields))
    return told


def word_of(label: str) -> str:
    """Return what a row of a table is called."""
    return str(rules.row_words.get(label)) if label in rules.row_words else _("another entry")


def _writers(
    trail: Trail, asked: Asked, label: str, keys: Sequence[Any]
) -> dict[Any, tuple[str, datetime | None]]:
    """Return who wrote rows last, and when; whom the asker may not name stays unnamed."""
    if label in rules.signed:
        rows = rows_of(apps.get_model(label)).filter(pk__in=list(keys))
        return {row.pk: rules.signed.get(label)(row) for row in rows}
    if label not in tracked():
        return {}
    history = history_of(tracked()[label]).objects.unscoped(because=WHY)
    versions = history.filter(pgh_id__gt=trail.until, pgh_obj_id__in=list(keys)).order_by("pgh_id")
    last = {one.pgh_obj_id: one for one in versions}
    requests = {key: _request(one) for key, one in last.items()}
    entries = AuditEntry.objects.unscoped(because=WHY).filter(request_id__in=requests.values())
    marked: Iterable[AuditEntry] = entries.annotate(  # type: ignore[no-redef]  # defaults there
        is_actor_hidden=is_actor_hidden(asked.actor)
    ).order_by("pk")
    names = {entry.request_id: doer_of(entry) for entry in marked}
    return {key: (names.get(requests[key], ""), one.pgh_created_at) for key, one in last.items()}


def _request(version: Any) -> UUID | None:
    told = (version.pgh_context or {}).get("request")
    return UUID(told) if told else version.pgh_context_id


def _rows(trail: Trail, label: str, keys: Sequence[Any]) -> dict[Any, models.Model]:
    """Return rows with those they belong to; of one that is gone, as it was left."""
    model = tracked()[label]
    owners = [one.name for one in _owners(model)]
    rows = rows_of(model).filter(pk__in=list(keys))
    found = {row.pk: row for row in (rows.select_related(*owners) if owners else rows)}
    gone = [trail.rows[label][key].last for key in set(keys) - found.keys()]
    history = history_of(model).objects.unscoped(because=WHY).filter(pgh_id__in=gone)
    return found | {version.pgh_obj_id: version for version in history}


def _owners(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    held = {one.name: one for one in model._meta.concrete_fields}
    return [held[name] for name in _OWNERS if isinstance(held.get(name), models.ForeignKey)]  # type: ignore[misc]


def _subject(row: models.Model) -> str:
    """Return whom or what a row is about."""
    owners = _owners(type(row))
    return str(getattr(row, owners[0].name) if owners else row)


def _belongs_to(row: models.Model) -> Iterator[tuple[str, Any]]:
    for one in _owners(type(row)):
        yield one.related_model._meta.label, getattr(row, one.attname)


def _quoted(names: Iterable[str]) -> list[str]:
    return [connection.ops.quote_name(name) for name in names]


def _column(query: str, given: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return [row[0] for row in cursor.fetchall()]
