"""What the feed carries: each app publishes its tables by registration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.db import models

from khuevan.kernel.actor import Permission
from khuevan.kernel.registry import Registry
from khuevan.kernel.scoping import Anchors, ScopedModel

_UNNAMED = UUID("6b7f0d1e-6f0e-4b0a-9d54-1b1f7f6c2a10")
"""The namespace of the keys of rows that have no uuid of their own."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that points at another row, told by that row's public name ("uuid", "code")."""

    column: str
    model: type[models.Model]
    gives: str = "uuid"


@dataclass(frozen=True, slots=True)
class Publication:
    """One table of the feed: who gets its changes, and which of its columns they carry.

    Private facts (numbers, ethnicity, health) are never carried: they are read at the record,
    where the reading is logged.
    """

    resource: str
    model: type[models.Model]
    permission: Permission
    fields: Mapping[str, str | Reference] = field(default_factory=dict)
    is_personal: bool = True
    """Whether it tells of people, so that whoever stands outside the school says why."""
    only: Mapping[str, str] = field(default_factory=dict)
    """What rows have to be, where a table holds several things."""
    anchors: Anchors | None = None
    """How an actor reaches a row, where the model's own anchors are too narrow for the feed."""

    @property
    def history(self) -> Any:
        """Return the history table."""
        return self.model._meta.get_field("history").related_model

    @property
    def has_uuid(self) -> bool:
        """Return whether rows have a uuid of their own."""
        return any(column.name == "uuid" for column in self.model._meta.concrete_fields)

    @property
    def is_scoped(self) -> bool:
        """Return whether rows are reached through a scope; else everybody may know them."""
        return issubclass(self.model, ScopedModel)

    def key_of(self, pk: int) -> UUID:
        """Return a lasting key for a row without a uuid."""
        return uuid5(_UNNAMED, f"{self.resource}:{pk}")


publications: Registry[Publication] = Registry("publication")


def publish(publication: Publication) -> Publication:
    """Let a table's changes into the feed."""
    return publications.register(publication.resource, publication)
