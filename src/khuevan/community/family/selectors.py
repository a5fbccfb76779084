"""Reading for a family: the children, what their records hold and lack, and who looked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from khuevan.community.family.permissions import VIEW_CHILD
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, not_over
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.audit.api import RecordView, record_views
from khuevan.platform.organizations.api import versions_on
from khuevan.registry.people.api import AddressKind
from khuevan.registry.schools.api import DaysAhead, HomeroomClass, days_ahead
from khuevan.registry.staff.api import homeroom_teachers
from khuevan.registry.students.api import (
    VIEW_STUDENTS,
    ClassPlacement,
    Enrollment,
    Guardianship,
    GuardianshipLimit,
    Student,
    comes_of_age_on,
    consent_in_force,
    guardians_of,
    last_consents,
    shown_addresses,
)


@dataclass(frozen=True, slots=True)
class Child:
    """A child as the family's pages show it: who, in which school and class, with which teacher."""

    student: Student
    school: str = ""
    class_name: str = ""
    grade: str = ""
    teacher: str = ""
    since: date | None = None
    school_id: int | None = None
    level: str = ""
    room: HomeroomClass | None = None

    @property
    def uuid(self) -> UUID:
        """Return the id that addresses hold."""
        return self.student.uuid

    @property
    def name(self) -> str:
        """Return the whole name."""
        return self.student.person.full_name


@dataclass(frozen=True, slots=True)
class Known:
    """What a child's record holds. Empty means that the record lacks it."""

    address: str
    guardians: list[Guardianship]
    missing: tuple[str, ...]
    """Of FACTS, in that order."""


@dataclass(frozen=True, slots=True)
class GrownUp:
    """A child whose record no longer opens for a guardian: since when, and what can change it."""

    name: str
    since: date
    withdrawn_on: date | None = None
    """Since when an adult who had shared the record shares it no longer."""
    is_up_to_the_child: bool = True
    """Whether an adult child can open it again; not so what a paper closed."""


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """What a pupil of 18 decided about the family's reading."""

    since: date | None
    until: date | None = None


TOLD_FOR = timedelta(days=60)
"""So long somebody is told that a guardianship has ended."""
FACTS = ("personal-number", "birth-date", "ethnicity", "address", "guardian-phone")


@dataclass(frozen=True, slots=True)
class Looks:
    """How many people looked at a child's record since a day, and how often."""

    since: date
    people: int
    times: int


def children(*, actor: Actor, on: date) -> list[Child]:
    """Return the acting guardian's children (or the acting pupil), the eldest first."""
    students = list(
        Student.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(person_id__in=actor.reach(VIEW_CHILD, "person").ids)
        .select_related("person")
        .order_by("person__birth_date", "pk")
    )
    ids = [student.pk for student in students]
    places = _placements(actor, ids, on)
    times = _enrollments(actor, ids, on)
    schools = _names({one.school_id for one in times.values()}, on)
    teachers = homeroom_teachers([one.homeroom_class_id for one in places.values()], on=on)
    return [
        _child(student, times.get(student.pk), places.get(student.pk), schools, teachers)
        for student in students
    ]


def days_off(child: Child, *, on: date) -> list[DaysAhead]:
    """Return the days off and made up in the coming weeks that touch a child's school and level."""
    if child.school_id is None or not child.level:
        return []
    return days_ahead(child.school_id, child.level, on=on)


def grown_up(*, actor: Actor, on: date) -> list[GrownUp]:
    """Return the actor's children whose records no longer open, and since when; oldest first.

    Told are the name, which the guardian knows, the day, and whether the child can change it: not
    so where custody or contact is limited, or the guardianship was ended, by a paper.
    """
    if actor.person_id is None:
        return []
    rows = (
        Guardianship.objects.unscoped(because="that it ended is told to whom it concerned")
        .filter(guardian_id=actor.person_id, student__died_on__isnull=True)
        .filter(not_over(on) | _ended_lately(on))
        .exclude(student_person_id__in=actor.reach(VIEW_CHILD, "person").ids)
        .select_related("student_person")
        .order_by("student_person__birth_date", "pk")
    )
    found = {row.student_person_id: row for row in rows}
    ended = last_consents(person_ids=list(found))
    limited = _limited_since([row.pk for row in found.values()], on)
    told = [_told(row, on, limited.get(row.pk), ended.get(pk)) for pk, row in found.items()]
    return [one for one in told if one is not None]


def _ended_lately(on: date) -> Q:
    return ~Q(end_reason="") & Q(ends_on__lte=on, ends_on__gt=on - TOLD_FOR)


def _limited_since(guardianship_ids: Collection[int], on: date) -> dict[int, date]:
    rows = GuardianshipLimit.objects.unscoped(because="that it closed is told to whom it concerns")
    held = rows.filter(in_force(on), guardianship_id__in=guardianship_ids)
    return dict(held.values_list("guardianship_id", "starts_on"))


def _told(
    row: Guardianship, on: date, limited_since: date | None, withdrawn_on: date | None
) -> GrownUp | None:
    name = row.student_person.full_name
    closed_on = limited_since or row.ends_on
    if closed_on is not None:
        return GrownUp(name, closed_on, is_up_to_the_child=False)
    since = comes_of_age_on(row.student_person.birth_date)
    return GrownUp(name, since, withdrawn_on) if since and since <= on else None


def own_consent(*, actor: Actor, child: Child, on: date) -> OwnConsent | None:
    """Return what the acting pupil decided; None for a parent, and for a pupil under 18."""
    person = child.student.person
    adult_on = comes_of_age_on(person.birth_date)
    if actor.person_id != person.pk or adult_on is None or adult_on > on:
        return None
    held = consent_in_force(student_id=child.student.pk, on=on)
    return OwnConsent(held.starts_on, held.ends_on) if held else OwnConsent(None)


def get_child_for(actor: Actor, uuid: UUID, *, on: date) -> Child:
    """Return one of the actor's own children or raise `NotFound`."""
    found = next((one for one in children(actor=actor, on=on) if one.uuid == uuid), None)
    if found is None:
        raise NotFound
    return found


def known_of(*, actor: Actor, child: Child, on: date) -> Known:
    """Return what a child's record holds and lacks, as far as the family may know."""
    person = child.student.person
    guardians = list(guardians_of(actor=actor, student=child.student, on=on))
    addresses = shown_addresses(actor=actor, student=child.student, on=on)
    address = addresses.get(AddressKind.CURRENT) or addresses.get(AddressKind.PERMANENT) or ""
    has = {
        "personal-number": bool(person.personal_number),
        "birth-date": person.birth_date is not None,
        "ethnicity": bool(person.ethnicity_code),
        "address": bool(address),
        "guardian-phone": any(one.phone for one in guardians),
    }
    return Known(address, guardians, tuple(fact for fact in FACTS if not has[fact]))


def looks_this_month(*, actor: Actor, child: Child, on: date) -> Looks:
    """Return how many others looked at a child's record since the first of the month."""
    since = on.replace(day=1)
    rows = looks_of(actor=actor, child=child).filter(at__gte=clock.midnight(since))
    viewers = rows.order_by().values_list("viewer_person_id", "viewer_label").distinct()
    return Looks(since, len(viewers), rows.count())


def looks_of(*, actor: Actor, child: Child) -> ScopedQuerySet[RecordView]:
    """Return the looks of others at a child's record, newest first; one's own are not told."""
    rows = record_views(actor=actor, person_id=child.student.person_id)
    others = ~Q(viewer_person_id=actor.person_id) | Q(viewer_person_id__isnull=True)
    return rows.filter(others)


def unit_names(looks: Collection[RecordView], *, on: date) -> dict[int, str]:
    """Return the names of the units that looks happened in."""
    return _names({look.unit_id for look in looks if look.unit_id}, on)


def _placements(actor: Actor, ids: Collection[int], on: date) -> dict[int, ClassPlacement]:
    rows = (
        ClassPlacement.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(in_force(on), student_id__in=ids)
        .select_related("homeroom_class__grade_level", "grade_level")
    )
    return {row.student_id: row for row in rows}


def _enrollments(actor: Actor, ids: Collection[int], on: date) -> dict[int, Enrollment]:
    rows = Enrollment.objects.visible_to(actor, VIEW_STUDENTS).filter(
        in_force(on), student_id__in=ids, is_primary=True
    )
    return {row.student_id: row for row in rows}


def _names(unit_ids: Collection[int], on: date) -> dict[int, str]:
    rows = versions_on(on).filter(unit_id__in=unit_ids)
    return {row.unit_id: row.short_name for row in rows}


def _child(
    student: Student,
    time: Enrollment | None,
    place: ClassPlacement | None,
    schools: dict[int, str],
    teachers: dict[int, str],
) -> Child:
    return Child(
        student=student,
        school=schools.get(time.school_id, "") if time else "",
        since=time.starts_on if time else None,
        class_name=place.homeroom_class.name if place else "",
        room=place.homeroom_class if place else None,
        grade=place.own_grade.label if place else "",
        teacher=teachers.get(place.homeroom_class_id, "") if place else "",
        school_id=time.school_id if time else None,
        level=place.homeroom_class.grade_level.level if place else "",
    )
