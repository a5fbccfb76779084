"""Writing the policy groups of pupils beside the record they belong to: steps of other actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import write_new
from khuevan.registry.students.models import PolicyGroup, Student

PER_YEAR = frozenset(("POOR", "NEAR_POOR"))
"""Households are counted poor for a calendar year, then reviewed."""
ONE_DAY = "policy groups of pupils that the caller reached through a scope"


def period_of(code: str, on: date) -> tuple[date, date | None]:
    """Return the half-open period of a group that is first heard of on a day."""
    return (on, date(on.year + 1, 1, 1)) if code in PER_YEAR else (on, None)


def write_policies(pairs: Sequence[tuple[Student, Iterable[str]]], *, on: date) -> None:
    """Write the groups of new pupils; a step of the caller's own transaction."""
    write_new(
        [_row(student, code, on) for student, codes in pairs for code in dict.fromkeys(codes)]
    )


def change_policies(wanted: Mapping[int, tuple[Student, Iterable[str]]], *, on: date) -> None:
    """Let pupils be of these groups from a day on, and of no others; a step of the caller's own."""
    if not wanted:
        return
    rows = PolicyGroup.objects.unscoped(because=ONE_DAY).filter(in_force(on), student_id__in=wanted)
    held: set[tuple[int, str]] = set()
    ended = []
    for row in rows.order_by("pk"):
        if row.code in wanted[row.student_id][1]:
            held.add((row.student_id, row.code))
        else:
            row.ends_on = on
            ended.append(row)
    today = [row.pk for row in ended if row.starts_on == on]
    rows.filter(pk__in=today).delete()  # said and taken back on one day: it never held
    rows.bulk_update([row for row in ended if row.pk not in today], ["ends_on"])
    write_new(
        [
            _row(student, code, on)
            for pk, (student, codes) in wanted.items()
            for code in dict.fromkeys(codes)
            if (pk, code) not in held
        ]
    )


def _row(student: Student, code: str, on: date) -> PolicyGroup:
    starts_on, ends_on = period_of(code, on)
    return PolicyGroup(
        student=student,
        person_id=student.person_id,
        code=code,
        starts_on=starts_on,
        ends_on=ends_on,
    )
