"""Reading what people were trained for, and the level they were appointed to, by date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from khuevan.kernel.periods import in_force
from khuevan.registry.staff.code_lists import title_level
from khuevan.registry.staff.models import ProfessionalTitle, StaffSubject, SubjectTie

BECAUSE = "of staff of a school that the caller reached"


def trained_subjects(member_ids: Collection[int], on: date) -> dict[int, set[str]]:
    """Return what some staff is recorded as trained for on a day: one query."""
    rows = StaffSubject.objects.unscoped(because=BECAUSE).filter(
        in_force(on), staff_member_id__in=member_ids, tie=SubjectTie.TRAINED
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for member_id, name in rows.values_list("staff_member_id", "subject_name"):
        found[member_id].add(name)
    return dict(found)


def appointed_levels(member_ids: Collection[int], on: date) -> dict[int, str]:
    """Return the level of the professional title that some staff holds on a day: one query."""
    rows = ProfessionalTitle.objects.unscoped(because=BECAUSE).filter(
        in_force(on), staff_member_id__in=member_ids
    )
    held = rows.values_list("staff_member_id", "code")
    return {member_id: level for member_id, code in held if (level := title_level(code))}
