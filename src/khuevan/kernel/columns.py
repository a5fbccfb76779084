"""Columns of big tables: a reference of four bytes where the key it points at has eight."""

from __future__ import annotations

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class NarrowForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A reference of four bytes: two thousand million rows are enough for a province's pupils."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type of the column."""
        return "integer"
