"""Two people do one thing at once, over two connections: one is done, one is told who was first."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cast import Cast, actor_of, make_cast
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_school, make_student
from tests.signing import head_of

from khuevan.platform.organizations.api import Signed
from khuevan.registry.staff.api import AlreadyAppointed, Appointment, Post, appoint_to
from khuevan.registry.students.actions.numbers import number_pupils
from khuevan.registry.students.api import AlreadyEnrolled, Enrollment, receive_student
from khuevan.registry.transfers import actions
from khuevan.registry.transfers.errors import AlreadyAsked, AlreadyMoving, DoneAlready
from khuevan.registry.transfers.kinds import Side, State
from khuevan.registry.transfers.models import TransferStep
from khuevan.registry.transfers.tests import cases, moves
from khuevan.registry.transfers.tests.at_once import second_of
from khuevan.registry.transfers.tests.cases import WISH, again

WHY = "a test looks"


@pytest.fixture
def cast(committed_db: None, pinned_day: None) -> Cast:
    """Return the cast, committed, so that a second connection sees it."""
    return make_cast()


def _decide(case: Any, actor: Any, *, is_granted: bool) -> Any:
    return actions.decide(
        actor=actor,
        uuid=case.uuid,
        side=Side.ORIGIN,
        is_granted=is_granted,
        signed=Signed("5/GT", TODAY, "Trần Văn Ký", "Chủ tịch"),
        reason="Chưa đủ hồ sơ",
        now=NOW,
    )


def test_two_officers_decide_one_transfer(cast: Cast) -> None:
    case = cases.accepted(cast)
    (one,) = [one for one in cases.decisions(case) if one.side == Side.ORIGIN]
    hoa, chair = actor_of(cast.hoa), head_of(one.unit)
    refused = second_of(
        lambda: _decide(case, hoa, is_granted=True),
        lambda: _decide(case, chair, is_granted=False),
    )
    assert isinstance(refused, DoneAlready)
    assert cast.hoa.full_name in str(refused)
    (decision,) = [one for one in cases.decisions(case) if one.side == Side.ORIGIN]
    assert decision.state == "GRANTED"


def test_one_accepts_while_the_other_withdraws(cast: Cast) -> None:
    case = cases.asked(cast)
    clerk, loan = actor_of(cases.clerk_of(cast.school_b)), actor_of(cast.loan)
    refused = second_of(
        lambda: actions.withdraw(actor=loan, uuid=case.uuid, reason="Đổi ý", now=NOW),
        lambda: actions.accept(actor=clerk, uuid=case.uuid, now=NOW),
    )
    assert isinstance(refused, DoneAlready)
    assert cast.loan.full_name in str(refused)
    assert again(case).state == State.WITHDRAWN
    rows = TransferStep.objects.unscoped(because=WHY).filter(transfer=case)
    assert list(rows.order_by("pk").values_list("step", flat=True)) == ["ASK", "WITHDRAW"]


def test_one_takes_back_while_the_other_receives(cast: Cast) -> None:
    case = cases.released(cast)
    refused = second_of(
        lambda: actions.take_back(actor=EVERYTHING, uuid=case.uuid, now=NOW),
        lambda: actions.receive(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW),
    )
    assert isinstance(refused, DoneAlready)
    rows = Enrollment.objects.unscoped(because=WHY).filter(student=cast.minh_anh)
    assert [(one.school_id, one.ends_on) for one in rows] == [(cast.school_a.pk, None)]


def test_two_schools_ask_for_one_pupil(cast: Cast) -> None:
    other = make_school("Trường THCS Bình Lộc", code="42000503")
    make_class("6C", school=other)

    def ask(school: Any) -> Any:
        return actions.ask_to_leave(
            actor=EVERYTHING, student_uuid=cast.minh_anh.uuid, to=school, wish=WISH, now=NOW
        )

    refused = second_of(lambda: ask(cast.school_b), lambda: ask(other))
    assert isinstance(refused, AlreadyAsked)


def test_two_schools_receive_one_pupil(cast: Cast) -> None:
    case = cases.released(cast)
    other = make_school("Trường THCS Bình Lộc", code="42000503")
    refused = second_of(
        lambda: actions.receive(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW),
        lambda: receive_student(
            actor=EVERYTHING,
            student_id=cast.minh_anh.pk,
            school_id=other.pk,
            on=TODAY,
            came_from="",
            paper="",
            now=NOW,
        ),
    )
    assert isinstance(refused, AlreadyEnrolled)
    rows = Enrollment.objects.unscoped(because=WHY).filter(student=cast.minh_anh, ends_on=None)
    assert [one.school_id for one in rows] == [cast.school_b.pk]


def test_two_schools_take_one_colleague_in(cast: Cast) -> None:
    case = moves.released(cast)
    refused = second_of(
        lambda: actions.receive(actor=EVERYTHING, uuid=case.uuid, on=TODAY, now=NOW),
        lambda: appoint_to(
            actor=EVERYTHING,
            person=cast.lan,
            unit_id=cast.primary.pk,
            post=Post("TEACHER", TODAY),
            now=NOW,
        ),
    )
    assert isinstance(refused, AlreadyAppointed)
    rows = Appointment.objects.unscoped(because=WHY).filter(person=cast.lan, ends_on=None)
    assert [one.unit_id for one in rows] == [cast.school_b.pk]


def test_two_cases_of_one_colleague(cast: Cast) -> None:
    refused = second_of(lambda: moves.asked(cast), lambda: moves.asked(cast, to=cast.primary))
    assert isinstance(refused, AlreadyMoving)


def test_two_clerks_take_numbers_of_one_book(cast: Cast) -> None:
    for name in ("Hà Văn Nam", "Hà Văn Bắc"):
        make_student(name, homeroom_class=cast.class_6a)
    Enrollment.objects.unscoped(because=WHY).filter(school=cast.school_a).update(registry_number="")

    def number() -> int:
        return number_pupils(actor=EVERYTHING, school_id=cast.school_a.pk, now=NOW)

    assert second_of(number, number) == 0
    rows = Enrollment.objects.unscoped(because=WHY).filter(school=cast.school_a)
    given = [one.registry_number for one in rows]
    assert "" not in given
    assert len(set(given)) == len(given)
