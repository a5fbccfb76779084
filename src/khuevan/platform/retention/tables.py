"""The kinds, the files whose time is over and what was destroyed, as tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.clock import VIETNAM
from khuevan.platform.regulations.api import sureness
from khuevan.platform.retention.kinds import Kind, kinds
from khuevan.platform.retention.models import DestroyedFile, Destruction
from khuevan.platform.retention.rules import kept_until
from khuevan.ui.formats import day, number
from khuevan.ui.tables import Cell, Head, ReadyTable, Row

KIND_COLUMNS = (
    Head(gettext_lazy("Kind of records")),
    Head(gettext_lazy("Kept for")),
    Head(gettext_lazy("Counted from")),
    Head(gettext_lazy("By which text")),
    Head(gettext_lazy("How sure")),
)
OVER_COLUMNS = (
    Head(gettext_lazy("Whose")),
    Head(gettext_lazy("File")),
    Head(gettext_lazy("Unit")),
    Head(gettext_lazy("Counted from"), "r"),
    Head(gettext_lazy("Kept until"), "r"),
)
DONE_COLUMNS = (
    Head(gettext_lazy("Kind of records")),
    Head(gettext_lazy("Decision")),
    Head(gettext_lazy("Unit")),
    Head(gettext_lazy("How many files"), "r"),
    Head(gettext_lazy("Destroyed by")),
    Head(gettext_lazy("Destroyed on"), "r"),
)
LIST_COLUMNS = (
    Head(gettext_lazy("Whose")),
    Head(gettext_lazy("File")),
    Head(gettext_lazy("Kept until"), "r"),
    Head(gettext_lazy("SHA-256")),
)
FILES = "file"
"""What the boxes of chosen files are called."""


def kind_table(found: Iterable[Kind]) -> ReadyTable:
    """Return the kinds, each with how long it is kept."""
    rows = [
        Row(
            label=one.name,
            url=reverse("retention:kind", args=[one.code]),
            key=one.code,
            cells=(
                Cell(one.kept),
                Cell(one.since),
                Cell(one.by_text, css="nowrap"),
                Cell(pill=sureness(one.confidence)),
            ),
        )
        for one in found
    ]
    return ReadyTable(_("What is kept how long"), KIND_COLUMNS, rows)


def over_table(
    files: Iterable[Any], kind: Kind, *, units: Mapping[int, str], chosen: Collection[str]
) -> ReadyTable:
    """Return files whose time is over, as the source annotates them, with a box each."""
    rows = [
        Row(
            label=one.kept_whose,
            key=str(one.uuid),
            on=str(one.uuid) in chosen,
            cells=(
                Cell(one.name),
                Cell(units.get(one.kept_unit, "")),
                Cell(day(one.kept_since), css="r num nowrap", named=_("Counted from")),
                Cell(
                    day(kept_until(one.kept_since, kind.term.years)),
                    css="r num nowrap",
                    named=_("Kept until"),
                ),
            ),
        )
        for one in files
    ]
    return ReadyTable(_("Files whose time is over"), OVER_COLUMNS, rows, select=FILES)


def done_table(rows: Iterable[Destruction], *, units: Mapping[int, str]) -> ReadyTable:
    """Return what was destroyed, by which decision."""
    drawn = [
        Row(
            label=kinds()[one.kind].name if one.kind in kinds() else one.kind,
            url=reverse("retention:destruction", args=[one.uuid]),
            key=str(one.uuid),
            cells=(
                Cell(decision_words(one)),
                Cell(units.get(one.unit_id, "")),
                Cell(number(one.count), css="r num", named=_("How many files")),
                Cell(one.by_label),
                Cell(
                    day(one.at.astimezone(VIETNAM).date()),
                    css="r num nowrap",
                    named=_("Destroyed on"),
                ),
            ),
        )
        for one in rows
    ]
    return ReadyTable(_("What was destroyed"), DONE_COLUMNS, drawn)


def list_table(files: Iterable[DestroyedFile]) -> ReadyTable:
    """Return the list of the files that one decision destroyed."""
    rows = [
        Row(
            label=one.whose,
            cells=(
                Cell(one.file.name),
                Cell(day(one.kept_until), css="r num nowrap", named=_("Kept until")),
                Cell(one.file.sha256[:16], css="nowrap"),
            ),
        )
        for one in files
    ]
    return ReadyTable(_("Files destroyed"), LIST_COLUMNS, rows)


def decision_words(one: Destruction) -> str:
    """Return the decision: number, day, signer."""
    return f"{one.decision_number} · {day(one.decided_on)} · {one.signer}"
