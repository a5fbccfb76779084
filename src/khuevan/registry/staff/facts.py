"""The facts of staff that grants follow from: their keys, and what each lets somebody see.

What a fact allows is worked out here alone, for one member, for a load of many, and for the check
that the grants in force are those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Q

from khuevan.platform.access.api import GrantSpec, set_derived_grants
from khuevan.platform.organizations.api import OrgUnit, UnitKind, versions_on
from khuevan.registry.staff.models import (
    Appointment,
    DutyKind,
    HomeroomAssignment,
    StaffLeave,
    Substitution,
    TeachingAssignment,
)
from khuevan.registry.staff.rules import Span, roles_of_position, without

APPOINTMENT = "staff.appointment:"
HOMEROOM = "staff.homeroom:"
TEACHING = "staff.teaching:"
SUBSTITUTION = "staff.substitution:"
BECAUSE = "the facts that somebody's grants follow from"

Gaps = Mapping[tuple[int, int], Sequence[Span]]
"""When somebody's classes are out of reach, by staff member and school."""


def appointment_key(pk: int) -> str:
    """Return the key of the rights that follow from a position."""
    return f"{APPOINTMENT}{pk}"


def refresh_grants(member_ids: Collection[int], *, gone: Collection[str] = ()) -> None:
    """Let the grants of these staff members be what their facts say, and end those of facts gone.

    A step inside the transaction of the action that changed the facts.
    """
    specs = list(specs_of(member_ids))
    keys = {spec.source_key for spec in specs} | set(gone) | set(_keys_of(member_ids))
    set_derived_grants(specs, source_keys=keys)


def specs_of(member_ids: Collection[int] | None = None) -> Iterator[GrantSpec]:
    """Return what the facts of these staff members, or of all, let them see."""
    whose = Q() if member_ids is None else Q(staff_member_id__in=member_ids)
    appointments = Appointment.objects.unscoped(because=BECAUSE).filter(whose)
    yield from appointment_specs(appointments.select_related("unit"))
    gaps = gaps_of(member_ids)
    homerooms = HomeroomAssignment.objects.unscoped(because=BECAUSE).filter(whose)
    for homeroom in homerooms.iterator():
        yield from _paused(homeroom_grant(homeroom), homeroom.staff_member_id, gaps)
    lessons = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(whose)
    for lesson in lessons.iterator():
        yield from _paused(teaching_grant(lesson), lesson.staff_member_id, gaps)
    for standing_in in Substitution.objects.unscoped(because=BECAUSE).filter(whose):
        yield from _paused(substitution_grant(standing_in), standing_in.staff_member_id, gaps)


def gaps_of(member_ids: Collection[int] | None = None) -> Gaps:
    """Return when leaves put the classes of these staff members, or of all, out of reach."""
    rows = StaffLeave.objects.unscoped(because=BECAUSE).filter(pauses_classes=True)
    if member_ids is not None:
        rows = rows.filter(staff_member_id__in=member_ids)
    gaps: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
    for row in rows.order_by("starts_on"):
        gaps[row.staff_member_id, row.school_id].append((row.starts_on, row.ends_on))
    return gaps


def _keys_of(member_ids: Collection[int]) -> Iterator[str]:
    facts: tuple[tuple[str, type], ...] = (
        (APPOINTMENT, Appointment),
        (HOMEROOM, HomeroomAssignment),
        (TEACHING, TeachingAssignment),
        (SUBSTITUTION, Substitution),
    )
    for prefix, model in facts:
        rows = model.objects.unscoped(because=BECAUSE).filter(staff_member_id__in=member_ids)  # type: ignore[attr-defined]
        yield from (f"{prefix}{pk}" for pk in rows.values_list("pk", flat=True))


def _paused(spec: GrantSpec, member_id: int, gaps: Gaps) -> Iterator[GrantSpec]:
    school_id = spec.home_unit_id
    taken_out = gaps.get((member_id, school_id), ()) if school_id is not None else ()
    for starts_on, ends_on in without((spec.starts_on, spec.ends_on), taken_out):
        yield spec.during(starts_on, ends_on)


def appointment_specs(appointments: Iterable[Appointment]) -> Iterator[GrantSpec]:
    """Return the grants that follow from appointments, read with their units."""
    for appointment in appointments:
        yield from appointment_grants(appointment)


def appointment_grants(appointment: Appointment) -> list[GrantSpec]:
    """Return the grants that follow from an appointment: in its unit.

    Whoever works at the department works for the whole province that stands above it.
    """
    unit = appointment.unit
    anchor_id: int | None = unit.pk
    if unit.kind == UnitKind.DEPARTMENT:
        anchor_id = _above(unit, appointment.starts_on)
    return [
        GrantSpec(
            person_id=appointment.person_id,
            role_code=role,
            source_key=appointment_key(appointment.pk),
            starts_on=appointment.starts_on,
            ends_on=appointment.ends_on,
            unit_id=anchor_id,
            home_unit_id=unit.pk,
        )
        for role in roles_of_position(appointment.position, unit.kind)
        if anchor_id is not None
    ]


def _above(unit: OrgUnit, on: date) -> int | None:
    """Return what a unit belongs to on a day; before its first known day, to what it came under."""
    first = unit.versions.order_by("starts_on").values_list("starts_on", flat=True).first()
    day = max(on, first) if first else on
    parents = versions_on(day).filter(unit=unit).values_list("parent_id", flat=True)
    return parents.first() or unit.pk


def homeroom_grant(assignment: HomeroomAssignment) -> GrantSpec:
    """Return the grant that follows from being in charge of a class."""
    return _class_grant(assignment, "homeroom_teacher", HOMEROOM)


def teaching_grant(assignment: TeachingAssignment) -> GrantSpec:
    """Return the grant that follows from teaching in a class."""
    return _class_grant(assignment, "subject_teacher", TEACHING)


def substitution_grant(standing_in: Substitution) -> GrantSpec:
    """Return the grant that follows from standing in for a colleague in a class."""
    in_charge = standing_in.duty == DutyKind.HOMEROOM
    role = "homeroom_teacher" if in_charge else "subject_teacher"
    return _class_grant(standing_in, role, SUBSTITUTION)


def _class_grant(
    fact: HomeroomAssignment | TeachingAssignment | Substitution, role: str, prefix: str
) -> GrantSpec:
    return GrantSpec(
        person_id=fact.person_id,
        role_code=role,
        source_key=f"{prefix}{fact.pk}",
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        class_id=fact.homeroom_class_id,
        home_unit_id=fact.school_id,
    )
