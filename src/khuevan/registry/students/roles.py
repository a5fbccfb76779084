"""What being a pupil or a guardian tells of a person: roles, events of a life, codes, names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force, last_day, not_over
from khuevan.platform.accounts.api import Person
from khuevan.platform.organizations.api import versions_on
from khuevan.registry.people.api import (
    CAME,
    LEFT,
    TOOK_UP,
    CodeHome,
    CodeTaken,
    Happening,
    Representative,
    RoleLine,
)
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    EntryKind,
    ExitKind,
    Guardianship,
    GuardianshipLimit,
    Relation,
    Student,
)
from khuevan.registry.students.permissions import VIEW_GUARDIANS, VIEW_STUDENTS

REACHED = "the caller reached the person through a scope"


def roles(actor: Actor, person: Person, on: date) -> Iterator[RoleLine]:
    """Return the times in schools, and whose guardian somebody is, as far as the actor may know."""
    periods = list(
        Enrollment.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(person=person)
        .select_related("student")
        .order_by("-starts_on", "-pk")
    )
    names = _names({row.school_id for row in periods}, on)
    for row in periods:
        yield RoleLine(
            label=_("Pupil"),
            place=names.get(row.school_id, ""),
            icon="users",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            url=reverse("students:record", args=[row.student.uuid]),
        )
    for kept in _guardianships(actor, person):
        child = {"child": kept.student_person.full_name}
        yield RoleLine(
            label=_("%(relation)s of %(child)s")
            % {"relation": Relation(kept.relation).label, **child},
            place=_("without custody") if kept.is_limited else "",  # type: ignore[attr-defined]
            icon="user",
            starts_on=kept.starts_on,
            ends_on=kept.ends_on,
            url=reverse("students:record", args=[kept.student.uuid]),
        )


def events(actor: Actor, person: Person) -> Iterator[Happening]:
    """Return coming to schools, classes and leaving, as far as the actor may know."""
    periods = list(
        Enrollment.objects.visible_to(actor, VIEW_STUDENTS).filter(person=person).order_by("pk")
    )
    for row in periods:
        came = {"school": _names({row.school_id}, row.starts_on).get(row.school_id, "")}
        yield Happening(
            on=row.starts_on,
            title=_("Pupil of %(school)s") % came,
            text=str(EntryKind(row.entry_kind).label),
            icon="user-plus",
            rank=CAME,
        )
        if row.ends_on is not None and row.exit_kind:
            left = {"school": _names({row.school_id}, last_day(row.ends_on)).get(row.school_id, "")}
            yield Happening(
                on=row.ends_on,
                title=_("Left %(school)s") % left,
                text=str(ExitKind(row.exit_kind).label),
                icon="log-out",
                rank=LEFT,
            )
    placements = ClassPlacement.objects.visible_to(actor, VIEW_STUDENTS).filter(person=person)
    for placed in placements.select_related("homeroom_class__academic_year").order_by("pk"):
        yield Happening(
            on=placed.starts_on,
            title=_("Class %(name)s") % {"name": placed.homeroom_class.name},
            text=placed.homeroom_class.academic_year.code,
            icon="door-open",
            rank=TOOK_UP,
        )
    for kept in _guardianships(actor, person):
        if kept.starts_on is not None:
            child = {"child": kept.student_person.full_name}
            yield Happening(
                on=kept.starts_on,
                title=_("%(relation)s of %(child)s")
                % {"relation": Relation(kept.relation).label, **child},
                icon="users",
            )


def homes(person_ids: Collection[int], on: date) -> Mapping[int, int]:
    """Return the school of each pupil, and the child's school for guardians."""
    because = "which unit's log an entry belongs to"
    pupils = Enrollment.objects.unscoped(because=because).filter(
        not_over(on), person_id__in=person_ids, is_primary=True
    )
    found = dict(pupils.order_by("-starts_on").values_list("person_id", "school_id"))
    missing = [pk for pk in person_ids if pk not in found]
    if missing:
        kept = Guardianship.objects.unscoped(because=because).filter(
            not_over(on),
            guardian_id__in=missing,
            student__enrollments__is_primary=True,
            student__enrollments__ends_on__isnull=True,
        )
        pairs = kept.order_by("-pk").values_list("guardian_id", "student__enrollments__school_id")
        found.update(dict(pairs))
    return found


def records(person_ids: Collection[int]) -> Mapping[int, str]:
    """Return the record of each pupil."""
    rows = Student.objects.unscoped(because="an address opens nothing by itself").filter(
        person_id__in=person_ids
    )
    return {
        person_id: reverse("students:record", args=[uuid])
        for person_id, uuid in rows.values_list("person_id", "uuid")
    }


def follow_name(person: Person) -> None:
    """Set the sort keys that stand on a pupil's periods after a name."""
    for model in (Enrollment, ClassPlacement):
        rows = model.objects.unscoped(because=REACHED).filter(person=person)
        rows.update(sort_key=person.sort_key)


def _read_code(person_id: int) -> str | None:
    rows = Student.objects.unscoped(because=REACHED).filter(person_id=person_id)
    return rows.values_list("moet_code", flat=True).first()


def _write_code(person_id: int, code: str) -> None:
    rows = Student.objects.unscoped(because=REACHED).filter(person_id=person_id)
    try:
        with transaction.atomic():
            rows.update(moet_code=code)
    except IntegrityError as error:
        raise CodeTaken from error


MOET_CODE = CodeHome(read=_read_code, write=_write_code)


def guardians_on(person_ids: Collection[int], on: date) -> Mapping[int, list[Representative]]:
    """Return who answers for each pupil on a day, in the order of contact."""
    rows = (
        Guardianship.objects.unscoped(because=REACHED)
        .filter(not_over(on), student_person_id__in=person_ids)
        .annotate(is_limited=_limit_on(on))
        .select_related("guardian")
        .order_by("contact_order", "pk")
    )
    found: dict[int, list[Representative]] = {}
    for row in rows:
        if row.starts_on is None or row.starts_on <= on:
            relation = str(Relation(row.relation).label)
            limited: bool = row.is_limited
            one = Representative(row.guardian_id, row.full_name, relation, not limited)
            found.setdefault(row.student_person_id, []).append(one)
    return found


def _guardianships(actor: Actor, person: Person) -> Iterable[Guardianship]:
    return (
        Guardianship.objects.visible_to(actor, VIEW_GUARDIANS)
        .filter(guardian=person)
        .annotate(is_limited=_limit_on(actor.today))
        .select_related("student", "student_person")
        .order_by("pk")
    )


def _limit_on(on: date) -> Exists:
    """Return whether a guardian has no custody, or restricted contact, on a day."""
    limits = GuardianshipLimit.objects.unscoped(because=REACHED)
    return Exists(limits.filter(in_force(on), guardianship_id=OuterRef("pk")))


def _names(unit_ids: Collection[int], on: date) -> dict[int, str]:
    units = versions_on(on).filter(unit_id__in=unit_ids)
    return {one.unit_id: one.short_name for one in units}
