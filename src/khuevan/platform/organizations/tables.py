"""The tree, one unit and the differences of two days, as rows ready to draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.periods import last_day
from khuevan.platform.organizations.around import Around
from khuevan.platform.organizations.comparing import Changed, Changes, Node
from khuevan.platform.organizations.models import (
    Handed,
    LinkKind,
    OrgUnitVersion,
    ReportingLink,
    UnitAlias,
    UnitDecision,
    UnitKind,
    UnitSuccession,
)
from khuevan.platform.organizations.papers import paper_url
from khuevan.platform.organizations.reorganizing import Change, Plan, Preview
from khuevan.platform.organizations.selectors import names_on, version_of
from khuevan.ui.formats import day, number
from khuevan.ui.tables import Cell, Column, Filter, Head, ReadyTable, Row, Table

MOST_ROWS, FEW_ROWS = 1000, 25
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
            Column("kind", _("Kind"), lambda row: str(row.kind_then.label), width=32),
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
        "kind": node.version.kind_then.label,
        "schools": number(node.schools) if node.schools else "",
        "children": number(node.children) if node.children else "",
        "since": day(node.version.starts_on),
        "url": unit_url(unit.code, on),
    }


def unit_facts(version: OrgUnitVersion, on: date) -> list[dict[str, Any]]:
    """Return what is known of a unit in one period: two masters where place and manager differ."""
    area = version.area
    manager = version.parent_id and version_of(version.parent_id, on=on)
    place = Around(version.unit_id, on=on).of_kind(UnitKind.COMMUNE)
    by_place = place.version if place and place.by_place else None
    facts: list[dict[str, Any]] = [
        {"label": _("Code"), "value": version.unit.code},
        {"label": _("Kind"), "value": version.kind_then.label},
        {"label": _("Short name"), "value": version.short_name},
        {
            "label": _("Administrative area"),
            "value": f"{area.full_name} ({area.code})" if area else "",
        },
        {
            "label": _("Managed by"),
            "value": manager.name if manager else "",
            "url": unit_url(manager.unit.code, on) if manager else "",
        },
        {
            "label": _("Stands in the area of"),
            "value": by_place.name if by_place else "",
            "url": unit_url(by_place.unit.code, on) if by_place else "",
        },
        {"label": _("So since"), "value": day(version.starts_on)},
        {"label": _("Until"), "value": day(last_day(version.ends_on)) if version.ends_on else ""},
        {"label": _("Decision"), "value": _decided(version)},
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
                    Cell(row.kind_then.label),
                    Cell(day(row.starts_on), css="r num nowrap"),
                ),
            )
            for row in rows
        ],
    )


def succession_table(rows: Sequence[UnitSuccession], unit_id: int, *, heirs: bool) -> ReadyTable:
    """Return who took over from a unit, or from whom it took over: a line for each unit and day."""
    mine = [row for row in rows if (row.unit_id == unit_id) == heirs]
    parts: dict[tuple[int, date], list[UnitSuccession]] = {}
    for row in mine:
        other = row.successor_id if heirs else row.unit_id
        parts.setdefault((other, row.starts_on), []).append(row)
    names = names_on(
        {other for other, _on in parts}, max((row.starts_on for row in mine), default=date.min)
    )
    heads = (Head(_("Unit")), Head(_("Part")), Head(_("From"), "r"))
    table = []
    for (other, on), held in parts.items():
        unit = held[0].successor if heirs else held[0].unit
        handed = {row.handed for row in held}
        said = [str(label) for value, label in Handed.choices if value in handed]
        table.append(
            Row(
                label=names.get(other, unit.code),
                url=unit_url(unit.code),
                cells=(
                    Cell(_("everything") if len(said) == len(Handed) else ", ".join(said)),
                    Cell(day(on), css="r num nowrap"),
                ),
            )
        )
    caption = _("Who took over from it") if heirs else _("What it took over, and from whom")
    return ReadyTable(caption, heads, table)


def alias_table(rows: Sequence[UnitAlias]) -> ReadyTable:
    """Return the codes of a unit in other registers."""
    heads = (Head(_("Register")), Head(_("Code there")), Head(_("Period")))
    lines = [
        Row(
            label=row.source,
            cells=(Cell(row.code), Cell(_span(row.starts_on, row.ends_on), css="nowrap")),
        )
        for row in rows
    ]
    return ReadyTable(_("Codes in other registers"), heads, lines)


def link_table(rows: Sequence[ReportingLink], unit_id: int, *, may_change: bool) -> ReadyTable:
    """Return whom a unit answers to beside its manager, and who answers to it."""
    last = max((row.starts_on for row in rows), default=date.min)
    names = names_on({one for row in rows for one in (row.unit_id, row.master_id)}, last)
    heads = [Head(_("Unit")), Head(_("Kind of link")), Head(_("Period")), Head(_("Decision"))]
    if may_change:
        heads.append(Head(_("End")))
    lines = []
    for row in rows:
        is_master = row.master_id == unit_id
        other = row.unit if is_master else row.master
        how = LinkKind(row.kind).label
        cells = [
            Cell(_("%(how)s (from here)") % {"how": how} if is_master else how),
            Cell(_span(row.starts_on, row.ends_on), css="nowrap"),
            Cell(row.decision, none="" if row.decision else "–"),
        ]
        if may_change:
            url = reverse("units:link_end", args=[row.uuid])
            end = Cell(_link(url, _("End")), css="r")
            cells.append(end if row.ends_on is None else Cell(none="–", css="r"))
        lines.append(Row(label=names.get(other.pk, ""), url=unit_url(other.code), cells=cells))
    return ReadyTable(_("Answers to others beside its manager"), heads, lines)


def _link(url: str, label: str) -> str:
    return format_html('<a class="above" href="{}">{}</a>', url, label)


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
                    Cell(f"{row.name} ({row.kind_then.label})" if row.kind else row.name),
                    Cell(
                        names[row.pk].get(row.parent_id or 0, ""), none="" if row.parent_id else "–"
                    ),
                    Cell(row.area.full_name if row.area else "", none="" if row.area else "–"),
                    Cell(_decided(row), none="" if row.decision or row.ended_by else "–"),
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


def change_tables(
    changes: Changes, first: date, second: date, *, most: int = MOST_ROWS
) -> list[dict[str, Any]]:
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
            "more": number(len(rows) - most) if len(rows) > most else "",
            "table": _change_table(name, rows[:most], (first, before), (second, after)),
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
    names = [one.name for one in found.units] or [plan.name]
    if plan.change == Change.RENAME:
        names = [_("%(old)s becomes %(new)s") % {"old": names[0], "new": plan.name}]
    facts = [
        {"label": _("Units that go with it"), "value": number(len(found.moving))},
        {"label": _("Schools with new offices above"), "value": number(found.schools)},
        *({"label": label, "value": number(count)} for label, count in found.counts),
    ]
    return {
        "title": Change(plan.change).label,
        "on": day(plan.on),
        "decision": plan.decision.number,
        "units": names,
        "into": ", ".join(one.name for one in found.into),
        "facts": [] if plan.change in (Change.ADD, Change.RENAME) else facts,
        "table": children_table(found.moving[:MOST_ROWS], plan.on),
        "sights": found.sights,
        "shares": _shares(found, plan) if plan.change == Change.SPLIT else [],
    }


def _shares(found: Preview, plan: Plan) -> list[dict[str, Any]]:
    """Return each unit under a divided one with the heirs to choose from."""
    return [
        {
            "name": f"share-{row.unit.code}",
            "label": row.name,
            "code": row.unit.code,
            "heirs": [
                {
                    "code": heir.unit.code,
                    "label": heir.name,
                    "selected": plan.shares.get(row.unit_id) == heir.unit_id,
                }
                for heir in found.into
            ],
        }
        for row in found.moving
    ]


def _decided(row: OrgUnitVersion) -> str:
    """Return the decision that began a period, and the one that ended the unit."""
    said = _paper(row.paper) if row.paper else row.decision
    if row.ended_by is None:
        return said
    ended = format_html(_("ended by {decision}"), decision=_paper(row.ended_by))
    return format_html("{}; {}", said, ended) if said else ended


def _paper(decision: UnitDecision) -> str:
    number = decision.number
    if decision.signed_on:
        said = {"number": number, "day": day(decision.signed_on)}
        number = _("%(number)s of %(day)s") % said
    url = paper_url(decision)
    return _link(url, number) if url else number


def _period(row: OrgUnitVersion) -> str:
    return _span(row.starts_on, row.ends_on)


def _span(starts_on: date, ends_on: date | None) -> str:
    if ends_on is None:
        return _("since %(day)s") % {"day": day(starts_on)}
    said = {"first": day(starts_on), "last": day(last_day(ends_on))}
    return _("%(first)s to %(last)s") % said
