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
from khuevan.platform.organizations.comparing import Node
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
from khuevan.platform.organizations.selectors import names_on, version_of
from khuevan.ui.formats import day, number
from khuevan.ui.tables import Cell, Column, Filter, Head, ReadyTable, Row, Table


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
            Column("kind", _("Kind"), lambda row: row.kind_label, width=32),
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


def node_row(node: Node, on: date, first: date) -> dict[str, Any]:
    """Return one line of the tree."""
    unit = node.version.unit
    return {
        "depth": min(node.depth, 4),
        "name": node.version.name,
        "code": unit.code,
        "kind": node.version.kind_label,
        "schools": number(node.schools) if node.schools else "",
        "children": number(node.children) if node.children else "",
        "since": since_day(node.version.starts_on, first),
        "url": unit_url(unit.code, on),
    }


def began(version: OrgUnitVersion, periods: Iterable[OrgUnitVersion]) -> OrgUnitVersion:
    """Return the period in which a unit got its name, kind and the unit above that it has.

    A period begins too when the area it stands in is listed anew: nothing of the unit changed.
    """
    earlier = [one for one in periods if one.starts_on < version.starts_on]
    for one in sorted(earlier, key=lambda one: one.starts_on, reverse=True):
        if one.ends_on != version.starts_on or _same(one) != _same(version):
            break
        version = one
    return version


def _same(version: OrgUnitVersion) -> tuple[object, ...]:
    return (version.name, version.short_name, version.kind_then, version.parent_id)


def unit_facts(
    version: OrgUnitVersion, on: date, first: date, periods: Iterable[OrgUnitVersion] = ()
) -> list[dict[str, Any]]:
    """Return what is known of a unit in one period: two masters where place and manager differ."""
    begun = began(version, periods)
    area = version.area
    manager = version.parent_id and version_of(version.parent_id, on=on)
    place = Around(version.unit_id, on=on).of_kind(UnitKind.COMMUNE)
    by_place = place.version if place and place.by_place else None
    facts: list[dict[str, Any]] = [
        {"label": _("Code"), "value": version.unit.code},
        {"label": _("Kind"), "value": version.kind_label},
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
        {"label": _("So since"), "value": since_day(begun.starts_on, first)},
        {"label": _("Until"), "value": day(last_day(version.ends_on)) if version.ends_on else ""},
        {"label": _("Decision"), "value": _decided(version) or _decided(begun)},
    ]
    return [fact for fact in facts if fact["value"]]


def children_table(rows: Iterable[OrgUnitVersion], on: date, first: date = date.min) -> ReadyTable:
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
                    Cell(row.kind_label),
                    Cell(since_day(row.starts_on, first), css="r num nowrap"),
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


def version_table(rows: Iterable[OrgUnitVersion], first: date) -> ReadyTable:
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
                label=_span(row.starts_on, row.ends_on, first),
                cells=(
                    Cell(f"{row.name} ({row.kind_label})" if row.kind else row.name),
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


def since_day(starts_on: date, first: date) -> str:
    """Return since when something is so: what the records begin with was so before them."""
    return _("from earlier on") if starts_on <= first else day(starts_on)


def _span(starts_on: date, ends_on: date | None, first: date = date.min) -> str:
    if ends_on is None:
        if starts_on <= first:
            return _("from earlier on")
        return _("since %(day)s") % {"day": day(starts_on)}
    last = day(last_day(ends_on))
    if starts_on <= first:
        return _("until %(day)s") % {"day": last}
    return _("%(first)s to %(last)s") % {"first": day(starts_on), "last": last}
