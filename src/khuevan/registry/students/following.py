"""Which days guardians follow a pupil's record, written as their grants. Steps of other actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from khuevan.kernel.periods import Days
from khuevan.platform.access.api import GrantSpec, fit_derived_grants
from khuevan.registry.students.facts import guardianship_key, home_schools
from khuevan.registry.students.models import FamilyConsent, Guardianship, GuardianshipLimit
from khuevan.registry.students.rules import comes_of_age_on, reading_days

LONG_AGO = date(1990, 1, 1)
_WHY = "guardianships of pupils that the caller reached through a scope and locked"


def follow_guardians(*, student_ids: Collection[int], on: date) -> None:
    """Let the guardians of pupils read on exactly the days that the facts give, from a day on.

    A step inside the caller's transaction; the number of statements grows with what changes only.
    """
    rows = list(
        Guardianship.objects.unscoped(because=_WHY)
        .filter(student_id__in=student_ids)
        .select_related("student__person")
        .order_by("pk")
    )
    limits = _periods(GuardianshipLimit, "guardianship_id", [row.pk for row in rows])
    consents = _periods(FamilyConsent, "student_id", student_ids)
    schools = home_schools(student_ids)
    fit_derived_grants(
        {
            guardianship_key(row.pk): [
                _grant(row, days, schools.get(row.student_id))
                for days in _days_of(row, consents[row.student_id], limits[row.pk])
            ]
            for row in rows
        },
        on=on,
    )


def _periods(
    model: type[GuardianshipLimit] | type[FamilyConsent], key: str, ids: Collection[int]
) -> defaultdict[int, list[Days]]:
    rows = model.objects.unscoped(because=_WHY).filter(**{f"{key}__in": ids})
    found: defaultdict[int, list[Days]] = defaultdict(list)
    for pk, starts_on, ends_on in rows.order_by("starts_on").values_list(
        key, "starts_on", "ends_on"
    ):
        found[pk].append((starts_on, ends_on))
    return found


def _days_of(row: Guardianship, consents: Iterable[Days], limits: Iterable[Days]) -> list[Days]:
    born = row.student.person.birth_date
    return reading_days(
        (row.starts_on or born or LONG_AGO, row.ends_on),
        of_age_on=comes_of_age_on(born),
        consents=consents,
        limits=limits,
        died_on=row.student.died_on,
    )


def _grant(row: Guardianship, days: Days, school_id: int | None) -> GrantSpec:
    return GrantSpec(
        person_id=row.guardian_id,
        role_code="guardian",
        source_key=guardianship_key(row.pk),
        starts_on=days[0],
        ends_on=days[1],
        anchor_person_id=row.student_person_id,
        home_unit_id=school_id,
    )
