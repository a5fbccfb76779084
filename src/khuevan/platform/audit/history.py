"""Row history by database triggers: one event table a model, scoped like the model itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeVar

import pghistory
from django.db import connection, models
from pghistory.models import Event

from khuevan.kernel.scoping import ScopedManager

M = TypeVar("M", bound=models.Model)


class ScopedEvent(Event):
    """The base of every history table: unscoped reads raise here too."""

    pgh_id = models.BigAutoField(primary_key=True)

    objects: ClassVar[ScopedManager[ScopedEvent]] = ScopedManager()  # type: ignore[assignment]

    class Meta:
        abstract = True


def track(
    *, exclude: tuple[str, ...] = (), read_by: tuple[str, ...] = ()
) -> Callable[[type[M]], type[M]]:
    """Keep every version of a model's rows (insert, update, delete), however written.

    `exclude` names fields that are copies of others, whose own history is kept; a row's number is
    in `pgh_obj` already. `read_by` names the fields by which a page finds versions: each gets an
    index. The change feed needs none, it reads in the order of writing.
    """

    def decorate(model: type[M]) -> type[M]:
        copies = {*exclude, "id"} & {field.name for field in model._meta.fields}
        tracked: type[M] = pghistory.track(
            pghistory.InsertEvent(level=pghistory.Statement),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=sorted(copies) or None,
            obj_field=pghistory.ObjForeignKey(related_name="history", null=True),
            model_name=f"{model.__name__}Event",
            base_model=ScopedEvent,
            meta={"indexes": [_index(model, name) for name in read_by]},
        )(model)
        return tracked

    return decorate


def _index(model: type[models.Model], field: str) -> models.Index:
    return models.Index(fields=(field,), name=f"{model._meta.model_name}_past_{field}"[:30])


def newest_versions(*tracked: type[models.Model]) -> tuple[int | None, ...]:
    """Return the number of each model's newest version: a change when any row of it changed.

    One query. Numbers are given before they are committed, so a late commit may change nothing.
    """
    tables = [_history_table(model) for model in tracked]
    newest = ", ".join(f"(SELECT max(pgh_id) FROM {name})" for name in tables)  # noqa: S608 (below)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {newest}")  # names of our own tables, quoted
        found: tuple[int | None, ...] = cursor.fetchone()
    return found


def _history_table(model: type[models.Model]) -> str:
    history = model._meta.get_field("history").related_model
    return connection.ops.quote_name(history._meta.db_table)  # type: ignore[union-attr]
