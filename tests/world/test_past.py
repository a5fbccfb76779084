"""Earlier years of the invented province: one grade lower a year back, one school at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from khuevan.cli.world.grades import GRADE
from khuevan.cli.world.past import Past
from khuevan.cli.world.plan import WorldPlan, plan_world
from khuevan.cli.world.shapes import PupilPlan

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def plan() -> WorldPlan:
    return plan_world(today=TODAY, schools=12, pupils=1500, years=5)


def told(plan: WorldPlan) -> Iterator[tuple[PupilPlan, Past]]:
    """Yield each pupil with the past."""
    for past, households in plan.households():
        for house in households:
            for child in house.children:
                yield child, past.past_of(child)


def grade_of(plan: WorldPlan, school_code: str, class_name: str) -> int:
    """Return the usual age of a class's grade."""
    school = next(one for one in plan.schools if one.code == school_code)
    grade = next(room.grade for room in school.classes if room.name == class_name)
    return GRADE[grade].age


def test_each_year_back_is_one_grade_lower(plan: WorldPlan) -> None:
    seen = 0
    for pupil, past in told(plan):
        age = grade_of(plan, pupil.school_code, pupil.class_name)
        for seat in past.seats:
            back = TODAY.year - int(seat.year_code[:4])
            assert grade_of(plan, seat.school_code, seat.class_name) == age - back
            seen += 1
    assert seen > 3000


def test_nobody_sits_or_belongs_in_two_places_on_one_day(plan: WorldPlan) -> None:
    for pupil, past in told(plan):
        seats = sorted((seat.starts_on, seat.ends_on) for seat in past.seats)
        assert all(start < end for start, end in seats)
        assert all(one[1] <= after[0] for one, after in pairwise(seats))
        stays = sorted((stay.starts_on, stay.ends_on) for stay in past.stays)
        stays.append((pupil.enrolled_on, date.max))
        assert all(one[1] <= after[0] for one, after in pairwise(stays))


def test_every_seat_is_within_a_stay_of_its_school(plan: WorldPlan) -> None:
    for pupil, past in told(plan):
        spans = [(stay.school_code, stay.starts_on, stay.ends_on) for stay in past.stays]
        spans.append((pupil.school_code, pupil.enrolled_on, date.max))
        for seat in past.seats:
            assert any(
                code == seat.school_code and start <= seat.starts_on and seat.ends_on <= end
                for code, start, end in spans
            )


def test_the_past_changes_nothing_of_today(plan: WorldPlan) -> None:
    short = plan_world(today=TODAY, schools=12, pupils=1500)
    today = [(pupil.person.full_name, pupil.class_name) for pupil, _past in told(short)]
    assert today == [(pupil.person.full_name, pupil.class_name) for pupil, _past in told(plan)]
