"""Corrections: asked, confirmed, approved by two people at least; refused ones change nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_staff

from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.accounts.api import Person
from khuevan.platform.notifications.api import Notification
from khuevan.registry.staff.api import (
    HomeroomAssignment,
    LeaveKind,
    NewLeave,
    StaffMember,
    record_leave,
)
from khuevan.school.gradebooks import actions, errors
from khuevan.school.gradebooks.correction_rules import (
    OPEN,
    InCharge,
    Standing,
    Step,
    after,
    are_two,
    start,
)
from khuevan.school.gradebooks.models import (
    Confirmation,
    Correction,
    CorrectionState,
    Gradebook,
    Mark,
    SubjectResult,
)
from khuevan.school.gradebooks.selectors.corrections import (
    history_of,
    in_charge_of,
    waiting_for,
)
from khuevan.school.gradebooks.slots import FINAL, How, slot
from khuevan.school.gradebooks.tests.test_entering import enter, math

__all__ = ["math"]
TEST = "a test"
END = slot(1, FINAL)


@pytest.fixture
def closed(cast: Cast, math: Gradebook) -> Gradebook:
    """Give the gradebook with a final mark of 7,0 in a finished column, and all others."""
    for column in (101, 102, 103, 104, 140):
        enter(math, cast.toan, cast.minh_anh, column, 80)
    enter(math, cast.toan, cast.minh_anh, END, 70)
    return actions.close_column(
        actor=actor_of(cast.toan), uuid=math.uuid, slot=END, with_gaps=True, now=NOW
    )


def ask(book: Gradebook, cast: Cast, who: Person, *, value: int = 80, base: int = 1) -> Correction:
    """Ask that the final mark be another."""
    return actions.ask_correction(
        actor=actor_of(who),
        uuid=book.uuid,
        student=cast.minh_anh.uuid,
        slot=END,
        value=value,
        base=base,
        reason="Cộng sót câu 4",
        now=NOW,
    )


def stands(cast: Cast) -> tuple[int, int]:
    """Return the final mark and its version."""
    row = Mark.objects.unscoped(because=TEST).get(student=cast.minh_anh, slot=END)
    return row.value, row.version


def told(person: Person, kind: str) -> int:
    """Return how often somebody was told something."""
    rows = Notification.objects.unscoped(because=TEST)
    return rows.filter(person=person, kind=f"gradebooks.{kind}").count()


def test_three_people_change_a_mark_and_stand_in_its_history(cast: Cast, closed: Gradebook) -> None:
    row = ask(closed, cast, cast.toan)
    assert row.state == CorrectionState.ASKED
    assert told(cast.lan, "correction_asked") == 1
    assert [one.pk for one in waiting_for(actor_of(cast.lan))] == [row.pk]
    with pytest.raises(errors.HomeroomFirst):
        actions.approve_correction(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    actions.confirm_correction(actor=actor_of(cast.lan), uuid=row.uuid, now=NOW)
    assert told(cast.hung, "correction_confirmed") == 1
    assert stands(cast) == (70, 1)
    assert [one.pk for one in waiting_for(actor_of(cast.hung))] == [row.pk]
    done = actions.approve_correction(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    assert (done.state, done.confirmation) == (CorrectionState.DONE, Confirmation.HOMEROOM)
    assert stands(cast) == (80, 2)
    kept = SubjectResult.objects.unscoped(because=TEST).get(student=cast.minh_anh)
    assert kept.term_1 == 80
    newest, oldest = history_of(closed, cast.minh_anh, END)
    assert (newest.value, newest.how, newest.correction) == (80, How.CORRECTED, done)
    assert newest.correction is not None
    found = newest.correction
    assert [found.asked_by, found.confirmed_by, found.decided_by] == [
        cast.toan,
        cast.lan,
        cast.hung,
    ]
    assert (oldest.value, oldest.by, oldest.correction) == (70, cast.toan, None)
    assert told(cast.toan, "correction_done") == told(cast.lan, "correction_done") == 1
    with pytest.raises(errors.CorrectionOver):
        actions.refuse_correction(actor=actor_of(cast.hung), uuid=row.uuid, reason="x", now=NOW)


def test_a_refused_correction_stays_and_changes_nothing(cast: Cast, closed: Gradebook) -> None:
    first = ask(closed, cast, cast.toan)
    with pytest.raises(errors.CorrectionWaits):
        ask(closed, cast, cast.toan, value=90)
    actions.turn_down_correction(
        actor=actor_of(cast.lan), uuid=first.uuid, reason="Bài chấm đúng", now=NOW
    )
    second = ask(closed, cast, cast.toan)
    actions.confirm_correction(actor=actor_of(cast.lan), uuid=second.uuid, now=NOW)
    actions.refuse_correction(
        actor=actor_of(cast.hung), uuid=second.uuid, reason="Thiếu biên bản", now=NOW
    )
    rows = Correction.objects.unscoped(because=TEST).order_by("pk")
    assert [one.state for one in rows] == ["REFUSED", "REFUSED"]
    assert [one.answer for one in rows] == ["Bài chấm đúng", "Thiếu biên bản"]
    assert [one.decided_by_id for one in rows] == [cast.lan.pk, cast.hung.pk]
    assert stands(cast) == (70, 1)
    assert told(cast.toan, "correction_refused") == 2
    third = ask(closed, cast, cast.toan)
    with pytest.raises(errors.NotYourCorrection):
        actions.withdraw_correction(actor=actor_of(cast.lan), uuid=third.uuid, now=NOW)
    taken = actions.withdraw_correction(actor=actor_of(cast.toan), uuid=third.uuid, now=NOW)
    assert taken.state == CorrectionState.WITHDRAWN


def test_what_may_be_asked(cast: Cast, closed: Gradebook) -> None:
    toan = actor_of(cast.toan)

    def tried(column: int, value: int, base: int) -> None:
        actions.ask_correction(
            actor=toan,
            uuid=closed.uuid,
            student=cast.minh_anh.uuid,
            slot=column,
            value=value,
            base=base,
            reason="Nhầm",
            now=NOW,
        )

    with pytest.raises(errors.StillOpen):
        tried(101, 90, 1)
    with pytest.raises(errors.SameValue):
        tried(END, 70, 1)
    with pytest.raises(errors.MarkChanged):
        tried(END, 90, 0)
    with pytest.raises(errors.NoSuchColumn):
        tried(END, 101, 1)
    with pytest.raises(errors.NotYourBook):
        ask(closed, cast, cast.lan)
    with pytest.raises(errors.NotYourBook):
        ask(closed, cast, cast.hung)
    for stranger in (cast.mai, cast.huong, cast.binh):
        with pytest.raises(NotFound):
            ask(closed, cast, stranger)


def test_a_mark_changed_meanwhile_is_told_and_not_overwritten(
    cast: Cast, closed: Gradebook
) -> None:
    row = ask(closed, cast, cast.toan)
    actions.confirm_correction(actor=actor_of(cast.lan), uuid=row.uuid, now=NOW)
    actions.reopen_column(
        actor=actor_of(cast.hung), uuid=closed.uuid, slot=END, reason="Chốt nhầm", now=NOW
    )
    for value, base in ((75, 1), (80, 2)):
        enter(closed, cast.toan, cast.minh_anh, END, value, base=base)
        with pytest.raises(errors.MarkChanged):
            actions.approve_correction(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    assert stands(cast) == (80, 3), "also when somebody typed the very value meanwhile"


def test_the_homeroom_teacher_confirms_by_asking_and_the_principal_approves(
    cast: Cast, closed: Gradebook
) -> None:
    HomeroomAssignment.objects.unscoped(because=TEST).filter(homeroom_class=cast.class_6a).update(
        person=cast.toan
    )
    row = ask(closed, cast, cast.toan)
    assert (row.state, row.confirmation) == (CorrectionState.CONFIRMED, Confirmation.ASKER)
    assert row.confirmed_by == cast.toan
    done = actions.approve_correction(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    assert done.state == CorrectionState.DONE
    assert stands(cast) == (80, 2)


def test_without_a_homeroom_teacher_at_work_the_principal_decides(
    cast: Cast, closed: Gradebook
) -> None:
    row = ask(closed, cast, cast.toan)
    member = StaffMember.objects.unscoped(because=TEST).get(person=cast.lan)
    away = NewLeave(LeaveKind.SICK, TODAY, TODAY + timedelta(days=9))
    record_leave(
        actor=EVERYTHING, member_uuid=member.uuid, school_id=cast.school_a.pk, new=away, now=NOW
    )
    assert not in_charge_of(cast.class_6a.pk, TODAY).people
    done = actions.approve_correction(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    assert done.state == CorrectionState.DONE
    again = ask(closed, cast, cast.toan, value=90, base=2)
    assert (again.state, again.confirmation) == (CorrectionState.CONFIRMED, Confirmation.NOBODY)


def test_others_neither_confirm_nor_approve(cast: Cast, closed: Gradebook) -> None:
    row = ask(closed, cast, cast.toan)
    other = make_staff("Đỗ Văn Hai", school=cast.school_a, homeroom=cast.class_7a).person
    for who in (other, cast.toan, cast.loan, cast.mai, cast.huong, cast.hoa):
        for deed in (actions.confirm_correction, actions.approve_correction):
            with pytest.raises((NotFound, errors.NotTheHomeroomTeacher)):
                deed(actor=actor_of(who), uuid=row.uuid, now=NOW)


PEOPLE = st.integers(1, 4)
CHARGES = st.builds(InCharge, st.none() | PEOPLE, st.frozensets(PEOPLE, max_size=2))


@given(
    asker=PEOPLE,
    charge=CHARGES,
    steps=st.lists(st.tuples(st.sampled_from(list(Step)), PEOPLE, CHARGES), max_size=6),
)
def test_no_road_leads_to_a_change_by_one_person(
    asker: int, charge: InCharge, steps: list[tuple[Step, int, InCharge]]
) -> None:
    state, confirmation = start(asker, charge)
    standing = Standing(state, asker, asker if confirmation == Confirmation.ASKER else None)
    for step, actor, now_in_charge in steps:
        was = standing
        try:
            new = after(was, step, actor, now_in_charge)
        except DomainError:
            continue
        assert was.state in OPEN, "what is settled stays"
        if step is Step.CONFIRM:
            assert actor in now_in_charge.people
            assert actor != asker
        confirmer = actor if step is Step.CONFIRM else was.confirmer
        standing = Standing(new, asker, confirmer)
        if new == CorrectionState.DONE:
            assert are_two(asker, confirmer, actor)
            assert was.state == CorrectionState.CONFIRMED or not now_in_charge.people
