"""The tree, one unit and the differences of two days, as rows ready to draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.periods import last_day
from khuevan.platform.organizations.comparing import Changed, Changes, Node, names_on
from khuevan.platform.organizations.models import (
    Handed,
    OrgUnitVersion,
    UnitKind,
    UnitSuccession,
)
from khuevan.platform.organizations.reorganizing import Change, Plan, Preview
from khuevan.ui.formats import day, number
from khuevan.ui.tables import Cell, Column, Filter, Head, ReadyTable, Row, Table

MOST_ROWS = 200
CHANGE_LABELS = {
    "created": gettext_lazy("Newly opened"),
    "merged": gettext_lazy("Merged or handed over"),
    "closed": gettext_lazy("Closed"),
    "renamed": gettext_lazy("Renamed"),
    "moved": gettext_lazy("Under another unit"),
    "relocated": gettext_lazy("In another area"),
}


class UnitTable(Table[Any]):
    """Every unit of a day, for a file."""

    name = "units"
    caption = gettext_lazy("Units")

    def build_columns(self) -> Sequence[Column[Any]]:
        """Return what is known of a unit on the day."""
        return (
            Column(
                "name", _("Name"), lambda row: row.name, order=("sort_key", "unit_id"), width=48
            ),
            Column("code", _("Code"), lambda row: row.unit.code),
            Column("kind", _("Kind"), lambda row: str(UnitKind(row.unit.kind).label), width=32),
            Column("above", _("Under"), lambda row: row.parent_name or "", width=40),
            Column(
                "area",
                _("Administrative area"),
                lambda row: row.area.full_name if row.area else "",
                width=28,
            ),
            Column("since", _("Since"), lambda row: row.starts_on),
        )

    def build_filters(self) -> Sequence[Filter]:
        """Return none: the file holds the day."""
        return ()


def unit_url(code: str, on: date | None = None) -> str:
    """Return the page of a unit, on a day."""
    url = reverse("units:unit", args=[code])
    return f"{url}?{urlencode({'on': day(on)})}" if on else url


def node_row(node: Node, on: date) -> dict[str, Any]:
    """Return one line of the tree."""
    unit = node.version.unit
    return {
        "depth": min(node.depth, 4),
        "name": node.version.name,
        "code": unit.code,
        "kind": UnitKind(unit.kind).label,
        "schools": number(node.schools) if node.schools else "",
        "children": number(node.children) if node.children else "",
        "since": day(node.version.starts_on),
        "url": unit_url(unit.code, on),
    }


def unit_facts(version: OrgUnitVersion) -> list[dict[str, Any]]:
    """Return what is known of a unit in one period."""
    area = version.area
    facts: list[dict[str, Any]] = [
        {"label": _("Code"), "value": version.unit.code},
        {"label": _("Kind"), "value": UnitKind(version.unit.kind).label},
        {"label": _("Short name"), "value": version.short_name},
        {
            "label": _("Administrative area"),
            "value": f"{area.full_name} ({area.code})" if area else "",
        },
        {"label": _("So since"), "value": day(version.starts_on)},
        {"label": _("Until"), "value": day(last_day(version.ends_on)) if version.ends_on else ""},
        {"label": _("Decision"), "value": version.decision},
    ]
    return [fact for fact in facts if fact["value"]]


def children_table(rows: Iterable[OrgUnitVersion], on: date) -> ReadyTable:
    """Return what stands directly under a unit on a day."""
    heads = (Head(_("Name")), Head(_("Code")), Head(_("Kind")), Head(_("Since"), "r"))
    return ReadyTable(
        _("Under it"),
        heads,
        [
            Row(
                label=row.name,
                url=unit_url(row.unit.code, on),
                cells=(
                    Cell(row.unit.code),
                    Cell(UnitKind(row.unit.kind).label),
                    Cell(day(row.starts_on), css="r num nowrap"),
                ),
            )
            for row in rows
        ],
    )


def succession_table(rows: Sequence[UnitSuccession], unit_id: int) -> ReadyTable:
    """Return from whom a unit took over what, and who took over from it."""
    heads = (Head(_("Unit")), Head(_("What")), Head(_("Part")), Head(_("From"), "r"))
    others = {row.successor_id if row.unit_id == unit_id else row.unit_id for row in rows}
    names = names_on(others, max((row.starts_on for row in rows), default=date.min))
    table = []
    for row in rows:
        is_heir = row.unit_id == unit_id
        other = row.successor if is_heir else row.unit
        table.append(
            Row(
                label=names.get(other.pk, other.code),
                url=unit_url(other.code),
                cells=(
                    Cell(_("took over from it") if is_heir else _("handed over to it")),
                    Cell(Handed(row.handed).label),
                    Cell(day(row.starts_on), css="r num nowrap"),
                ),
            )
        )
    return ReadyTable(_("Predecessors and successors"), heads, table)


def version_table(rows: Iterable[OrgUnitVersion]) -> ReadyTable:
    """Return how a unit was called and where it stood, newest first."""
    rows = list(rows)
    names_of_columns = (_("Period"), _("Name"), _("Under"), _("Administrative area"), _("Decision"))
    heads = [Head(label) for label in names_of_columns]
    parents = {row.parent_id for row in rows if row.parent_id}
    names = {row.pk: names_on(parents, row.starts_on) for row in rows}
    return ReadyTable(
        _("History"),
        heads,
        [
            Row(
                label=_period(row),
                cells=(
                    Cell(row.name),
                    Cell(
                        names[row.pk].get(row.parent_id or 0, ""), none="" if row.parent_id else "–"
                    ),
                    Cell(row.area.full_name if row.area else "", none="" if row.area else "–"),
                    Cell(row.decision, none="" if row.decision else "–"),
                ),
            )
            for row in reversed(rows)
        ],
    )


def change_kpis(changes: Changes) -> list[dict[str, Any]]:
    """Return how many units changed in which way, each opening its list."""
    return [
        {"label": label, "value": number(len(rows)), "url": f"#{name}" if rows else ""}
        for name, label in CHANGE_LABELS.items()
        for rows in [getattr(changes, name)]
    ]


def change_tables(changes: Changes, first: date, second: date) -> list[dict[str, Any]]:
    """Return the changed units, a table for each way."""
    told = {name: getattr(changes, name) for name in CHANGE_LABELS}
    parents = {
        version.parent_id
        for rows in told.values()
        for one in rows
        for version in (one.before, one.after)
        if version and version.parent_id
    }
    before, after = names_on(parents, first), names_on(parents, second)
    return [
        {
            "key": name,
            "count": number(len(rows)),
            "more": number(len(rows) - MOST_ROWS) if len(rows) > MOST_ROWS else "",
            "table": _change_table(name, rows[:MOST_ROWS], (first, before), (second, after)),
        }
        for name, rows in told.items()
        if rows
    ]


def _change_table(
    name: str,
    rows: Sequence[Changed],
    old: tuple[date, dict[int, str]],
    new: tuple[date, dict[int, str]],
) -> ReadyTable:
    heads = (
        Head(_("Unit")),
        Head(_("On %(day)s") % {"day": day(old[0])}),
        Head(_("On %(day)s") % {"day": day(new[0])}),
    )
    return ReadyTable(
        CHANGE_LABELS[name], heads, [_change_row(name, one, old, new) for one in rows]
    )


def _change_row(
    name: str,
    one: Changed,
    old: tuple[date, dict[int, str]],
    new: tuple[date, dict[int, str]],
) -> Row:
    shown = one.after or one.before
    others = ", ".join(other.name for other in one.others)
    before, after = _told(name, one.before, old[1]), _told(name, one.after, new[1])
    if name == "created":
        before = _("from %(units)s") % {"units": others} if others else ""
    if name == "merged":
        after = _("now %(units)s") % {"units": others}
    return Row(
        label=shown.name if shown else one.unit.code,
        url=unit_url(one.unit.code, new[0] if one.after else old[0]),
        cells=tuple(Cell(text) if text else Cell(none="–") for text in (before, after)),
    )


def _told(name: str, version: OrgUnitVersion | None, parents: dict[int, str]) -> str:
    if version is None:
        return ""
    if name == "renamed":
        return version.name
    if name == "relocated":
        return version.area.full_name if version.area else ""
    return parents.get(version.parent_id or 0, "")


def preview_view(found: Preview, plan: Plan) -> dict[str, Any]:
    """Return what a change would do, for the page that asks to confirm it."""
    return {
        "title": Change(plan.change).label,
        "on": day(plan.on),
        "decision": plan.decision,
        "units": [one.name for one in found.units],
        "into": found.into.name if found.into else "",
        "facts": [
            {"label": _("Units that go with it"), "value": number(len(found.moving))},
            {"label": _("Schools with new offices above"), "value": number(found.schools)},
            *({"label": label, "value": number(count)} for label, count in found.counts),
        ],
        "table": children_table(found.moving[:MOST_ROWS], plan.on),
    }


def _period(row: OrgUnitVersion) -> str:
    if row.ends_on is None:
        return _("since %(day)s") % {"day": day(row.starts_on)}
    said = {"first": day(row.starts_on), "last": day(last_day(row.ends_on))}
    return _("%(first)s to %(last)s") % said
