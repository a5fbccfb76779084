"""Pure rules of staff: what a position brings, which stand where, what a leave takes out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from khuevan.kernel.vietnamese import match_key

Span = tuple[date, date | None]
"""A half-open period; None while nobody knows its end."""

LEADING = frozenset({"PRINCIPAL", "VICE_PRINCIPAL"})
"""Positions of a school that the level above fills (organization sheet 2, appoint_principal)."""

LEAVING_WORK = frozenset({"RETIRED", "DECEASED"})
"""Ends after which nobody works anywhere."""

_SCHOOL = (
    "TEACHER", "CLERK", "ACCOUNTANT", "LIBRARIAN", "NURSE", "EQUIPMENT", "YOUTH_LEADER", "IT",
    "COUNSELOR", "INCLUSION", "OTHER", "VICE_PRINCIPAL", "PRINCIPAL",
)  # fmt: skip
_POSITIONS = {
    "SCHOOL": _SCHOOL,
    "DEPARTMENT": ("OFFICER", "DIVISION_HEAD", "DEPUTY_DIRECTOR", "DIRECTOR", "OTHER"),
    "COMMUNE": ("OFFICER", "DIVISION_HEAD", "VICE_CHAIR", "CHAIR", "OTHER"),
    "DISTRICT_OFFICE": ("OFFICER", "DIRECTOR", "DEPUTY_DIRECTOR", "OTHER"),
}
_ROLES = {
    "PRINCIPAL": ("principal", "school_staff"),
    "VICE_PRINCIPAL": ("vice_principal", "school_staff"),
    "CLERK": ("school_clerk", "school_staff"),
}
_OFFICE_ROLES = {
    ("DEPARTMENT", "DIRECTOR"): "department_director",
    ("DEPARTMENT", "DEPUTY_DIRECTOR"): "deputy_director",
    ("DEPARTMENT", "DIVISION_HEAD"): "division_head",
    ("COMMUNE", "CHAIR"): "commune_chair",
    ("COMMUNE", "VICE_CHAIR"): "commune_vice_chair",
    ("COMMUNE", "DIVISION_HEAD"): "commune_division_head",
}
"""An officer brings nothing: what each of them works on, and sees, is given by name."""


def positions_of(unit_kind: str) -> tuple[str, ...]:
    """Return the positions that exist in a kind of unit, usual ones first."""
    return _POSITIONS.get(unit_kind, ())


def positions_to_move_to() -> tuple[str, ...]:
    """Return what somebody may be at the school they move to; leaders are appointed apart."""
    return tuple(code for code in _SCHOOL if code not in LEADING)


def roles_of_position(position: str, unit_kind: str = "SCHOOL") -> tuple[str, ...]:
    """Return the role codes that a position in a unit of a kind brings."""
    if unit_kind == "SCHOOL":
        return _ROLES.get(position, ("school_staff",))
    role = _OFFICE_ROLES.get((unit_kind, position))
    return (role,) if role else ()


def without(span: Span, gaps: Iterable[Span]) -> list[Span]:
    """Return what of a period is left when others are taken out of it, in order."""
    left = [span]
    for gap_starts, gap_ends in sorted(gaps, key=lambda one: one[0]):
        left = [piece for one in left for piece in _cut(one, gap_starts, gap_ends)]
    return left


def _cut(span: Span, gap_starts: date, gap_ends: date | None) -> Iterable[Span]:
    starts, ends = span
    if (ends is not None and gap_starts >= ends) or (gap_ends is not None and gap_ends <= starts):
        yield span
        return
    if starts < gap_starts:
        yield starts, gap_starts
    if gap_ends is not None and (ends is None or gap_ends < ends):
        yield gap_ends, ends


def covers(outer: Span, inner: Span) -> bool:
    """Return whether every day of one period lies in another."""
    if inner[0] < outer[0]:
        return False
    return outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])


def is_same_person(
    known_name: str, known_birth: date | None, told_name: str, told_birth: date | None
) -> bool:
    """Return whether two who share a personal number are one: name and birth date must agree."""
    same_day = None in (known_birth, told_birth) or known_birth == told_birth
    return match_key(known_name) == match_key(told_name) and same_day
