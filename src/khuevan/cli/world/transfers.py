"""Transfers of the demo: one at each step, opened through the real actions by the schools' own."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.kernel.periods import in_force
from khuevan.platform.access.api import Grant, actor_for_person
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import MOVE_STAFF, Appointment
from khuevan.registry.students.api import ClassPlacement, Student
from khuevan.registry.transfers.api import (
    DECIDE_TRANSFERS,
    Move,
    Paper,
    StaffWish,
    Transfer,
    Wish,
    accept,
    ask_for_colleague,
    ask_to_leave,
    decide,
    give_paper,
    release,
)

_WHY = "the demo's transfers are opened before anybody can sign in"
SIGNED = "Chủ tịch UBND"
"""Told where an office without people of its own is stood in for from above."""
MOVE_REASONS = (
    "Hợp lý hóa gia đình",
    "Gần nhà, chăm sóc mẹ già",
    "Cân đối giáo viên giữa hai trường",
    "Hỗ trợ trường thiếu giáo viên trong năm học",
)
REASONS = ("Gia đình chuyển nơi ở", "Bố mẹ chuyển công tác", "Về ở với ông bà")
PAPERS = (Paper.REQUEST, Paper.REPORT_CARD, Paper.SCHOOL_LETTER, Paper.BIRTH_CERTIFICATE)


MOVES = (
    (Move.WISH, 6, "REQUESTED"),
    (Move.WISH, 12, "FILE"),
    (Move.NEED, 20, "DECIDED"),
    (Move.SECONDMENT, 25, "RELEASED"),
)


def open_transfers(school_a: str, school_b: str, *, now: datetime) -> int:
    """Open a few transfers between two schools of the demo, and return how many there are.

    A world that lacks what one of them needs has fewer.
    """
    if Transfer.objects.unscoped(because=_WHY).exists():
        return 0
    made = 0
    a, b = (School.objects.unscoped(because=_WHY).get(code=code) for code in (school_a, school_b))
    stories = (
        (a, b, 9, "REQUESTED"),
        (b, a, 3, "REQUESTED"),
        (a, b, 8, "ACCEPTED"),
        (b, a, 5, "RELEASED"),
    )
    for place, (old, new, days_ago, until) in enumerate(stories):
        try:
            _story(old, new, now=now - timedelta(days=days_ago), until=until, place=place)
            made += 1
        except (DomainError, LookupError):
            continue
    return made + open_moves(a, b, now=now)


def _story(old: School, new: School, *, now: datetime, until: str, place: int) -> None:
    """Bring one case from the old to the new school to where it should stand."""
    leaves, comes = _clerk(old, now), _clerk(new, now)
    wish = Wish(moves_on=now.date() + timedelta(days=14), reason=REASONS[place % len(REASONS)])
    case = ask_to_leave(
        actor=leaves, student_uuid=_pupil(old, now, place).uuid, to=new, wish=wish, now=now
    )
    for code in PAPERS[: 2 if until == "REQUESTED" else len(PAPERS)]:
        give_paper(actor=leaves, uuid=case.uuid, paper=code, now=now)
    if until == "REQUESTED":
        return
    accept(actor=comes, uuid=case.uuid, now=now + timedelta(hours=20))
    if until == "ACCEPTED":
        return
    _decide_all(case, now + timedelta(days=1))
    later = now + timedelta(days=2)
    release(actor=leaves, uuid=case.uuid, on=later.date(), now=later)


def open_moves(a: School, b: School, *, now: datetime) -> int:
    """Open a few moves of staff between two schools, each at another step."""
    made = 0
    for place, (move, days_ago, until) in enumerate(MOVES):
        old, new = (b, a) if place % 2 else (a, b)
        try:
            _move(old, new, move, now=now - timedelta(days=days_ago), until=until, place=place)
            made += 1
        except (DomainError, LookupError):
            continue
    return made


def _move(old: School, new: School, move: str, *, now: datetime, until: str, place: int) -> None:
    """Bring one colleague's case to where it should stand."""
    leaves, comes = _clerk(old, now), _clerk(new, now)
    starts = now.date() + timedelta(days=40)
    wish = StaffWish(
        moves_on=starts,
        reason=MOVE_REASONS[place],
        move=move,
        returns_on=starts + timedelta(days=300) if move == Move.SECONDMENT else None,
    )
    case = ask_for_colleague(
        actor=leaves, member_uuid=_teacher(old, now, place), to=new, wish=wish, now=now
    )
    if until == "REQUESTED":
        return
    accept(actor=comes, uuid=case.uuid, now=now + timedelta(hours=20))
    paper = Paper.APPLICATION if move == Move.WISH else Paper.PROPOSAL
    give_paper(actor=leaves, uuid=case.uuid, paper=paper, now=now + timedelta(hours=22))
    if until == "FILE":
        return
    later = now + timedelta(days=3)
    rows = case.decisions.get_queryset().unscoped(because=_WHY)
    for number, one in enumerate(rows.order_by("pk"), start=120 + place):
        decide(
            actor=_mover(one.unit_id, now),
            uuid=case.uuid,
            side=one.side,
            is_granted=True,
            decided_on=later.date(),
            number=f"{number}/QĐ-SGDĐT",
            made_by="Giám đốc Sở GDĐT",
            now=later,
        )
    if until == "RELEASED":
        release(actor=leaves, uuid=case.uuid, on=now.date() + timedelta(days=26), now=later)


def _mover(unit_id: int, now: datetime) -> Actor:
    """Return who decides moves of staff at an office, or the director of the Department."""
    rows = Grant.objects.unscoped(because=_WHY).filter(
        role__permissions__contains=[MOVE_STAFF.code]
    )
    rows = rows.select_related("person").order_by("pk")
    found = (
        rows.filter(anchor_unit_id=unit_id).first()
        or rows.filter(role__code="department_director").first()
    )
    if found is None:
        raise LookupError("nobody who moves staff")
    return actor_for_person(found.person, on=max(found.starts_on, now.date()), now=now)


def _teacher(school: School, now: datetime, place: int) -> UUID:
    """Return a teacher of a school who leads no class and is none of the cast."""
    rows = Appointment.objects.unscoped(because=_WHY).filter(
        in_force(now.date()), unit_id=school.pk, position="TEACHER", is_primary=True
    )
    free = rows.filter(staff_member__homerooms__isnull=True, person__user__isnull=True)
    ordered = free.select_related("staff_member").order_by("person__sort_key", "pk")
    return list(ordered[place : place + 1])[0].staff_member.uuid


def _decide_all(case: Transfer, now: datetime) -> None:
    rows = case.decisions.get_queryset().unscoped(because=_WHY)
    for number, one in enumerate(rows.order_by("pk"), start=31):
        decide(
            actor=_officer(one.unit_id, now),
            uuid=case.uuid,
            side=one.side,
            is_granted=True,
            decided_on=now.date(),
            number=f"{number}/GT-UBND",
            made_by=SIGNED,
            now=now,
        )


def _clerk(school: School, now: datetime) -> Actor:
    rows = Appointment.objects.unscoped(because=_WHY).filter(
        in_force(now.date()), unit_id=school.pk, position="CLERK"
    )
    found = rows.select_related("person").order_by("pk").first()
    if found is None:
        raise LookupError("a school without a clerk")
    return actor_for_person(found.person, on=now.date(), now=now)


def _officer(unit_id: int, now: datetime) -> Actor:
    """Return who decides at an office; one without people is stood in for from above."""
    rows = Grant.objects.unscoped(because=_WHY).filter(
        role__permissions__contains=[DECIDE_TRANSFERS.code]
    )
    rows = rows.select_related("person").order_by("pk")
    found = (
        rows.filter(anchor_unit_id=unit_id).first()
        or rows.filter(role__code="department_specialist", anchor_unit__kind="PROVINCE").first()
    )
    if found is None:
        raise LookupError("an office without an officer")
    return actor_for_person(found.person, on=found.starts_on, now=now)


def _pupil(school: School, now: datetime, place: int) -> Student:
    rows = ClassPlacement.objects.unscoped(because=_WHY).filter(
        in_force(now.date()), school_id=school.pk
    )
    ordered = rows.select_related("student").order_by("sort_key", "pk")
    return list(ordered[7 * place + 5 : 7 * place + 6])[0].student
