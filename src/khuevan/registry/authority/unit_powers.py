"""What a unit decides on a day: the powers of the offices that stand in its kind of unit."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import holds
from khuevan.platform.organizations.api import OrgUnitVersion
from khuevan.platform.regulations.api import (
    AuthorityRule,
    Office,
    period,
    power_label,
    power_rules,
    said_of,
    sureness,
)
from khuevan.registry.authority.permissions import VIEW_AUTHORITY
from khuevan.registry.authority.selectors import SEATS
from khuevan.ui.tables import Cell, Head, ReadyTable, Row


def powers_panel(actor: Actor, version: OrgUnitVersion, on: date) -> ReadyTable | None:
    """Return what the offices of a unit decide on a day; nothing for a unit that decides nothing.

    A general rule is told even where a narrower one takes some schools out of it.
    """
    if not actor.may(VIEW_AUTHORITY):
        return None
    offices = {office for office, kind in SEATS.items() if kind == version.unit.kind}
    rules = [one for one in power_rules() if one.decider in offices and holds(one, on)]
    heads = (
        Head(_("Matter")),
        Head(_("Said of")),
        Head(_("By which text")),
        Head(_("In force"), "r"),
        Head(_("How sure")),
    )
    rows = [_row(rule) for rule in rules]
    return ReadyTable(_("What it decides"), heads, rows) if rows else None


def _row(rule: AuthorityRule) -> Row:
    text = rule.regulation
    return Row(
        label=power_label(rule.power),
        url=reverse("regulations:one", args=[text.code]) if text else "",
        cells=(
            Cell(f"{said_of(rule)} · {Office(rule.decider).label}"),
            Cell(text.number) if text else Cell(none="–"),
            Cell(period(rule.starts_on, rule.ends_on), css="r num nowrap"),
            Cell(pill=sureness(rule.confidence)),
        ),
    )
