"""Opening, correcting and closing campuses and rooms; a school's own contact details."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import ngettext

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import not_over, require_near
from khuevan.kernel.vietnamese import normalize, text_sort_key
from khuevan.platform.audit.api import record, snapshot
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.actions.opening import require_website
from khuevan.registry.schools.errors import (
    ClosesBeforeItOpens,
    MainCampusStays,
    PlaceNameTaken,
    StillInUse,
)
from khuevan.registry.schools.holdings import held_in_campus, told
from khuevan.registry.schools.models import Campus, HomeroomClass, Room, RoomKind, School
from khuevan.registry.schools.permissions import MANAGE_CAMPUSES
from khuevan.registry.schools.rules import class_match_name, padded
from khuevan.ui.formats import day

CAMPUS = ("name", "address", "area_id", "distance_km", "phone")
ROOM = ("name", "kind", "subject", "capacity", "classes_at_once")
CONTACT = ("phone", "website", "address")


@dataclass(frozen=True, slots=True)
class CampusData:
    """A campus as it is written down; the first of a school is its main one."""

    name: str
    address: str = ""
    area_id: int | None = None
    distance_km: Decimal | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class RoomData:
    """A room as it is written down."""

    name: str
    kind: str = RoomKind.CLASSROOM
    subject: str = ""
    capacity: int | None = None
    classes_at_once: int | None = None


@transaction.atomic
def add_campus(
    *, actor: Actor, school_id: int, data: CampusData, starts_on: date, now: datetime
) -> Campus:
    """Open a satellite campus of a school from a day on.

    :raises PlaceNameTaken: when the school has a campus of this name
    """
    school = School.objects.visible_to(actor, MANAGE_CAMPUSES).lock(school_id)
    require_near(starts_on, today=actor.today)
    campus = Campus(school=school, starts_on=starts_on)
    _write_campus(campus, data)
    record(audit_codes.CAMPUS_OPENED, actor=actor, at=now, target=campus, unit_id=school.pk)
    return campus


@transaction.atomic
def change_campus(*, actor: Actor, uuid: UUID, data: CampusData, now: datetime) -> Campus:
    """Write down a campus's name, address or distance anew.

    :raises PlaceNameTaken: when the school has a campus of this name
    """
    rows = Campus.objects.visible_to(actor, MANAGE_CAMPUSES)
    campus = rows.lock(rows.one(uuid).pk)
    before = snapshot(campus, *CAMPUS)
    _write_campus(campus, data)
    _tell_change(audit_codes.CAMPUS_CHANGED, actor, campus, before, CAMPUS, now)
    return campus


@transaction.atomic
def close_campus(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> Campus:
    """Close a satellite campus with its rooms from a day on, its first without them.

    :raises MainCampusStays: when it is the main one
    :raises ClosesBeforeItOpens: when the day is not after its first
    :raises StillInUse: while classes or staff are there on that day or later
    """
    rows = Campus.objects.visible_to(actor, MANAGE_CAMPUSES)
    campus = rows.lock(rows.one(uuid).pk)
    if campus.is_main:
        raise MainCampusStays
    require_near(on, today=actor.today)
    _require_after(campus, on)
    left = [*held_in_campus(campus.pk, on=on), *_classes_left(Q(campus=campus), on)]
    if left:
        raise StillInUse(what=campus.name, holds=told(left), on=day(on))
    campus.ends_on = on
    campus.save(update_fields=["ends_on"])
    inside = Room.objects.visible_to(actor, MANAGE_CAMPUSES).filter(campus=campus)
    inside.filter(not_over(on), starts_on__lt=on).update(ends_on=on)
    record(audit_codes.CAMPUS_CLOSED, actor=actor, at=now, target=campus, unit_id=campus.school_id)
    return campus


@transaction.atomic
def add_room(
    *, actor: Actor, campus_uuid: UUID, data: RoomData, starts_on: date, now: datetime
) -> Room:
    """Add a room to a campus from a day on.

    :raises PlaceNameTaken: when the campus has a room of this name
    """
    rows = Campus.objects.visible_to(actor, MANAGE_CAMPUSES)
    campus = rows.lock(rows.one(campus_uuid).pk)
    require_near(starts_on, today=actor.today)
    room = Room(school_id=campus.school_id, campus=campus, starts_on=starts_on)
    _write_room(room, data)
    record(audit_codes.ROOM_ADDED, actor=actor, at=now, target=room, unit_id=campus.school_id)
    return room


@transaction.atomic
def change_room(*, actor: Actor, uuid: UUID, data: RoomData, now: datetime) -> Room:
    """Write down a room's name, use or capacity anew.

    :raises PlaceNameTaken: when the campus has a room of this name
    """
    rows = Room.objects.visible_to(actor, MANAGE_CAMPUSES)
    room = rows.lock(rows.one(uuid).pk)
    before = snapshot(room, *ROOM)
    _write_room(room, data)
    _tell_change(audit_codes.ROOM_CHANGED, actor, room, before, ROOM, now)
    return room


@transaction.atomic
def close_room(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> Room:
    """Take a room out of use from a day on.

    :raises ClosesBeforeItOpens: when the day is not after its first
    :raises StillInUse: while a class sits in it on that day or later
    """
    rows = Room.objects.visible_to(actor, MANAGE_CAMPUSES)
    room = rows.lock(rows.one(uuid).pk)
    require_near(on, today=actor.today)
    _require_after(room, on)
    left = _classes_left(Q(room=room), on)
    if left:
        raise StillInUse(what=room.name, holds=told(left), on=day(on))
    room.ends_on = on
    room.save(update_fields=["ends_on"])
    record(audit_codes.ROOM_CLOSED, actor=actor, at=now, target=room, unit_id=room.school_id)
    return room


@transaction.atomic
def change_contact(
    *, actor: Actor, school_id: int, phone: str, website: str, address: str, now: datetime
) -> School:
    """Write down how a school is reached."""
    school = School.objects.visible_to(actor, MANAGE_CAMPUSES).lock(school_id)
    require_website(website)
    before = snapshot(school, *CONTACT)
    school.phone, school.website, school.address = phone, website, normalize(address)
    school.save(update_fields=list(CONTACT))
    _tell_change(audit_codes.CONTACT_CHANGED, actor, school, before, CONTACT, now)
    return school


def _tell_change(
    code: str,
    actor: Actor,
    row: Campus | Room | School,
    before: dict[str, Any],
    fields: tuple[str, ...],
    now: datetime,
) -> None:
    unit_id = row.pk if isinstance(row, School) else row.school_id
    after = snapshot(row, *fields)
    record(code, actor=actor, at=now, target=row, unit_id=unit_id, before=before, after=after)


def _write_campus(campus: Campus, data: CampusData) -> None:
    campus.name, campus.address = normalize(data.name), normalize(data.address)
    campus.match_name = class_match_name(campus.name)
    campus.area_id, campus.distance_km, campus.phone = data.area_id, data.distance_km, data.phone
    _save_named(campus)


def _write_room(room: Room, data: RoomData) -> None:
    room.name, room.kind = normalize(data.name), data.kind
    room.match_name = class_match_name(room.name)
    room.sort_key = text_sort_key(padded(room.name))[:120]
    room.subject = normalize(data.subject) if data.kind == RoomKind.SUBJECT else ""
    room.capacity, room.classes_at_once = data.capacity, data.classes_at_once
    _save_named(room)


def _save_named(row: Campus | Room) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "name_once" not in str(error):
            raise
        raise PlaceNameTaken(name=row.name) from error


def _require_after(row: Campus | Room, on: date) -> None:
    if on <= row.starts_on or row.ends_on is not None:
        raise ClosesBeforeItOpens(name=row.name, since=day(row.starts_on))


def _classes_left(where: Q, on: date) -> list[str]:
    rows = HomeroomClass.objects.unscoped(because="the place was locked through its scope")
    count = rows.filter(
        where, Q(closed_on__isnull=True) | Q(closed_on__gt=on), academic_year__ends_on__gt=on
    ).count()
    if not count:
        return []
    return [ngettext("%(count)s class", "%(count)s classes", count) % {"count": count}]
