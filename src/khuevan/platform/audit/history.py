"""Row history by database triggers: one event table a model, scoped like the model itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeVar

import pghistory
from django.db import models
from pghistory.models import Event

from khuevan.kernel.scoping import ScopedManager

M = TypeVar("M", bound=models.Model)


class ScopedEvent(Event):
    """The base of every history table: unscoped reads raise here too."""

    pgh_id = models.BigAutoField(primary_key=True)

    objects: ClassVar[ScopedManager[ScopedEvent]] = ScopedManager()  # type: ignore[assignment]

    class Meta:
        abstract = True


def track(*, exclude: tuple[str, ...] = ()) -> Callable[[type[M]], type[M]]:
    """Keep every version of a model's rows (insert, update, delete), however written."""

    def decorate(model: type[M]) -> type[M]:
        tracked: type[M] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude) or None,
            obj_field=pghistory.ObjForeignKey(related_name="history", null=True),
            model_name=f"{model.__name__}Event",
            base_model=ScopedEvent,
        )(model)
        return tracked

    return decorate
