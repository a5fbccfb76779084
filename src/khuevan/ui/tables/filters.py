"""Filters of a list. Their state is in the address; what no filter knows there is ignored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from khuevan.kernel.vietnamese import normalize

Text = str | Promise
Rows = QuerySet[Any]
LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with its words."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class TextFilter:
    """Words typed into the search field of the list."""

    label: Text
    narrow: Callable[[Rows, str], Rows]
    key: str = "q"
    kind = "text"

    def keep(self, values: Sequence[str]) -> list[str]:
        """Return the text without surplus blanks, or nothing."""
        text = normalize(values[-1])[:LONGEST_TEXT] if values else ""
        return [text] if text else []

    def apply(self, rows: Rows, values: Sequence[str]) -> Rows:
        """Keep the rows that match the text."""
        return self.narrow(rows, values[0])

    def words(self, value: str) -> str:
        """Return what the chip says."""
        return _("“%(text)s”") % {"text": value}


@dataclass(frozen=True, slots=True)
class ChoiceFilter:
    """One or several values out of a list of choices."""

    key: str
    label: Text
    choices: Sequence[Choice]
    narrow: Callable[[Rows, Sequence[str]], Rows]
    kind = "choice"

    def keep(self, values: Sequence[str]) -> list[str]:
        """Return the values that are choices, each once."""
        known = {choice.value for choice in self.choices}
        return [value for value in dict.fromkeys(values) if value in known]

    def apply(self, rows: Rows, values: Sequence[str]) -> Rows:
        """Keep the rows that have one of the values."""
        return self.narrow(rows, values)

    def words(self, value: str) -> str:
        """Return what the chip says."""
        return next((str(one.label) for one in self.choices if one.value == value), value)


@dataclass(frozen=True, slots=True)
class FlagFilter:
    """Yes, or not asked."""

    key: str
    label: Text
    narrow: Callable[[Rows], Rows]
    kind = "flag"

    def keep(self, values: Sequence[str]) -> list[str]:
        """Return yes when the address says so."""
        return ["1"] if "1" in values else []

    def apply(self, rows: Rows, values: Sequence[str]) -> Rows:
        """Keep the rows of which it is true."""
        return self.narrow(rows)

    def words(self, value: str) -> str:
        """Return what the chip says."""
        return str(self.label)


Filter = TextFilter | ChoiceFilter | FlagFilter


@dataclass(slots=True)
class BoundFilter:
    """A filter with the values that the address gives it."""

    filter: Filter
    values: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return its name in the address."""
        return self.filter.key

    @property
    def label(self) -> Text:
        """Return its words."""
        return self.filter.label

    @property
    def kind(self) -> str:
        """Return text, choice or flag."""
        return self.filter.kind

    @property
    def value(self) -> str:
        """Return the only value, or nothing."""
        return self.values[0] if self.values else ""

    @property
    def free_choices(self) -> list[Choice]:
        """Return the choices not chosen yet."""
        if not isinstance(self.filter, ChoiceFilter):
            return []
        return [choice for choice in self.filter.choices if choice.value not in self.values]

    def apply(self, rows: Rows) -> Rows:
        """Narrow the rows, when the address asks for it."""
        return self.filter.apply(rows, self.values) if self.values else rows
