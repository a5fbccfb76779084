"""What follows from a published result: facts, changes, plans of classes, groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories import EVERYTHING, NOW, TODAY, make_grade, make_year

from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.choices import actions, errors
from khuevan.registry.choices.actions import ChangeData, RoundData
from khuevan.registry.choices.models import (
    ChoiceRound,
    Combination,
    CombinationClass,
    PupilCombination,
)
from khuevan.registry.choices.selectors.combinations import strays
from khuevan.registry.choices.selectors.rounds import left_without, standing_of
from khuevan.registry.choices.shown import result_words
from khuevan.registry.choices.tests.build import (
    SCIENCE,
    SOCIAL,
    TOMORROW,
    Upper,
    make_upper,
)
from khuevan.registry.choices.tests.test_rounds import AFTER, contested
from khuevan.registry.curriculum.api import class_plans, teaching_groups
from khuevan.registry.students.api import ClassPlacement

LATER = TODAY + timedelta(days=20)


@pytest.fixture
def upper(db: None, pinned_day: None) -> Upper:
    """Make the school."""
    return make_upper()


def publish(upper: Upper, on: date = TOMORROW) -> ChoiceRound:
    """Compute and publish the contested round."""
    one = contested(upper)
    actions.compute_result(actor=AFTER, uuid=one.uuid, now=NOW)
    return actions.publish_result(actor=AFTER, uuid=one.uuid, takes_effect_on=on, now=NOW)


def held(pupil: Any) -> list[tuple[str, date, date | None]]:
    """Return what a pupil learnt and learns."""
    rows = PupilCombination.objects.unscoped(because="a test").filter(student=pupil)
    return [
        (row.combination.name, row.starts_on, row.ends_on)
        for row in rows.select_related("combination").order_by("starts_on")
    ]


def test_a_published_result_is_a_dated_fact(upper: Upper) -> None:
    publish(upper)
    assert held(upper.pupils[0]) == [("Tổ hợp 2", TOMORROW, None)]
    assert held(upper.pupils[3]) == []


def ask(pupil: Any, after: Any, on: date = LATER, **said: Any) -> Any:
    """Ask for another combination."""
    return actions.ask_change(
        actor=EVERYTHING,
        student=pupil,
        after=after,
        data=ChangeData(on, "Theo nguyện vọng của gia đình", **said),
        now=NOW,
    )


def widen(row: Combination, capacity: int) -> None:
    """Give a combination more places."""
    row.capacity = capacity
    row.save(update_fields=["capacity"])


def test_a_change_holds_once_the_principal_agreed(upper: Upper) -> None:
    publish(upper)
    pupil, first = upper.pupils[0], upper.combinations[0]
    widen(first, 3)
    change = ask(pupil, first)
    assert held(pupil) == [("Tổ hợp 2", TOMORROW, None)]
    with pytest.raises(errors.ChangeWaits):
        ask(pupil, first)
    actions.decide_change(actor=EVERYTHING, uuid=change.uuid, agrees=True, now=NOW)
    assert held(pupil) == [("Tổ hợp 2", TOMORROW, LATER), ("Tổ hợp 1", LATER, None)]
    with pytest.raises(errors.ChangeDecided):
        actions.decide_change(actor=EVERYTHING, uuid=change.uuid, agrees=False, now=NOW)
    with pytest.raises(errors.SameCombination):
        ask(pupil, first, LATER + timedelta(days=1))


def test_over_the_places_only_with_a_reason_that_stays(upper: Upper) -> None:
    publish(upper)
    pupil, first = upper.pupils[0], upper.combinations[0]
    change = ask(pupil, first)
    with pytest.raises(errors.CombinationFull, match="2/2"):
        actions.decide_change(actor=EVERYTHING, uuid=change.uuid, agrees=True, now=NOW)
    assert held(pupil) == [("Tổ hợp 2", TOMORROW, None)]
    why = "Anh chị em sinh đôi học cùng lớp"
    row = actions.decide_change(
        actor=EVERYTHING, uuid=change.uuid, agrees=True, over_reason=why, now=NOW
    )
    assert held(pupil)[-1] == ("Tổ hợp 1", LATER, None)
    assert row.over_reason == why
    entries = AuditEntry.objects.unscoped(because="a test").filter(
        code="choices.change_approved_over"
    )
    assert entries.get().details["reason"] == why


def test_a_place_left_by_who_went_to_another_school_can_be_taken(upper: Upper) -> None:
    publish(upper)
    pupil, first = upper.pupils[0], upper.combinations[0]
    gone = ClassPlacement.objects.unscoped(because="a test").filter(student=upper.pupils[2])
    gone.update(ends_on=LATER)
    change = ask(pupil, first)
    row = actions.decide_change(
        actor=EVERYTHING, uuid=change.uuid, agrees=True, over_reason="không cần", now=NOW
    )
    assert (row.state, row.over_reason) == ("APPROVED", "")


def test_a_refused_change_changes_nothing(upper: Upper) -> None:
    publish(upper)
    change = ask(upper.pupils[0], upper.combinations[0])
    actions.decide_change(actor=EVERYTHING, uuid=change.uuid, agrees=False, note="Hết chỗ", now=NOW)
    assert held(upper.pupils[0]) == [("Tổ hợp 2", TOMORROW, None)]


def test_after_grade_10_a_change_says_what_is_caught_up(upper: Upper) -> None:
    publish(upper)
    upper.rooms[0].grade_level = make_grade("11")
    upper.rooms[0].save(update_fields=["grade_level"])
    with pytest.raises(errors.CatchUpMissing, match="Hóa học"):
        ask(upper.pupils[0], upper.combinations[0])
    assert ask(upper.pupils[0], upper.combinations[0], catch_up="Học bù 70 tiết Hóa trong hè").pk


def test_plans_and_groups_follow_from_who_learns_what(upper: Upper) -> None:
    publish(upper, on=TODAY)
    kept = actions.plans_follow(actor=EVERYTHING, school=upper.school, year=make_year(), now=NOW)
    assert kept == []
    plans = class_plans(actor=EVERYTHING, school=upper.school, year=make_year(), on=TODAY)
    chosen = {one.row.subject_name for one in plans[0].subjects if one.row.kind == "CHOSEN"}
    assert chosen == {*SCIENCE, *SOCIAL}
    made = actions.make_groups(
        actor=EVERYTHING,
        school=upper.school,
        year=make_year(),
        grade=make_grade("10"),
        on=TODAY,
        now=NOW,
    )
    groups = teaching_groups(actor=EVERYTHING, school=upper.school, year=make_year(), on=TODAY)
    assert made.groups == len(groups) > 0
    by_subject = {one.subject_name: one for one in groups if one.kind == "CHOSEN"}
    assert "Vật lí" not in by_subject
    assert by_subject["Địa lí"].student_ids == {upper.pupils[0].pk}
    assert by_subject["Hóa học"].student_ids == {upper.pupils[2].pk}
    assert by_subject["Hóa học"].weeks == (2,) * 35


def test_a_class_of_two_combinations_is_told_what_each_asks_of_whom(upper: Upper) -> None:
    publish(upper, on=TODAY)
    actions.plans_follow(actor=EVERYTHING, school=upper.school, year=make_year(), now=NOW)
    plans = class_plans(actor=EVERYTHING, school=upper.school, year=make_year(), on=TODAY)
    kinds = {fault.kind.name for fault in plans[0].faults}
    assert not kinds & {"CHOICES", "CLUSTERS", "ASKED_SUBJECT", "UNASKED_SUBJECT"}
    assert [(one.name, one.pupils) for one in plans[0].carried] == [
        ("Tổ hợp 1", 1),
        ("Tổ hợp 2", 1),
    ]
    chosen = [one.row.annual for one in plans[0].subjects if one.row.kind == "CHOSEN"]
    assert sum(chosen) > 280
    others = sum(o.row.annual for o in plans[0].subjects if o.row.kind not in ("CHOSEN", "CLUSTER"))
    assert plans[0].annual == others + 280 + 105  # what one pupil learns


def test_after_a_change_the_pupil_goes_to_the_groups_of_the_new_combination(upper: Upper) -> None:
    publish(upper, on=TODAY)
    follow: dict[str, Any] = {
        "actor": EVERYTHING,
        "school": upper.school,
        "year": make_year(),
        "now": NOW,
    }
    actions.plans_follow(**follow)
    actions.make_groups(**follow, grade=make_grade("10"), on=TODAY)
    pupil = upper.pupils[0]
    widen(upper.combinations[0], 9)
    change = ask(pupil, upper.combinations[0], TODAY)
    actions.decide_change(actor=EVERYTHING, uuid=change.uuid, agrees=True, now=NOW)
    made = actions.make_groups(**follow, grade=make_grade("10"), on=TODAY)
    groups = teaching_groups(actor=EVERYTHING, school=upper.school, year=make_year(), on=TODAY)
    inside = {one.subject_name for one in groups if pupil.pk in one.student_ids}
    assert made.moved
    assert not inside & (set(SOCIAL) - set(SCIENCE))


def test_who_learns_what_the_own_class_does_not_carry_is_told_and_in_no_group(upper: Upper) -> None:
    publish(upper, on=TODAY)
    year = make_year()
    alone = CombinationClass.objects.unscoped(because="a test").filter(
        combination=upper.combinations[1], homeroom_class=upper.rooms[0]
    )
    alone.delete()
    [stray] = strays(actor=EVERYTHING, school=upper.school, year=year, on=TODAY)
    assert (stray.placement.student_id, stray.combination) == (
        upper.pupils[0].pk,
        upper.combinations[1],
    )
    follow: dict[str, Any] = {"actor": EVERYTHING, "school": upper.school, "year": year, "now": NOW}
    actions.plans_follow(**follow)
    actions.make_groups(**follow, grade=make_grade("10"), on=TODAY)
    groups = teaching_groups(actor=EVERYTHING, school=upper.school, year=year, on=TODAY)
    assert not any(upper.pupils[0].pk in one.student_ids for one in groups)


def test_who_learns_a_combination_is_not_told_to_wait_after_a_further_round(upper: Upper) -> None:
    publish(upper, on=TODAY)
    later = replace(EVERYTHING, today=TODAY + timedelta(days=9))
    further = actions.open_round(
        actor=later,
        school=upper.school,
        year=make_year(),
        grade=make_grade("10"),
        data=RoundData("Đợt 2", TODAY + timedelta(days=5), TODAY + timedelta(days=6), 2, ""),
        now=NOW,
    )
    actions.compute_result(actor=later, uuid=further.uuid, now=NOW)
    standing = standing_of(further, on=later.today)
    assert left_without(standing, on=later.today) == 1  # who had no place in the first round
    result = next(one.result for one in standing.choosing if one.result)
    assert result_words(result, chose=False, learns=True) == ["Chưa đăng ký trong đợt này."]
