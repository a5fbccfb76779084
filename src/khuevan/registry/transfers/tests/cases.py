"""A transfer between the two schools of the cast, brought to where a test needs it."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.cast import Cast
from tests.factories import EVERYTHING, NOW, TODAY, make_staff
from tests.signing import decide_all

from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import School
from khuevan.registry.students.api import Student
from khuevan.registry.transfers.actions import (
    Sought,
    Wish,
    accept,
    ask_to_come,
    ask_to_leave,
    give_paper,
    needed_papers,
    receive,
    release,
)
from khuevan.registry.transfers.models import Transfer, TransferDecision

NUMBER = "042315000482"
WISH = Wish(moves_on=TODAY, reason="Gia đình chuyển nơi ở")


def clerk_of(school: School, name: str = "Hồ Thị Văn Thư") -> Any:
    """Make a clerk of a school."""
    return make_staff(name, school=school, position="CLERK").person


def asked(cast: Cast, *, actor: Actor = EVERYTHING, student: Student | None = None) -> Transfer:
    """Return a case of Minh Anh, who goes from school A to school B."""
    return ask_to_leave(
        actor=actor,
        student_uuid=(student or cast.minh_anh).uuid,
        to=cast.school_b,
        wish=WISH,
        now=NOW,
    )


def sought(cast: Cast, **changes: Any) -> Transfer:
    """Return a case that school B opens by the parents' request."""
    values = {"full_name": "Phạm Minh Anh", "birth_date": date(2015, 7, 18), "number": NUMBER}
    return ask_to_come(
        actor=EVERYTHING,
        to_school=cast.school_b,
        from_school=cast.school_a,
        sought=Sought(**{**values, **changes}),
        wish=WISH,
        now=NOW,
    )


def accepted(cast: Cast, *, student: Student | None = None) -> Transfer:
    """Return a case that school B has accepted."""
    return accept(actor=EVERYTHING, uuid=asked(cast, student=student).uuid, now=NOW)


def decided(cast: Cast) -> Transfer:
    """Return a case on which both offices have decided."""
    transfer = accepted(cast)
    decide_all(transfer)
    return again(transfer)


def with_papers(transfer: Transfer) -> Transfer:
    """Return the case with all its papers handed over."""
    for rule, _side in needed_papers(transfer):
        give_paper(actor=EVERYTHING, uuid=transfer.uuid, paper=rule.paper, now=NOW)
    return transfer


def released(cast: Cast, *, on: date = TODAY) -> Transfer:
    """Return a case whose pupil school A has let go."""
    transfer = with_papers(decided(cast))
    return release(actor=EVERYTHING, uuid=transfer.uuid, on=on, now=NOW)


def received(cast: Cast, *, on: date = TODAY) -> Transfer:
    """Return a case whose pupil is on school B's roll."""
    return receive(actor=EVERYTHING, uuid=released(cast).uuid, on=on, now=NOW)


def again(transfer: Transfer) -> Transfer:
    """Return the case as it stands now."""
    return Transfer.objects.unscoped(because="a test looks again").get(pk=transfer.pk)


def decisions(transfer: Transfer) -> list[TransferDecision]:
    """Return what the offices decide."""
    rows = TransferDecision.objects.unscoped(because="a test looks")
    return list(rows.filter(transfer=transfer).order_by("pk"))
