"""What is at fault in the classes somebody is in charge of: pupil by pupil, all rules at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from khuevan.insight.quality.checks import SOURCES
from khuevan.insight.quality.counting import applies, check_of, parameters
from khuevan.insight.quality.permissions import VIEW_OWN_CLASS
from khuevan.insight.quality.rule_list import QualityRule, rules_on
from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import HomeroomClass

SUBJECTS = ("PUPIL", "FAMILY")
NOT_THEIRS = "duplicates"
"""Pairs are the school's to compare: a teacher is not told that there is one."""


@dataclass(slots=True)
class OwnPupil:
    """A pupil of an own class and the rules that find something wrong with the record."""

    uuid: UUID
    name: str
    place: str
    rules: list[QualityRule] = field(default_factory=list)


def own_faults(*, actor: Actor, on: date) -> list[OwnPupil]:
    """Return the pupils of the actor's own classes whose records are at fault, as in the register.

    What stands in the cells is not told: it stands on the record.
    """
    rooms = HomeroomClass.objects.visible_to(actor, VIEW_OWN_CLASS)
    places = dict(rooms.order_by("pk").values_list("pk", "school_id"))
    if not places:
        return []
    rules = {one.code: one for one in rules_on(on) if _is_theirs(one)}
    found: dict[UUID, OwnPupil] = {}
    asked = {**parameters(on, sorted(set(places.values()))), "classes": list(places)}
    for code, uuid, name, place in _ask(list(rules.values()), asked):
        pupil = found.setdefault(uuid, OwnPupil(uuid, name, place))
        if rules[code] not in pupil.rules:
            pupil.rules.append(rules[code])
    return list(found.values())


def _is_theirs(rule: QualityRule) -> bool:
    return rule.subject in SUBJECTS and rule.place != NOT_THEIRS


def _ask(
    rules: Sequence[QualityRule], asked: dict[str, Any]
) -> Iterator[tuple[str, UUID, str, str]]:
    """Yield rule, pupil, name and class of each fault: a query a subject."""
    with connection.cursor() as cursor:
        for subject in SUBJECTS:
            some = [one for one in rules if one.subject == subject]
            if some:
                cursor.execute(_statement(subject, some), asked)
                yield from cursor.fetchall()


def _statement(subject: str, rules: Sequence[QualityRule]) -> str:
    source = SOURCES[subject]
    said = ", ".join(
        f"('{one.code}', {place}, CASE WHEN {applies(one)} THEN ({check_of(one).wrong}) END)"
        for place, one in enumerate(rules)
    )
    return f"""
    SELECT v.rule, {source.record}, x.name, x.place FROM ({source.rows}) x
    CROSS JOIN LATERAL (VALUES {said}) AS v(rule, nth, is_wrong)
    WHERE x.class_id = ANY(%(classes)s) AND v.is_wrong ORDER BY x.sort, v.nth
    """  # noqa: S608 (constants of this app)
