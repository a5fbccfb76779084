"""Transfers of the demo: one at each step, opened through the real actions by the schools' own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.access.api import Grant, actor_for_person
from khuevan.platform.organizations.api import (
    OrgUnit,
    Signed,
    UnitKind,
    manager_on,
    positions_of,
    signing_forms,
)
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import Appointment, NewMember, Post, take_on
from khuevan.registry.students.api import ClassPlacement, Student
from khuevan.registry.transfers.api import (
    RECORD_DECISIONS,
    SIGN_DECISIONS,
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
HEADS = (
    ("Trần Đình Phúc", "MALE", date(1972, 4, 2)),
    ("Nguyễn Thị Bích Thủy", "FEMALE", date(1979, 10, 19)),
    ("Lê Văn Khang", "MALE", date(1975, 1, 27)),
    ("Hồ Thị Thanh Tâm", "FEMALE", date(1981, 6, 8)),
)
"""Chairs and vice chairs of the two communes, in this order."""
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


def open_transfers(school_a: str, school_b: str, *, actor: Actor, now: datetime) -> int:
    """Open a few transfers between two schools of the demo, and return how many there are.

    A world that lacks whom one of them needs has fewer; a refused step is a fault.
    """
    if Transfer.objects.unscoped(because=_WHY).exists():
        return 0
    made = 0
    a, b = (School.objects.unscoped(because=_WHY).get(code=code) for code in (school_a, school_b))
    seat_heads(a, b, actor=actor, now=now)
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
        except LookupError:
            continue
    return made + open_moves(a, b, now=now)


def _story(old: School, new: School, *, now: datetime, until: str, place: int) -> None:
    """Bring one case from the old to the new school to where it should stand."""
    leaves, comes = _clerk(old, now), _clerk(new, now)
    soon = timedelta(days=2 if until == "RELEASED" else 14)
    wish = Wish(moves_on=now.date() + soon, reason=REASONS[place % len(REASONS)])
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
    _sign_all(case, "GT", now=now + timedelta(days=1))
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
        except LookupError:
            continue
    return made


def _move(old: School, new: School, move: str, *, now: datetime, until: str, place: int) -> None:
    """Bring one colleague's case to where it should stand."""
    leaves, comes = _clerk(old, now), _clerk(new, now)
    starts = now.date() + timedelta(days=26 if until == "RELEASED" else 40)
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
    _sign_all(case, "QĐ", now=later)
    if until == "RELEASED":
        release(actor=leaves, uuid=case.uuid, on=starts, now=later)


def _teacher(school: School, now: datetime, place: int) -> UUID:
    """Return a teacher of a school who leads no class and is none of the cast."""
    rows = Appointment.objects.unscoped(because=_WHY).filter(
        in_force(now.date()), unit_id=school.pk, position="TEACHER", is_primary=True
    )
    free = rows.filter(staff_member__homerooms__isnull=True, person__user__isnull=True)
    ordered = free.select_related("staff_member").order_by("person__sort_key", "pk")
    return list(ordered[place : place + 1])[0].staff_member.uuid


def _clerk(school: School, now: datetime) -> Actor:
    rows = Appointment.objects.unscoped(because=_WHY).filter(
        in_force(now.date()), unit_id=school.pk, position="CLERK"
    )
    found = rows.select_related("person").order_by("pk").first()
    if found is None:
        raise LookupError("a school without a clerk")
    return actor_for_person(found.person, on=now.date(), now=now)


def _sign_all(case: Transfer, kind: str, *, now: datetime) -> None:
    """Let each office that has to decide agree: its head signs, its own people write it down."""
    rows = case.decisions.get_queryset().unscoped(because=_WHY).select_related("unit")
    for number, one in enumerate(rows.order_by("pk"), start=31 + case.pk % 60):
        writer, signer = _people_of(one.unit)
        place = "SGDĐT" if one.unit.kind == UnitKind.DEPARTMENT else "UBND"
        form = signing_forms(one.office, now.date())[0]
        decide(
            actor=actor_for_person(writer.person, on=max(writer.starts_on, now.date()), now=now),
            uuid=case.uuid,
            side=one.side,
            matter=one.matters[0],
            is_granted=True,
            signed=Signed(
                f"{number}/{kind}-{place}",
                now.date(),
                signer.person.full_name,
                positions_of(one.office, form, now.date())[0],
                form,
            ),
            now=now,
        )


def _people_of(unit: OrgUnit) -> tuple[Grant, Grant]:
    """Return who of an office writes a decision on a transfer down, and who signs it."""
    at = Q(anchor_unit=unit)
    if unit.kind == UnitKind.DEPARTMENT:
        at |= Q(anchor_unit__kind=UnitKind.PROVINCE)
    rows = Grant.objects.unscoped(because=_WHY).filter(at).select_related("person").order_by("pk")
    signers = rows.filter(role__permissions__contains=[SIGN_DECISIONS.code])
    writers = rows.filter(role__permissions__contains=[RECORD_DECISIONS.code])
    signer = signers.first()
    if signer is None:
        raise LookupError("an office without a head")
    officers = writers.exclude(person__in=signers.values("person"))
    return officers.first() or signer, signer


def seat_heads(a: School, b: School, *, actor: Actor, now: datetime) -> None:
    """Let the communes that manage two schools have a chair and a vice chair, who decide."""
    named = iter(HEADS)
    for school in (a, b):
        unit = manager_on(school.pk, on=now.date()).unit
        rows = Grant.objects.unscoped(because=_WHY).filter(anchor_unit=unit)
        held = rows.filter(role__permissions__contains=[SIGN_DECISIONS.code])
        if unit.kind != UnitKind.COMMUNE or held.exists():
            continue
        for position in ("CHAIR", "VICE_CHAIR"):
            name, sex, born = next(named)
            take_on(
                actor=actor,
                unit_id=unit.pk,
                who=NewMember(name, born, sex),
                post=Post(position, date(now.year - 1, 7, 1)),
                now=now,
            )


def _pupil(school: School, now: datetime, place: int) -> Student:
    rows = ClassPlacement.objects.unscoped(because=_WHY).filter(
        in_force(now.date()), school_id=school.pk
    )
    ordered = rows.select_related("student").order_by("sort_key", "pk")
    return list(ordered[7 * place + 5 : 7 * place + 6])[0].student
