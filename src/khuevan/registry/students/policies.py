"""Reading the policy groups of pupils on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from khuevan.kernel.periods import in_force
from khuevan.registry.students.models import PolicyGroup, Student

ONE_DAY = "policy groups of pupils that the caller reached through a scope"


def policies_of(*, student: Student, on: date) -> list[PolicyGroup]:
    """Return the policy groups of a pupil on a day; the caller knows that they may be shown."""
    rows = PolicyGroup.objects.unscoped(
        because="of a pupil reached through a scope, for who sees the sensitive facts"
    )
    return list(rows.filter(in_force(on), student=student).order_by("code", "pk"))


def codes_of(student_ids: Iterable[int], *, on: date) -> dict[int, tuple[str, ...]]:
    """Return the codes of each pupil's groups on a day; pupils without one are left out."""
    rows = PolicyGroup.objects.unscoped(because=ONE_DAY).filter(
        in_force(on), student_id__in=list(student_ids)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for student_id, code in rows.order_by("code", "pk").values_list("student_id", "code"):
        found[student_id].append(code)
    return {pk: tuple(codes) for pk, codes in found.items()}
