"""The statements that count and list faults: one for each subject, whatever the number of rules.

Counts and lists share rows and conditions, so a number always has as many findings behind it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection

from khuevan.insight.quality.checks import SOURCES
from khuevan.insight.quality.checks.base import Check
from khuevan.insight.quality.rule_list import QualityRule, rules_on
from khuevan.kernel.errors import NotFound
from khuevan.platform.regulations.api import class_norm, setting_in_force
from khuevan.registry.schools.api import SchoolType, academic_year_on, grade_levels

Counts = Mapping[str, tuple[int, int]]
"""Of each rule by its code: how many cells were checked, how many are wrong."""


def parameters(on: date, schools: Sequence[int]) -> dict[str, Any]:
    """Return what the statements of a day are asked with; a few small queries."""
    year = academic_year_on(on)
    return {
        "on": on,
        "schools": list(schools),
        "year": year.pk if year else None,
        "began": year.starts_on.year if year else None,
        "norms": json.dumps(_norms(on)),
        **{f"most_{one.code}": one.most for one in rules_on(on)},
    }


def _norms(on: date) -> list[dict[str, Any]]:
    """Return how many pupils a class may hold, by level, age and type of school."""
    settings: dict[str, Any] = {}
    for level in {grade.level for grade in grade_levels()}:
        try:
            settings[level] = setting_in_force("CLASS_SIZE", level, on).value
        except NotFound:
            settings[level] = None
    return [
        {"level": grade.level, "age": grade.usual_age, "type": kind, "most": most}
        for grade in grade_levels()
        for kind in SchoolType.values
        if (most := class_norm(settings[grade.level], grade.usual_age, kind)) is not None
    ]


def applies(rule: QualityRule) -> str:
    """Return where a rule has something to look at, its levels included."""
    said = f"({check_of(rule).applies})"
    if not rule.levels:
        return said
    names = ", ".join(f"'{level}'" for level in rule.levels)
    return f"(x.level IN ({names}) AND {said})"


def check_of(rule: QualityRule) -> Check:
    """Return what a rule asks."""
    return SOURCES[rule.subject].checks[rule.code]


def count_statement(subject: str, rules: Sequence[QualityRule]) -> str:
    """Return the statement of one subject: school, rule, weight, checked, wrong."""
    columns, values = [], []
    for place, rule in enumerate(rules):
        at = applies(rule)
        columns.append(f"count(*) FILTER (WHERE {at}) AS c{place}")
        columns.append(f"count(*) FILTER (WHERE {at} AND ({check_of(rule).wrong})) AS w{place}")
        values.append(f"('{rule.code}', {rule.weight}, a.c{place}, a.w{place})")
    return f"""
    SELECT a.school_id, v.rule, v.weight, v.checked, v.wrong
    FROM (
        SELECT x.school_id, {", ".join(columns)} FROM ({SOURCES[subject].rows}) x
        GROUP BY x.school_id
    ) a CROSS JOIN LATERAL (VALUES {", ".join(values)}) AS v(rule, weight, checked, wrong)
    WHERE v.checked > 0
    """  # noqa: S608 (constants of this app)


def count_statements(on: date) -> list[str]:
    """Return the statements of all subjects on a day."""
    return [count_statement(subject, rules) for subject, rules in _by_subject(rules_on(on))]


def count_now(on: date, schools: Sequence[int]) -> dict[int, dict[str, tuple[int, int]]]:
    """Return what is wrong in some schools now, by school and rule; a query a subject."""
    found: dict[int, dict[str, tuple[int, int]]] = {pk: {} for pk in schools}
    asked = parameters(on, schools)
    with connection.cursor() as cursor:
        for statement in count_statements(on):
            cursor.execute(statement, asked)
            for school_id, code, _weight, checked, wrong in cursor.fetchall():
                found[school_id][code] = (checked, wrong)
    return found


def _by_subject(rules: Iterable[QualityRule]) -> list[tuple[str, list[QualityRule]]]:
    ordered = sorted(rules, key=lambda one: list(SOURCES).index(one.subject))
    return [(subject, list(some)) for subject, some in groupby(ordered, lambda one: one.subject)]
