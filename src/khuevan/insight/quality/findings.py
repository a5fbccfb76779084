"""Which records of one school are at fault: asked anew each time, never kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from khuevan.insight.quality.checks import SOURCES
from khuevan.insight.quality.counting import applies, check_of, parameters
from khuevan.insight.quality.permissions import VIEW_FINDINGS
from khuevan.insight.quality.rule_list import QualityRule
from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import School, get_school_for
from khuevan.ui.formats import masked

PAGE = 45


@dataclass(frozen=True, slots=True)
class Finding:
    """One cell that is wrong: of whom, where, what stands in it."""

    uuid: UUID
    record: UUID
    person: UUID | None
    version: int | None
    name: str
    place: str
    value: str


def school_of_findings(actor: Actor, code: str, permission: Permission = VIEW_FINDINGS) -> School:
    """Return a school of which the actor may see single records at fault.

    :raises NotFound: when there is none in reach
    """
    return get_school_for(actor, code, permission)


def findings(
    school: School, rule: QualityRule, on: date, *, start: int = 0, size: int = PAGE
) -> list[Finding]:
    """Return a part of the cells of a school that a rule finds wrong, in the order of a register.

    The school was reached through `school_of_findings`.
    """
    asked = {**parameters(on, [school.pk]), "start": start, "size": size}
    return _ask(
        rule, f"{_faults(rule)} ORDER BY x.sort, x.uuid LIMIT %(size)s OFFSET %(start)s", asked
    )


def finding_of(school: School, rule: QualityRule, uuid: UUID, on: date) -> Finding | None:
    """Return the finding of one record, None when there is nothing wrong with it any more."""
    asked = {**parameters(on, [school.pk]), "uuid": uuid}
    found = _ask(rule, f"{_faults(rule)} AND x.uuid = %(uuid)s", asked)
    return found[0] if found else None


def must_find(school: School, rule: QualityRule, uuid: UUID, on: date) -> Finding:
    """Return the finding of one record.

    :raises NotFound: when the rule finds nothing wrong with it
    """
    found = finding_of(school, rule, uuid, on)
    if found is None:
        raise NotFound
    return found


def _faults(rule: QualityRule) -> str:
    source, check = SOURCES[rule.subject], check_of(rule)
    return f"""
    SELECT x.uuid, {source.record}, x.person_uuid, x.version, x.name, x.place, ({check.value})
    FROM ({source.rows}) x WHERE {applies(rule)} AND ({check.wrong})
    """  # noqa: S608 (constants of this app)


def _ask(rule: QualityRule, statement: str, asked: dict[str, Any]) -> list[Finding]:
    is_masked = check_of(rule).is_masked
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        rows = cursor.fetchall()
    return [
        Finding(*told, value=masked(value) if is_masked and value else value or "")  # type: ignore[misc]
        for *told, value in rows
    ]
