"""What differs between two days, and what a change would do, as rows ready to draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.platform.organizations.comparing import Changed, Changes
from khuevan.platform.organizations.models import OrgUnitVersion
from khuevan.platform.organizations.reorganizing import Change, Plan, Preview
from khuevan.platform.organizations.selectors import names_on
from khuevan.platform.organizations.tables import children_table, unit_url
from khuevan.ui.formats import day, number
from khuevan.ui.tables import Cell, Head, ReadyTable, Row

MOST_ROWS, FEW_ROWS = 1000, 25
CHANGE_LABELS = {
    "created": gettext_lazy("Newly opened"),
    "merged": gettext_lazy("Ended, with successors"),
    "closed": gettext_lazy("Ended, without successors"),
    "renamed": gettext_lazy("Renamed"),
    "moved": gettext_lazy("Under another unit"),
    "relocated": gettext_lazy("In another area"),
}


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
        after = _("handed over to %(units)s") % {"units": others}
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
