"""Wishes of teachers for the timetable: asked by themselves, recorded by the school, answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import record
from khuevan.platform.notifications.api import notify
from khuevan.registry.schools.api import AcademicYear, School
from khuevan.registry.staff.api import Appointment, StaffMember
from khuevan.school.timetable import audit_codes
from khuevan.school.timetable.actions.rules import touch
from khuevan.school.timetable.errors import NoSuchRule, NothingAsked, NotOnStaff
from khuevan.school.timetable.grids import read_spot
from khuevan.school.timetable.notices import WISH_ANSWERED
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.rule_models import TeacherWish, WishKind, WishState

BECAUSE = "of a school whose timetables the actor makes, or the actor's own"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked: of which kind, at which places of the week or how many free, and why."""

    kind: str
    spots: Sequence[str] = ()
    free_days: int = 0
    free_sessions: int = 0
    reason: str = ""


@transaction.atomic
def ask_wish(
    *, actor: Actor, school: School, year: AcademicYear, wish: Wish, now: datetime
) -> TeacherWish:
    """Ask for something oneself; it counts once the school has accepted it.

    :raises NotOnStaff, NothingAsked, NoSuchRule:
    """
    rows = Appointment.objects.unscoped(because=BECAUSE).filter(
        in_force(actor.today), unit_id=school.pk, person_id=actor.person_id or 0
    )
    own = rows.select_related("staff_member__person").first()
    if own is None:
        raise NotFound
    row = _write(school, year, own.staff_member, wish, state=WishState.ASKED, now=now)
    _log(audit_codes.WISH_ASKED, actor, row, now)
    return row


@transaction.atomic
def withdraw_wish(*, actor: Actor, uuid: UUID, now: datetime) -> None:
    """Take back a wish of one's own."""
    rows = TeacherWish.objects.unscoped(because=BECAUSE).filter(person_id=actor.person_id or 0)
    _remove(actor, rows.select_related("person").one(uuid), now)


@transaction.atomic
def record_wish(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    member: StaffMember,
    wish: Wish,
    on: date,
    now: datetime,
) -> TeacherWish:
    """Record for a teacher what the school has accepted.

    :raises NotOnStaff: when the teacher doesn't work at the school on the day
    :raises NothingAsked, NoSuchRule:
    """
    if school.pk not in actor.reach(MANAGE_TIMETABLES, "school"):
        raise NotFound
    working = Appointment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), unit_id=school.pk, staff_member=member
    )
    if not working.exists():
        raise NotOnStaff(name=member.person.full_name)
    row = _write(school, year, member, wish, state=WishState.ACCEPTED, now=now)
    _log(audit_codes.WISH_RECORDED, actor, row, now)
    touch(school.pk)
    return row


@transaction.atomic
def answer_wish(
    *, actor: Actor, uuid: UUID, accepts: bool, answer: str = "", now: datetime
) -> TeacherWish:
    """Accept a wish or say that it is not possible, with a word; the teacher is told."""
    row = _managed(actor, uuid)
    row.state = WishState.ACCEPTED if accepts else WishState.REFUSED
    row.answer, row.answered_at = answer, now
    row.save(update_fields=["state", "answer", "answered_at"])
    touch(row.school_id)
    notify(
        [row.person_id],
        WISH_ANSWERED,
        now=now,
        params={"answer": str(WishState(row.state).label), "word": answer or "–"},
        link="/my/timetable/wishes/",
    )
    _log(audit_codes.WISH_ANSWERED, actor, row, now)
    return row


@transaction.atomic
def remove_wish(*, actor: Actor, uuid: UUID, now: datetime) -> TeacherWish:
    """Remove a teacher's wish."""
    row = _managed(actor, uuid)
    _remove(actor, row, now)
    return row


def _managed(actor: Actor, uuid: UUID) -> TeacherWish:
    rows = TeacherWish.objects.visible_to(actor, MANAGE_TIMETABLES)
    return (
        rows.select_related("school", "person")
        .select_for_update(no_key=True, of=("self",))
        .one(uuid)
    )


def _remove(actor: Actor, row: TeacherWish, now: datetime) -> None:
    _log(audit_codes.WISH_REMOVED, actor, row, now)
    touch(row.school_id)
    row.delete()


def _write(
    school: School,
    year: AcademicYear,
    member: StaffMember,
    wish: Wish,
    *,
    state: WishState,
    now: datetime,
) -> TeacherWish:
    """Put a wish in the place of an earlier one of its kind."""
    counts = wish.free_days + wish.free_sessions if wish.kind == WishKind.FREE else 0
    if any(read_spot(one) is None for one in wish.spots) or wish.kind not in WishKind.values:
        raise NoSuchRule
    if not wish.spots and not counts:
        raise NothingAsked
    is_free = wish.kind == WishKind.FREE
    rows = TeacherWish.objects.unscoped(because=BECAUSE)
    row, _made = rows.update_or_create(
        school=school,
        academic_year=year,
        staff_member=member,
        kind=wish.kind,
        defaults={
            "person_id": member.person_id,
            "spots": sorted(set(wish.spots)),
            "free_days": wish.free_days if is_free else 0,
            "free_sessions": wish.free_sessions if is_free else 0,
            "reason": wish.reason,
            "state": state,
            "answer": "",
            "asked_at": now,
            "answered_at": now if state == WishState.ACCEPTED else None,
        },
    )
    touch(school.pk)
    return row


def _log(code: str, actor: Actor, row: TeacherWish, now: datetime) -> None:
    record(
        code,
        actor=actor,
        at=now,
        unit_id=row.school_id,
        person_id=row.person_id,
        details={"wish": str(WishKind(row.kind).label), "name": row.person.full_name},
    )
