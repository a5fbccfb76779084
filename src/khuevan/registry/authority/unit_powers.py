"""What a unit decides on a day: the powers of the offices that stand in its kind of unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import holds
from khuevan.platform.organizations.api import OrgUnitVersion, UnitKind
from khuevan.platform.regulations.api import (
    AuthorityRule,
    Office,
    Subject,
    fits,
    highest_level,
    order_of,
    power_label,
    power_rules,
    rule_period,
    said_of,
    sureness,
)
from khuevan.registry.authority.permissions import VIEW_AUTHORITY
from khuevan.registry.authority.selectors import SEATS
from khuevan.registry.schools.api import facts_of
from khuevan.ui.tables import Cell, Head, ReadyTable, Row


def powers_panel(actor: Actor, version: OrgUnitVersion, on: date) -> ReadyTable | None:
    """Return what the offices of a unit decide on a day; nothing for a unit that decides nothing.

    Of a school those about what it is; a general rule is told even where a narrower one takes
    some schools out of it.
    """
    if not actor.may(VIEW_AUTHORITY):
        return None
    offices = {office for office, kind in SEATS.items() if kind == version.unit.kind}
    rules = [one for one in power_rules() if one.decider in offices and holds(one, on)]
    if version.unit.kind == UnitKind.SCHOOL:
        rules = [one for one in rules if _is_about(one, version.unit_id, on)]
    alike: dict[tuple[object, ...], list[AuthorityRule]] = {}
    for rule in sorted(rules, key=lambda one: order_of(one.power)):
        alike.setdefault(_key(rule), []).append(rule)
    heads = (
        Head(_("Matter")),
        Head(_("Who decides")),
        Head(_("Said of")),
        Head(_("By which text")),
        Head(_("In force"), "r"),
        Head(_("How sure")),
    )
    rows = [_row(group) for group in alike.values()]
    return ReadyTable(_("What it decides"), heads, rows) if rows else None


def _is_about(rule: AuthorityRule, school_id: int, on: date) -> bool:
    """Return whether a rule is said of a school as it is by law on a day."""
    facts = facts_of([school_id], on=on).get(school_id)
    if facts is None:
        return False
    highest = highest_level(facts.levels)
    return any(
        fits(
            rule,
            Subject(level, highest, facts.school_type, facts.ownership, rule.circumstance),
        )
        for level in facts.levels or ("",)
    )


def _key(rule: AuthorityRule) -> tuple[object, ...]:
    """Return what is told of a rule beside of whom it is said: such rules share a line."""
    return (rule.power, rule.decider, rule.regulation_id, rule.starts_on, rule.ends_on, rule.note)


def _row(group: Sequence[AuthorityRule]) -> Row:
    rule = group[0]
    text = rule.regulation
    said = "; ".join(dict.fromkeys(said_of(one) for one in group))
    return Row(
        label=power_label(rule.power),
        url=reverse("regulations:one", args=[text.code]) if text else "",
        cells=(
            Cell(Office(rule.decider).label),
            Cell(said),
            Cell(text.number) if text else Cell(none="–"),
            Cell(rule_period(rule.starts_on, rule.ends_on), css="r num nowrap"),
            Cell(pill=sureness(rule.confidence)),
        ),
    )
