"""The control a cell is mended with: a choice where the field knows its values, else a line."""

from __future__ import annotations

from dataclasses import dataclass

from khuevan.platform.sheets.code_lists import CodeList
from khuevan.platform.sheets.layouts import Field
from khuevan.platform.sheets.parsing import Context

MOST_CHOICES = 80
SEXES = ("Nam", "Nữ")
DIGITS = frozenset(("personal_number", "phone", "year", "integer"))
SHORT = DIGITS | {"birth_date", "date"}


@dataclass(frozen=True, slots=True)
class Control:
    """A control with its value; `choices` are values of a list, the chosen one among them."""

    label: str
    value: str
    choices: tuple[str, ...] = ()
    is_short: bool = False
    is_digits: bool = False


def control_for(item: Field, context: Context, *, value: str, label: str) -> Control:
    """Return the control for a field."""
    choices = choices_of(item, context)
    if choices:
        return Control(label, value if value in choices else "", choices)
    return Control(label, value, is_short=item.kind in SHORT, is_digits=item.kind in DIGITS)


def choices_of(item: Field, context: Context) -> tuple[str, ...]:
    """Return the values a field may take, none when they are too many to choose from."""
    if item.kind == "sex":
        return SEXES
    known = context.codes.get(item.codes) if item.kind == "listed" else None
    names = tuple(entry.name for entry in (known or CodeList(())).entries)
    return names if len(names) <= MOST_CHOICES else ()
