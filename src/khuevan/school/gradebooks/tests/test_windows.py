"""Windows, locks, more days for one gradebook, columns finished, missed tests too late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_student, make_year

from khuevan.kernel.errors import NotFound
from khuevan.registry.staff.api import StaffMember, TeachingAssignment
from khuevan.school.gradebooks import actions, errors
from khuevan.school.gradebooks.actions import WindowData
from khuevan.school.gradebooks.actions.entering import Entry, Outcome
from khuevan.school.gradebooks.models import EntryWindow, Gradebook, Mark, SubjectResult
from khuevan.school.gradebooks.periods import proposed_windows
from khuevan.school.gradebooks.selectors.progress import progress_of
from khuevan.school.gradebooks.selectors.windows import Shut, shut_slots
from khuevan.school.gradebooks.slots import FINAL, MIDTERM, How, Word, slot
from khuevan.school.gradebooks.tests.test_entering import enter, math, outcome

__all__ = ["math"]
TEST = "a test"
MID, END = slot(1, MIDTERM), slot(1, FINAL)


def window(cast: Cast, *, opens: int = -60, closes: int = 30, **more: Any) -> EntryWindow:
    """Set when marks of term I are entered, in days from today."""
    found: EntryWindow = EntryWindow.objects.create(
        school=cast.school_a,
        academic_year=make_year(),
        level="THCS",
        period=1,
        opens_on=TODAY + timedelta(days=opens),
        closes_on=TODAY + timedelta(days=closes),
        **more,
    )
    return found


def test_terms_propose_windows_and_primary_schools_four() -> None:
    terms = [(date(2026, 9, 7), date(2027, 1, 17)), (date(2027, 1, 18), date(2027, 5, 30))]
    first, second = proposed_windows("THCS", terms)
    assert (first.opens_on, first.closes_on) == terms[0]
    assert (second.period, second.opens_on, second.closes_on) == (2, *terms[1])
    found = {one.period: (one.opens_on, one.closes_on) for one in proposed_windows("TH", terms)}
    assert found[1] == (date(2026, 11, 2), date(2026, 11, 16)), "the ninth week"
    assert found[2] == (date(2026, 12, 27), date(2027, 1, 17))
    assert found[4][1] == date(2027, 5, 30)
    assert proposed_windows("THPT", [(date(2026, 9, 7), None)]) == []


def test_a_window_is_set_changed_and_refused_backwards(cast: Cast, math: Gradebook) -> None:
    def put(opens: int, closes: int) -> int:
        data = WindowData(1, TODAY + timedelta(days=opens), TODAY + timedelta(days=closes))
        return actions.set_windows(
            actor=actor_of(cast.loan),
            school=cast.school_a,
            year=make_year(),
            level="THCS",
            windows=[data],
            now=NOW,
        )

    assert (put(-9, 9), put(-9, 9), put(-9, 0)) == (1, 0, 1)
    assert outcome(enter(math, cast.toan, cast.minh_anh, END, 80)) is Outcome.LOCKED
    assert outcome(enter(math, cast.toan, cast.minh_anh, slot(2, FINAL), 80)) is Outcome.SAVED
    with pytest.raises(errors.WindowsBackwards):
        put(5, 5)
    row = EntryWindow.objects.unscoped(because=TEST).get()
    for stranger in (cast.toan, cast.mai, cast.hoa, cast.huong):
        with pytest.raises(NotFound):
            actions.set_windows(
                actor=actor_of(stranger),
                school=cast.school_a,
                year=make_year(),
                level="THCS",
                windows=[],
                now=NOW,
            )
    actions.lock_period(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    with pytest.raises(errors.PeriodLocked):
        put(-9, 9)


def test_after_a_lock_nothing_is_entered_until_it_is_opened(cast: Cast, math: Gradebook) -> None:
    row = window(cast)
    with pytest.raises(NotFound):
        actions.lock_period(actor=actor_of(cast.loan), uuid=row.uuid, now=NOW)
    actions.lock_period(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    assert outcome(enter(math, cast.toan, cast.minh_anh, END, 80)) is Outcome.LOCKED
    with pytest.raises(errors.PeriodLocked):
        actions.lock_period(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    actions.unlock_period(actor=actor_of(cast.hung), uuid=row.uuid, reason="Sót điểm", now=NOW)
    assert outcome(enter(math, cast.toan, cast.minh_anh, END, 80)) is Outcome.SAVED
    with pytest.raises(errors.PeriodNotLocked):
        actions.unlock_period(actor=actor_of(cast.hung), uuid=row.uuid, reason="Sót", now=NOW)


def test_one_gradebook_may_be_entered_longer(cast: Cast, math: Gradebook) -> None:
    def more(days: int) -> None:
        actions.extend_window(
            actor=actor_of(cast.loan),
            book=math.uuid,
            period=1,
            until=TODAY + timedelta(days=days),
            reason="Giáo viên nghỉ ốm",
            now=NOW,
        )

    with pytest.raises(errors.NoWindow):
        more(5)
    row = window(cast, closes=-1)
    other = Gradebook.objects.unscoped(because=TEST).get(
        homeroom_class=cast.class_6a, subject_name="Ngữ văn"
    )
    with pytest.raises(errors.ExtensionTooShort):
        more(0)
    more(3)
    more(5)
    assert outcome(enter(math, cast.toan, cast.minh_anh, END, 80)) is Outcome.SAVED
    assert shut_slots(other, TODAY)[END] is Shut.OVER
    assert shut_slots(math, TODAY + timedelta(days=5))[END] is Shut.OVER
    actions.lock_period(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    assert shut_slots(math, TODAY)[END] is Shut.LOCKED, "a lock is above every extension"
    with pytest.raises(errors.BookLocked):
        more(9)


def test_a_column_is_finished_with_named_gaps_and_opened_by_the_principal(
    cast: Cast, math: Gradebook
) -> None:
    def close(with_gaps: bool, who: Any = cast.toan) -> Gradebook:
        return actions.close_column(
            actor=actor_of(who), uuid=math.uuid, slot=END, with_gaps=with_gaps, now=NOW
        )

    enter(math, cast.toan, cast.minh_anh, END, 80)
    enter(math, cast.toan, cast.others_6a[0], END, Word.MAKE_UP_DUE)
    with pytest.raises(errors.ColumnHasGaps) as refused:
        close(with_gaps=False)
    assert refused.value.details["count"] == 2
    assert "Khánh An" in refused.value.details["names"]
    with pytest.raises(errors.NotYourBook):
        close(with_gaps=True, who=cast.lan)
    assert close(with_gaps=True).closed_slots == [END]
    assert outcome(enter(math, cast.toan, cast.minh_anh, END, 90, base=1)) is Outcome.LOCKED
    opened = actions.reopen_column(
        actor=actor_of(cast.hung), uuid=math.uuid, slot=END, reason="Chốt nhầm", now=NOW
    )
    assert opened.closed_slots == []
    with pytest.raises(NotFound):
        actions.reopen_column(
            actor=actor_of(cast.toan), uuid=math.uuid, slot=END, reason="Chốt nhầm", now=NOW
        )


def test_regular_columns_come_and_go_and_all_marks_count(cast: Cast, math: Gradebook) -> None:
    toan = actor_of(cast.toan)
    new = actions.add_column(actor=toan, uuid=math.uuid, period=1, now=NOW)
    assert new == 105
    math.refresh_from_db()
    values = {101: 80, 102: 75, 103: 90, 104: 80, 105: 20, MID: 75, END: 80}
    for column, value in values.items():
        found = enter(math, cast.toan, cast.minh_anh, column, value)
    (result,) = found.results.values()
    assert result.terms[0] == 74, "the fifth mark counts: 73,5 / 10 is 7,35"
    with pytest.raises(errors.ColumnHolds):
        actions.remove_column(actor=toan, uuid=math.uuid, slot=105, now=NOW)
    enter(math, cast.toan, cast.minh_anh, 105, Word.CLEARED, base=1)
    assert 105 not in actions.remove_column(actor=toan, uuid=math.uuid, slot=105, now=NOW).slots
    with pytest.raises(errors.ColumnNeeded):
        actions.remove_column(actor=toan, uuid=math.uuid, slot=104, now=NOW)
    with pytest.raises(errors.NoSuchColumn):
        actions.remove_column(actor=toan, uuid=math.uuid, slot=END, now=NOW)


def test_missed_tests_are_nought_after_the_deadline_and_undone(cast: Cast, math: Gradebook) -> None:
    hung = actor_of(cast.hung)
    for column in (101, 102, 103, 104):
        enter(math, cast.toan, cast.minh_anh, column, 80)
    enter(math, cast.toan, cast.minh_anh, MID, 70)
    enter(math, cast.toan, cast.minh_anh, END, Word.MAKE_UP_DUE)
    enter(math, cast.toan, cast.others_6a[0], 101, Word.MAKE_UP_DUE)
    row = window(cast, closes=0, make_ups_until=TODAY + timedelta(days=1))
    with pytest.raises(errors.MakeUpsNotOver):
        actions.settle_make_ups(actor=hung, uuid=row.uuid, count=1, now=NOW)
    row.make_ups_until = None
    row.save(update_fields=["make_ups_until"])
    with pytest.raises(errors.NothingDue):
        actions.settle_make_ups(actor=hung, uuid=row.uuid, count=2, now=NOW)
    assert actions.settle_make_ups(actor=hung, uuid=row.uuid, count=1, now=NOW) == 1
    final = Mark.objects.unscoped(because=TEST).get(student=cast.minh_anh, slot=END)
    assert (final.value, final.how, final.by_id, final.version) == (
        0,
        How.DEADLINE,
        cast.hung.pk,
        2,
    )
    kept = SubjectResult.objects.unscoped(because=TEST).get(student=cast.minh_anh)
    assert kept.term_1 == 51, "(320 + 140 + 0) / 9"
    regular = Mark.objects.unscoped(because=TEST).get(student=cast.others_6a[0], slot=101)
    assert regular.value == Word.MAKE_UP_DUE, "a regular mark never becomes nought"
    empty = Mark.objects.unscoped(because=TEST).filter(student=cast.others_6a[1])
    assert not empty.exists(), "an empty cell is no missed test"
    assert actions.undo_make_ups(actor=hung, uuid=row.uuid, now=NOW) == 1
    final.refresh_from_db(from_queryset=Mark.objects.unscoped(because=TEST))
    assert (final.value, final.how) == (Word.MAKE_UP_DUE, How.UNDONE)
    kept = SubjectResult.objects.unscoped(because=TEST).get(student=cast.minh_anh)
    assert kept.term_1 is None
    actions.settle_make_ups(actor=hung, uuid=row.uuid, count=1, now=NOW)
    actions.lock_period(actor=hung, uuid=row.uuid, now=NOW)
    with pytest.raises(errors.PeriodLocked):
        actions.undo_make_ups(actor=hung, uuid=row.uuid, now=NOW)


def test_progress_counts_required_cells_and_tells_who_answers(
    cast: Cast, math: Gradebook, django_assert_max_num_queries: Any
) -> None:
    for column in (101, 102, 103, 104):
        enter(math, cast.toan, cast.minh_anh, column, 80)
    actions.add_column(actor=actor_of(cast.toan), uuid=math.uuid, period=1, now=NOW)
    enter(math, cast.toan, cast.minh_anh, 105, 80)
    enter(math, cast.toan, cast.minh_anh, END, Word.MAKE_UP_DUE)
    with django_assert_max_num_queries(12):
        rows = progress_of(
            actor=actor_of(cast.hung),
            school=cast.school_a,
            year=make_year(),
            level="THCS",
            period=1,
            on=TODAY,
        )
    found = {(one.book.homeroom_class.name, one.book.subject_name): one for one in rows}
    one = found["6A", "Toán"]
    assert (one.required, one.filled, one.make_ups) == (18, 4, 1), "a fifth regular mark adds none"
    assert one.answers is not None
    assert one.answers.member.person_id == cast.toan.pk
    assert found["6A", "Âm nhạc"].required == 12
    assert found["6A", "Âm nhạc"].answers is None


def test_who_taught_before_enters_nothing_any_more(cast: Cast, math: Gradebook) -> None:
    rows = TeachingAssignment.objects.unscoped(because=TEST)
    given = rows.get(person=cast.toan, homeroom_class=cast.class_6a)
    given.ends_on = TODAY
    given.save(update_fields=["ends_on"])
    entry = Entry(cast.minh_anh.uuid, END, 80, 0)
    with pytest.raises((errors.NotYourBook, NotFound)):
        actions.enter_marks(
            actor=actor_of(cast.toan), uuid=math.uuid, entries=[entry], how=How.TYPED, now=NOW
        )
    member = StaffMember.objects.unscoped(because=TEST).get(person=cast.lan)
    TeachingAssignment.objects.create(
        school=cast.school_a,
        homeroom_class=cast.class_6a,
        staff_member=member,
        person=cast.lan,
        subject_name="Toán",
        starts_on=TODAY,
    )
    assert outcome(enter(math, cast.lan, cast.minh_anh, END, 80)) is Outcome.SAVED


def test_a_gradebook_keeps_the_circular_it_was_opened_by(cast: Cast, math: Gradebook) -> None:
    before = math.regulation, math.slots, math.required
    Gradebook.objects.unscoped(because=TEST).filter(pk=math.pk).update(regulation="TT58-2011")
    actions.open_books(actor=EVERYTHING, school=cast.school_a, year=make_year(), now=NOW)
    math.refresh_from_db()
    assert (math.regulation, math.slots, math.required) == ("TT58-2011", *before[1:])


def test_a_pupil_of_the_roll_alone_needs_marks(cast: Cast, math: Gradebook) -> None:
    make_student("Vừ Thị Dở", homeroom_class=cast.class_6a)
    rows = progress_of(
        actor=actor_of(cast.hung),
        school=cast.school_a,
        year=make_year(),
        level="THCS",
        period=1,
        on=TODAY,
    )
    (one,) = [row for row in rows if row.book == math]
    assert one.required == 24
