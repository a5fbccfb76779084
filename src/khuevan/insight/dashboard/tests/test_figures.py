"""Every figure equals the slow, obvious recount."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import TODAY, YEAR_STARTS, make_class, make_staff

from khuevan.insight.dashboard import figures as f
from khuevan.insight.dashboard.figures import figures
from khuevan.insight.dashboard.tests.factories import (
    look,
    make_pupil,
    make_sized_class,
    make_two_communes,
    recount,
)
from khuevan.registry.students.api import Enrollment

pytestmark = pytest.mark.django_db

PUPILS = st.lists(
    st.fixed_dictionaries(
        {
            "sex": st.sampled_from(["MALE", "FEMALE"]),
            "birth_date": st.sampled_from([None, date(2015, 7, 18), date(1999, 12, 31)]),
            "ethnicity_code": st.sampled_from(["", "01"]),
            "guardian_phone": st.sampled_from([None, "", "0912345318"]),
            "digits": st.sampled_from([None, "2150", "3150", "1990", "0990"]),
            "place": st.sampled_from(["6A", "6B", "none"]),
        }
    ),
    max_size=8,
)


def test_a_small_world_is_counted_right() -> None:
    first, second, third = make_two_communes()
    make_sized_class("6A", first, 3)
    make_sized_class("1A", second, 2)
    make_pupil(first, "Không Lớp")
    make_staff(school=first)
    snapshot = look()
    by_code = {school.code: totals for school, totals in snapshot.by_school.items()}
    for school in (first, second, third):
        assert by_code[school.code] == recount(school)
    assert snapshot.total.pupils == 6
    assert snapshot.total.staff == 1


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pupils=PUPILS)
def test_any_mixture_of_records_is_counted_right(db: None, pupils: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        school = make_two_communes()[0]
        places = {"6A": make_class("6A", school=school), "6B": make_class("6B", school=school)}
        for serial, pupil in enumerate(pupils):
            digits = pupil.pop("digits")
            number = f"042{digits}{serial:05d}" if digits else None
            make_pupil(places.get(pupil.pop("place"), school), personal_number=number, **pupil)
        snapshot = look(school=school.code)
        assert snapshot.total == recount(school)
        transaction.set_rollback(True)


def test_units_schools_levels_and_grades_sum_up_to_the_whole() -> None:
    first, second, third = make_two_communes()
    make_sized_class("6A", first, 2)
    make_sized_class("7A", first, 1)
    make_sized_class("1A", second, 3)
    make_sized_class("6A", third, 1)
    snapshot = look()
    whole = snapshot.total.pupils
    assert sum(totals.pupils for totals in snapshot.by_manager.values()) == whole
    assert sum(totals.pupils for totals in snapshot.by_level.values()) == whole
    assert sum(totals.pupils for totals in snapshot.by_grade.values()) == whole
    assert list(snapshot.by_level) == ["TH", "THCS"]
    assert [code for code, _name in snapshot.by_grade] == ["1", "6", "7"]


def test_a_class_over_its_norm_is_found_with_the_norm_in_force() -> None:
    school = make_two_communes()[1]
    make_sized_class("1A", school, 36)
    make_sized_class("1B", school, 35)
    snapshot = look()
    assert f.OVER_NORM.value(snapshot.total) == 500
    rooms = look(school=school.code).classes
    assert [at.norm for _school, at, _totals in rooms] == [35, 35]
    assert snapshot.fullest is not None
    assert (snapshot.fullest.name, snapshot.fullest.size) == ("1A", 36)


def test_a_school_without_a_list_is_named_and_not_counted_as_zero() -> None:
    first, second, third = make_two_communes()
    make_sized_class("6A", first, 1)
    make_class("1A", school=second)
    snapshot = look()
    assert {school.code for school in snapshot.unlisted} == {second.code, third.code}
    assert f.SCHOOLS.value(snapshot.total) == 333
    assert f.RECORDS.value(look(school=third.code).total) is None


def test_who_left_is_counted_until_the_last_day() -> None:
    school = make_two_communes()[0]
    make_sized_class("6A", school, 2)
    row = Enrollment.objects.unscoped(because="test").order_by("pk").first()
    assert row is not None
    row.ends_on = TODAY
    row.save(update_fields=["ends_on"])
    assert look().total.pupils == 1


def test_nobody_is_counted_before_the_year_begins() -> None:
    school = make_two_communes()[0]
    make_sized_class("6A", school, 2)
    row = Enrollment.objects.unscoped(because="test").order_by("pk").first()
    assert row is not None
    assert row.starts_on == YEAR_STARTS
    assert look(level="TH").total.pupils == 0


def test_every_figure_says_what_it_counts() -> None:
    for figure in figures:
        assert all(str(text) for text in (figure.label, figure.definition, figure.query))
        assert (figure.denominator is None) == (figure.kind == "count")
        assert bool(str(figure.denominator_label)) == (figure.denominator is not None)
