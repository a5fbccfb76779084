"""Transfers of the demo: one at each step, opened through the real actions by the schools' own."""

from __future__ import annotations

from datetime import datetime, timedelta

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.kernel.periods import in_force
from khuevan.platform.access.api import Grant, actor_for_person
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import Appointment
from khuevan.registry.students.api import ClassPlacement, Student
from khuevan.registry.transfers.api import (
    DECIDE_TRANSFERS,
    Paper,
    Transfer,
    Wish,
    accept,
    ask_to_leave,
    decide,
    give_paper,
    release,
)

_WHY = "the demo's transfers are opened before anybody can sign in"
REASONS = ("Gia đình chuyển nơi ở", "Bố mẹ chuyển công tác", "Về ở với ông bà")
PAPERS = (Paper.REQUEST, Paper.REPORT_CARD, Paper.SCHOOL_LETTER, Paper.BIRTH_CERTIFICATE)


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
    return made


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
