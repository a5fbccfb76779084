"""Whether a pupil of 18 lets the family read on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from khuevan.kernel.periods import in_force
from khuevan.registry.students.models import FamilyConsent

_WHY = "the pupil's own word, asked by the pupil or told to whom it concerns"


def consent_in_force(*, student_id: int, on: date) -> FamilyConsent | None:
    """Return the consent that holds on a day."""
    rows = FamilyConsent.objects.unscoped(because=_WHY).filter(student_id=student_id)
    return rows.filter(in_force(on)).first()


def consenting(*, student_ids: Collection[int], on: date) -> set[int]:
    """Return which of these pupils let their families read on."""
    rows = FamilyConsent.objects.unscoped(because=_WHY).filter(student_id__in=student_ids)
    return set(rows.filter(in_force(on)).values_list("student_id", flat=True))


def last_consents(*, person_ids: Collection[int]) -> dict[int, date]:
    """Return when each of these people last took a consent back, by person."""
    rows = FamilyConsent.objects.unscoped(because=_WHY).filter(
        student_person_id__in=person_ids, ends_on__isnull=False
    )
    return {row.student_person_id: row.ends_on for row in rows.order_by("ends_on") if row.ends_on}
