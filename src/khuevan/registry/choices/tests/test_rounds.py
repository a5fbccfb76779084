"""Combinations, rounds, results and what follows: who may, what is refused, what comes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import actor_of, make_cast
from tests.factories import EVERYTHING, NOW, TODAY, make_grade, make_year

from khuevan.kernel.errors import NotFound
from khuevan.platform.accounts.api import Person
from khuevan.registry.choices import actions, errors
from khuevan.registry.choices.actions import CombinationData, RoundData, Said
from khuevan.registry.choices.models import (
    Allotment,
    ChoiceRound,
    WishList,
)
from khuevan.registry.choices.permissions import GIVE_WISHES
from khuevan.registry.choices.selectors.combinations import offers
from khuevan.registry.choices.selectors.rounds import own_result, own_wishes, standing_of
from khuevan.registry.choices.shown import result_words
from khuevan.registry.choices.tests.build import (
    SCIENCE,
    SOCIAL,
    TOMORROW,
    Upper,
    make_upper,
    offer,
    open_now,
)
from khuevan.registry.students.api import Guardianship

LATER = TODAY + timedelta(days=20)
AFTER = replace(EVERYTHING, today=TOMORROW)


@pytest.fixture
def upper(db: None, pinned_day: None) -> Upper:
    """Make the school."""
    return make_upper()


def give(one: ChoiceRound, pupil: Any, *combinations: Any, by: Any = EVERYTHING) -> WishList:
    """Rank combinations for a pupil."""
    return actions.give_wishes(
        actor=by,
        round_uuid=one.uuid,
        student_uuid=pupil.uuid,
        combination_ids=[each.pk for each in combinations],
        now=NOW,
    )


def score(one: ChoiceRound, **points: Any) -> None:
    """Enter scores of pupils by number."""
    said = [Said(int(pk[1:]), points=Decimal(each)) for pk, each in points.items()]
    actions.list_wishes(actor=EVERYTHING, uuid=one.uuid, said=said, now=NOW)


def mother_of(pupil: Any) -> Person:
    """Return the guardian of a pupil."""
    rows = Guardianship.objects.unscoped(because="a test").filter(student=pupil)
    return rows.select_related("guardian")[0].guardian


def results(one: ChoiceRound) -> dict[int, Allotment]:
    """Return the stored result by pupil."""
    rows = Allotment.objects.unscoped(because="a test").filter(round=one)
    return {row.student_id: row for row in rows.select_related("combination")}


def contested(upper: Upper) -> ChoiceRound:
    """Let three pupils want the two places of the first combination, and one choose nothing."""
    one = open_now(upper)
    first, second = upper.combinations
    for pupil in upper.pupils[:3]:
        give(one, pupil, first, second)
    a, b, c = (pupil.pk for pupil in upper.pupils[:3])
    score(one, **{f"p{a}": 30, f"p{b}": 41, f"p{c}": 38})
    return one


# --- combinations: the examples of the sheet (CUR-01)


@pytest.mark.parametrize(
    ("options", "clusters", "words"),
    [
        (SCIENCE[:3], ("Toán", "Vật lí", "Hóa học"), "3 môn lựa chọn"),
        (SCIENCE, ("Toán", "Vật lí", "Địa lí"), "Địa lí"),
        (SCIENCE, ("Toán", "Vật lí"), "2 môn"),
        ((*SCIENCE[:3], "Giáo dục thể chất"), ("Toán", "Vật lí", "Hóa học"), "thể chất"),
    ],
)
def test_what_the_programme_does_not_allow_is_told(
    upper: Upper, options: tuple[str, ...], clusters: tuple[str, ...], words: str
) -> None:
    with pytest.raises(errors.CombinationUnfit, match=words):
        offer(upper.school, "Tổ hợp 3", options, clusters)


@pytest.mark.parametrize(
    "clusters", [("Toán", "Vật lí", "Tin học"), ("Tiếng Pháp", "Toán", "Lịch sử")]
)
def test_a_cluster_may_be_of_a_chosen_or_of_a_compulsory_subject(
    upper: Upper, clusters: tuple[str, ...]
) -> None:
    assert offer(upper.school, "Tổ hợp 3", SCIENCE, clusters).pk


def test_more_places_than_seats_is_a_warning(upper: Upper) -> None:
    offer(upper.school, "Tổ hợp 3", SCIENCE, ("Toán", "Vật lí", "Tin học"), 46, upper.rooms[:1])
    found = offers(actor=EVERYTHING, school=upper.school, year=make_year(), on=TODAY)
    assert [(one.row.name, one.is_over_rooms) for one in found] == [
        ("Tổ hợp 1", False),
        ("Tổ hợp 2", False),
        ("Tổ hợp 3", True),
    ]


def test_what_somebody_ranked_keeps_its_subjects(upper: Upper) -> None:
    first, second = upper.combinations
    give(open_now(upper), upper.pupils[0], first, second)
    data = CombinationData("Tổ hợp 1", SOCIAL, ("Ngữ văn", "Lịch sử", "Địa lí"), 2)
    with pytest.raises(errors.CombinationInUse):
        actions.change_combination(actor=EVERYTHING, uuid=first.uuid, data=data, now=NOW)
    more = replace(data, options=first.options, clusters=first.clusters, capacity=40)
    row = actions.change_combination(actor=EVERYTHING, uuid=first.uuid, data=more, now=NOW)
    assert row.capacity == 40


# --- a round


def test_rules_of_a_round_stand_once_it_has_begun(upper: Upper) -> None:
    one = open_now(upper)
    data = RoundData(one.name, TODAY, LATER, 2, "Điểm xét tuyển")
    assert (
        actions.change_round(actor=EVERYTHING, uuid=one.uuid, data=data, now=NOW).last_day == LATER
    )
    with pytest.raises(errors.RoundBegun):
        actions.change_round(
            actor=EVERYTHING, uuid=one.uuid, data=replace(data, score_name=""), now=NOW
        )


def test_a_round_needs_something_to_choose_from(upper: Upper) -> None:
    with pytest.raises(errors.NothingOffered):
        actions.open_round(
            actor=EVERYTHING,
            school=upper.school,
            year=make_year(),
            grade=make_grade("11"),
            data=RoundData("Lớp 11", TODAY, LATER),
            now=NOW,
        )


def test_a_family_chooses_for_its_child_between_the_days(upper: Upper) -> None:
    one = open_now(upper)
    pupil, (first, second) = upper.pupils[0], upper.combinations
    mother = actor_of(mother_of(pupil))
    give(one, pupil, second, first, by=mother)
    found = own_wishes(actor=mother, one=one, student=pupil)
    assert found is not None
    assert found.combination_ids == [second.pk, first.pk]
    assert found.given_by == mother_of(pupil)
    late = actor_of(mother_of(pupil))
    object.__setattr__(late, "today", TOMORROW)
    with pytest.raises(errors.RoundNotOpen):
        give(one, pupil, first, by=late)


def test_nobody_chooses_for_another_family_or_reads_its_choice(upper: Upper) -> None:
    one = open_now(upper)
    mine, other = upper.pupils[:2]
    first, second = upper.combinations
    mother = actor_of(mother_of(mine))
    give(one, other, first, second)
    with pytest.raises(NotFound):
        give(one, other, second, by=mother)
    assert own_wishes(actor=mother, one=one, student=other) is None
    assert not WishList.objects.visible_to(mother, GIVE_WISHES).exists()


@pytest.mark.parametrize("picks", [[], [0, 0], [0, 1, 0], ["closed"]])
def test_wishes_that_cannot_be_are_refused(upper: Upper, picks: list[Any]) -> None:
    closed = offer(upper.school, "Tổ hợp 3", SCIENCE, ("Toán", "Vật lí", "Tin học"))
    one = open_now(upper)
    actions.close_combination(actor=EVERYTHING, uuid=closed.uuid, on=TODAY, now=NOW)
    chosen = [closed if pick == "closed" else upper.combinations[pick] for pick in picks]
    with pytest.raises(errors.WishesUnfit):
        give(one, upper.pupils[0], *chosen)


def test_who_has_not_chosen_is_known(upper: Upper) -> None:
    one = contested(upper)
    missing = standing_of(one, on=TODAY).missing
    assert [each.placement.student_id for each in missing] == [upper.pupils[3].pk]
    assert actions.remind(actor=EVERYTHING, uuid=one.uuid, now=NOW) == 0


# --- the result


def test_a_result_is_computed_after_the_last_day_only(upper: Upper) -> None:
    one = contested(upper)
    with pytest.raises(errors.RoundStillOpen):
        actions.compute_result(actor=EVERYTHING, uuid=one.uuid, now=NOW)
    actions.compute_result(actor=AFTER, uuid=one.uuid, now=NOW)
    first, second = upper.combinations
    found = results(one)
    got = [found[pupil.pk].combination for pupil in upper.pupils]
    assert got == [second, first, first, None]


def test_the_result_says_why(upper: Upper) -> None:
    one = contested(upper)
    actions.compute_result(actor=AFTER, uuid=one.uuid, now=NOW)
    found = results(one)
    assert result_words(found[upper.pupils[0].pk]) == [
        "Nguyện vọng 1 (Tổ hợp 1) đã hết 2 chỗ: xếp thứ 3 trong số học sinh đăng ký.",
        "Được nguyện vọng 2 (Tổ hợp 2): xếp thứ 1, có 3 chỗ.",
    ]
    assert result_words(found[upper.pupils[3].pk], chose=False) == [
        "Chưa đăng ký nguyện vọng. Nhà trường sẽ xếp tổ hợp."
    ]


def test_a_family_reads_its_own_result_once_it_is_published(upper: Upper) -> None:
    one = contested(upper)
    pupil = upper.pupils[0]
    mother = actor_of(mother_of(pupil))
    actions.compute_result(actor=AFTER, uuid=one.uuid, now=NOW)
    assert own_result(actor=mother, one=one, student=pupil) is None
    one = actions.publish_result(actor=AFTER, uuid=one.uuid, takes_effect_on=TOMORROW, now=NOW)
    told = own_result(actor=mother, one=one, student=pupil)
    assert told is not None
    assert told.combination == upper.combinations[1]
    assert own_result(actor=mother, one=one, student=upper.pupils[1]) is None


def test_what_is_published_is_what_was_seen_before(upper: Upper) -> None:
    one = contested(upper)
    with pytest.raises(errors.ResultMissing):
        actions.publish_result(actor=AFTER, uuid=one.uuid, takes_effect_on=TOMORROW, now=NOW)
    actions.compute_result(actor=AFTER, uuid=one.uuid, now=NOW)
    score(one, **{f"p{upper.pupils[0].pk}": 50})
    with pytest.raises(errors.ResultMissing):
        actions.publish_result(actor=AFTER, uuid=one.uuid, takes_effect_on=TOMORROW, now=NOW)
    actions.compute_result(actor=AFTER, uuid=one.uuid, now=NOW)
    one = actions.publish_result(actor=AFTER, uuid=one.uuid, takes_effect_on=TOMORROW, now=NOW)
    with pytest.raises(errors.RoundPublished):
        actions.compute_result(actor=AFTER, uuid=one.uuid, now=NOW)
    with pytest.raises(errors.RoundPublished):
        give(one, upper.pupils[3], upper.combinations[0])


def test_a_grade_chooses_in_one_round_at_a_time(upper: Upper) -> None:
    one = open_now(upper, days=3)
    with pytest.raises(errors.RoundsOverlap, match="Chọn tổ hợp lớp 10"):
        open_again(upper, one.last_day, one.last_day)
    later = open_again(upper, one.last_day + timedelta(days=1), one.last_day + timedelta(days=2))
    with pytest.raises(errors.RoundsOverlap):
        actions.change_round(
            actor=EVERYTHING,
            uuid=one.uuid,
            data=RoundData(one.name, one.starts_on, later.last_day, 2, one.score_name),
            now=NOW,
        )


def open_again(upper: Upper, first: date, last: date) -> ChoiceRound:
    """Open a second round of grade 10."""
    return actions.open_round(
        actor=EVERYTHING,
        school=upper.school,
        year=make_year(),
        grade=make_grade("10"),
        data=RoundData("Đợt 2", first, last, 2, ""),
        now=NOW,
    )


def test_another_school_sees_and_does_nothing(upper: Upper) -> None:
    one = contested(upper)
    cast = make_cast()
    hung = actor_of(cast.hung)
    with pytest.raises(NotFound):
        give(one, upper.pupils[0], upper.combinations[0], by=hung)
    with pytest.raises(NotFound):
        actions.remind(actor=hung, uuid=one.uuid, now=NOW)
    assert offers(actor=hung, school=upper.school, year=make_year(), on=TODAY) == []
