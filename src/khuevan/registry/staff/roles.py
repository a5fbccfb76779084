"""What working in a unit tells of a person: roles, events of a life, the ministry's code."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.accounts.api import Person
from khuevan.platform.organizations.api import versions_on
from khuevan.registry.people.api import (
    CAME,
    LEFT,
    TOOK_UP,
    CodeHome,
    CodeTaken,
    Happening,
    RoleLine,
)
from khuevan.registry.staff.models import Appointment, HomeroomAssignment, Position, StaffMember
from khuevan.registry.staff.permissions import VIEW_STAFF

REACHED = "the caller reached the person through a scope"


def roles(actor: Actor, person: Person, on: date) -> Iterator[RoleLine]:
    """Return the positions somebody holds and held, as far as the actor may know."""
    rows = list(
        Appointment.objects.visible_to(actor, VIEW_STAFF)
        .filter(person=person)
        .order_by("-starts_on", "-pk")
    )
    names = _names({row.unit_id for row in rows}, on)
    for row in rows:
        yield RoleLine(
            label=str(Position(row.position).label),
            place=names.get(row.unit_id, ""),
            icon="id-card",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )


def events(actor: Actor, person: Person) -> Iterator[Happening]:
    """Return appointments and classes in charge of, as far as the actor may know."""
    rows = Appointment.objects.visible_to(actor, VIEW_STAFF).filter(person=person)
    for row in rows.order_by("pk"):
        names = _names({row.unit_id}, row.starts_on)
        told = {"position": Position(row.position).label, "unit": names.get(row.unit_id, "")}
        yield Happening(
            on=row.starts_on,
            title=_("%(position)s, %(unit)s") % told,
            text=row.decision,
            icon="id-card",
            rank=CAME,
        )
        if row.ends_on is not None:
            yield Happening(
                on=row.ends_on,
                title=_("No longer %(position)s, %(unit)s") % told,
                icon="log-out",
                rank=LEFT,
            )
    homerooms = HomeroomAssignment.objects.visible_to(actor, VIEW_STAFF).filter(person=person)
    for kept in homerooms.select_related("homeroom_class").order_by("pk"):
        yield Happening(
            on=kept.starts_on,
            title=_("In charge of class %(name)s") % {"name": kept.homeroom_class.name},
            icon="clipboard-check",
            rank=TOOK_UP,
        )


def homes(person_ids: Collection[int], on: date) -> Mapping[int, int]:
    """Return the unit in which each of these people works."""
    rows = Appointment.objects.unscoped(because="which unit's log an entry belongs to").filter(
        in_force(on), person_id__in=person_ids
    )
    return dict(rows.order_by("is_primary", "-pk").values_list("person_id", "unit_id"))


def records(person_ids: Collection[int]) -> Mapping[int, str]:
    """Return the record of each member of staff."""
    rows = StaffMember.objects.unscoped(because="an address opens nothing by itself").filter(
        person_id__in=person_ids
    )
    return {
        person_id: reverse("staff:record", args=[uuid])
        for person_id, uuid in rows.values_list("person_id", "uuid")
    }


def _read_code(person_id: int) -> str | None:
    rows = StaffMember.objects.unscoped(because=REACHED).filter(person_id=person_id)
    return rows.values_list("moet_code", flat=True).first()


def _write_code(person_id: int, code: str) -> None:
    rows = StaffMember.objects.unscoped(because=REACHED).filter(person_id=person_id)
    try:
        with transaction.atomic():
            rows.update(moet_code=code)
    except IntegrityError as error:
        raise CodeTaken from error


MOET_CODE = CodeHome(read=_read_code, write=_write_code)


def _names(unit_ids: Collection[int], on: date) -> dict[int, str]:
    units = versions_on(on).filter(unit_id__in=unit_ids)
    return {one.unit_id: one.short_name for one in units}
