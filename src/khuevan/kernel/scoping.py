"""Rows that can't be held without saying who asks.

A model with school or personal data derives from `ScopedModel` and names its anchors. Its query
raises `UnscopedQueryError` the moment it would reach the database, by whatever path, unless it went
through `visible_to` or `unscoped`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Generic, Self, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, sql

from khuevan.kernel.actor import Actor, AnchorKind, Permission, Reach
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, not_over


class UnscopedQueryError(RuntimeError):
    """A query on personal or school data named neither an actor nor a reason: a bug."""


@dataclass(frozen=True, slots=True)
class Via:
    """An anchor that another dated table holds: what `column` of its rows of the day points at."""

    model: str
    column: str
    anchor: str | Via
    """The column with the anchor, or the table that leads on to it."""
    key: str = "pk"
    ahead: bool = False
    """Whether rows count before they begin: whoever has admitted somebody keeps the record."""
    only: str = ""
    """A column that has to be true, where not every row leads on."""

    def q(self, reach: Reach, *, on: date, key: str) -> Q:
        """Return the predicate for a reach on a date."""
        of_the_day = not_over(on) if self.ahead else in_force(on)
        within = (
            self.anchor.q(reach, on=on, key=self.anchor.key)
            if isinstance(self.anchor, Via)
            else Q(**{f"{self.anchor}__in": reach.ids})
        )
        if self.only:
            within &= Q(**{self.only: True})
        rows = apps.get_model(self.model)._base_manager.filter(of_the_day, within)
        return Q(**{f"{key}__in": rows.values(self.column)})


Anchors = Mapping[AnchorKind, "str | Via | tuple[str | Via, ...]"]
"""An anchor is a column, a path down to one, a dated table, or several of them (any will do)."""


class ScopedQuery(sql.Query):
    """A query that refuses to be compiled while nobody stands behind it."""

    scoped_by: str | None = None

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """Return the compiler, or raise when neither `visible_to` nor `unscoped` was called."""
        require_scope(self)
        return super().get_compiler(*args, **kwargs)


def require_scope(query: sql.Query) -> None:
    """Raise unless the query says on whose behalf, or why on nobody's."""
    if getattr(query, "scoped_by", None) is None:
        raise UnscopedQueryError(
            f"{getattr(query.model, '__name__', 'a table')} read without an actor: call "
            "visible_to(actor, permission), or unscoped(because=...) where a machine reads"
        )


M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M], Generic[M]):
    """The query set of every model with personal or school data."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None):
        super().__init__(model, query if query is not None else ScopedQuery(model), using, hints)

    def visible_to(self, actor: Actor, permission: Permission) -> Self:
        """Keep the rows of which some anchor is within the actor's reach for the permission."""
        tracked = getattr(self.model, "pgh_tracked_model", None)
        anchors: Anchors = getattr(tracked or self.model, "ANCHORS")  # noqa: B009  (both kinds have it)
        return self.visible_through(anchors, actor, permission)

    def visible_through(self, anchors: Anchors, actor: Actor, permission: Permission) -> Self:
        """Keep the rows that the actor reaches by these anchors, where others than the model's."""
        key = "pgh_obj_id" if hasattr(self.model, "pgh_tracked_model") else "pk"
        within = Q()
        for kind, anchor in anchors.items():
            reach = actor.reach(permission, kind)
            if reach.everything:
                return self._scoped(f"{permission.code} everywhere")
            if reach.ids:
                within |= _anchor_q(anchor, reach, on=actor.today, key=key)
        scoped = self._scoped(permission.code)
        return scoped.filter(within) if within else scoped.none()

    def unscoped(self, *, because: str) -> Self:
        """Read on nobody's behalf: for machines only, with the reason in the code."""
        return self._scoped(f"unscoped: {because}")

    def lock(self, pk: Any) -> M:
        """Return one row of this scope, locked for update, or raise `NotFound`."""
        row = self.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
        if row is None:
            raise NotFound
        return row

    def one(self, uuid: UUID) -> M:
        """Return the row with this uuid in this scope or raise `NotFound`."""
        row = self.filter(uuid=uuid).first()
        if row is None:
            raise NotFound
        return row

    def update(self, **kwargs: Any) -> int:
        """Update within the scope."""
        require_scope(self.query)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete within the scope."""
        require_scope(self.query)
        return super().delete()

    def _scoped(self, by: str) -> Self:
        clone = self.all()
        cast("ScopedQuery", clone.query).scoped_by = by
        return clone


def _anchor_q(anchor: str | Via | tuple[str | Via, ...], reach: Reach, *, on: date, key: str) -> Q:
    if isinstance(anchor, Via):
        return anchor.q(reach, on=on, key=key if anchor.key == "pk" else anchor.key)
    if isinstance(anchor, tuple):
        columns = (_anchor_q(one, reach, on=on, key=key) for one in anchor)
        return reduce(or_, columns, Q())
    return Q(**{f"{key if anchor == 'pk' else anchor}__in": reach.ids})


class ScopedManager(models.Manager[M], Generic[M]):
    """The default manager of a scoped model: hands out query sets that are not scoped yet."""

    def get_queryset(self) -> ScopedQuerySet[M]:
        """Return a query set that raises until it is scoped."""
        return ScopedQuerySet(self.model, using=self._db)

    def visible_to(self, actor: Actor, permission: Permission) -> ScopedQuerySet[M]:
        """Keep the rows within the actor's reach for the permission."""
        return self.get_queryset().visible_to(actor, permission)

    def unscoped(self, *, because: str) -> ScopedQuerySet[M]:
        """Read on nobody's behalf, saying why."""
        return self.get_queryset().unscoped(because=because)


class ScopedModel(models.Model):
    """A table with personal or school data; ANCHORS says how an actor reaches a row."""

    ANCHORS: ClassVar[Anchors] = {}

    objects = ScopedManager()

    class Meta:
        abstract = True
