"""Levels, conduct of the year, promotion and titles of many classes at once, in SQL.

They are equal to the pure rules of `assessments`; only rows that differ are written. What people
decided is read and not touched. Rows taken over as they were stored stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import AcademicYear, HomeroomClass
from khuevan.school.assessments.api import AdjustmentMode, Book, Chosen, assessment_rules
from khuevan.school.gradebooks.api import recompute_averages
from khuevan.school.results.models import Scheme
from khuevan.school.results.statements import PRIMARY, SECONDARY

CLASSES_AT_ONCE = 400
BECAUSE = "the system reckons the results of every class"
ONE_DAY = timedelta(days=1)
_LOCK = "SELECT id FROM schools_homeroomclass WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
_STATEMENTS = {Scheme.SECONDARY: SECONDARY, Scheme.PRIMARY: PRIMARY}
_SCHEMES = {Book.SECONDARY: Scheme.SECONDARY, Book.PRIMARY: Scheme.PRIMARY}

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Computed:
    """How much was reckoned and written."""

    classes: int
    averages: int
    results: int

    def __add__(self, other: Computed) -> Computed:
        return Computed(
            self.classes + other.classes,
            self.averages + other.averages,
            self.results + other.results,
        )


def compute_all(
    *,
    year: AcademicYear,
    on: date,
    now: datetime,
    schools: Sequence[int] | None = None,
    tell: Tell = lambda _done, _total: None,
) -> Computed:
    """Reckon the classes of some schools, or of all, anew; each part is written by itself."""
    parts = parts_of(year=year, schools=schools)
    total, done = sum(len(part) for part in parts), Computed(0, 0, 0)
    for part in parts:
        done += compute_classes(classes=part, year=year, on=on, now=now)
        tell(done.classes, total)
    return done


def parts_of(*, year: AcademicYear, schools: Sequence[int] | None = None) -> list[list[int]]:
    """Return the classes of some schools, or of all, in parts that are written at once."""
    rows = HomeroomClass.objects.unscoped(because=BECAUSE).filter(academic_year=year)
    if schools is not None:
        rows = rows.filter(school_id__in=schools)
    found = list(rows.order_by("school_id", "pk").values_list("pk", flat=True))
    return [
        found[first : first + CLASSES_AT_ONCE] for first in range(0, len(found), CLASSES_AT_ONCE)
    ]


@transaction.atomic
def compute_classes(
    *, classes: Sequence[int], year: AcademicYear, on: date, now: datetime
) -> Computed:
    """Reckon averages and results of some classes anew, in one transaction."""
    averages = recompute_averages(classes=classes, year=year.starts_on.year)
    return Computed(
        len(classes), averages, follow_results(classes=classes, year=year, on=on, now=now)
    )


@transaction.atomic
def follow_results(*, classes: Sequence[int], year: AcademicYear, on: date, now: datetime) -> int:
    """Reckon what follows from the averages and decisions of some classes; return how many rows
    changed."""
    day = min(max(on, year.starts_on), year.ends_on - ONE_DAY)
    changed = 0
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [sorted(classes)])
        for scheme, asked in _by_scheme(classes, year).items():
            said: dict[str, Any] = {
                "classes": [pk for pk, _rules in asked],
                "needed": [one.secondary.min_subjects_at_level for _pk, one in asked],
                "replaces": [
                    one.secondary.adjustment_mode is AdjustmentMode.HYPOTHETICAL_REPLACE
                    for _pk, one in asked
                ],
                "allowed": [one.secondary.absences_allowed for _pk, one in asked],
                "excellent": [one.secondary.excellent_from for _pk, one in asked],
                "scheme": int(scheme),
                "year": year.starts_on.year,
                "year_id": year.pk,
                "on": day,
                "now": now,
            }
            cursor.execute(_STATEMENTS[scheme], said)
            changed += cursor.rowcount
    return changed


def _by_scheme(
    classes: Sequence[int], year: AcademicYear
) -> dict[Scheme, list[tuple[int, Chosen]]]:
    """Return the classes by the rules that reckon them; those of stored years are left out."""
    rows = HomeroomClass.objects.unscoped(because=BECAUSE).filter(pk__in=classes)
    known: dict[tuple[str, str], Chosen | None] = {}
    found: dict[Scheme, list[tuple[int, Chosen]]] = {}
    for pk, level, code in rows.order_by("pk").values_list(
        "pk", "grade_level__level", "grade_level__code"
    ):
        if (level, code) not in known:
            known[level, code] = rules_of(level, code, year)
        rules = known[level, code]
        if rules is not None and rules.is_computed and rules.book in _SCHEMES:
            found.setdefault(_SCHEMES[rules.book], []).append((pk, rules))
    return found


def rules_of(level: str, grade: str, year: AcademicYear) -> Chosen | None:
    """Return the rules of a grade in a year; None where no circular is recorded."""
    if not grade.isdigit():
        return None
    try:
        return assessment_rules(level, int(grade), year).rules
    except NotFound:
        return None
