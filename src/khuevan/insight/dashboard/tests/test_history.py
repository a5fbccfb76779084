"""A comparison with last year is told only where last year is known in full."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import EVERYTHING, TODAY, YEAR_STARTS, make_class, make_school, make_student

from khuevan.insight.dashboard.selectors import year_ago
from khuevan.insight.dashboard.tests.factories import look, make_two_communes
from khuevan.registry.schools.api import HomeroomClass, School, school_facts
from khuevan.registry.students.api import ClassPlacement, Enrollment

pytestmark = pytest.mark.django_db

LONG_AGO = date(2024, 9, 5)


def seat(school: School, *, since: date) -> None:
    name = "1A" if "TH" in school_facts(school.pk, on=TODAY).levels else "6A"
    classes = HomeroomClass.objects.unscoped(because="test")
    found = classes.filter(school=school, name=name).first()
    opened = found or make_class(name, school=school)
    student = make_student(homeroom_class=opened, starts_on=max(since, YEAR_STARTS))
    for model in (Enrollment, ClassPlacement):
        model.objects.unscoped(because="test").filter(student=student).update(starts_on=since)


def age(school: School) -> None:
    """Let a school have existed long enough for last year to matter."""
    School.objects.unscoped(because="test").filter(pk=school.pk).update(founded_on=LONG_AGO)


def test_with_both_years_known_the_change_is_told() -> None:
    first, second, third = make_two_communes()
    for school in (first, second, third):
        age(school)
        seat(school, since=LONG_AGO)
    seat(first, since=date(2026, 9, 5))
    snapshot = look()
    before = year_ago(actor=EVERYTHING, snapshot=snapshot)
    assert before is not None
    assert before.pupils == 3
    assert snapshot.total.pupils == 4
    assert before.by_level == {"TH": 1, "THCS": 2}


def test_one_school_without_last_year_and_nothing_is_told() -> None:
    first, second, _third = make_two_communes()
    age(first)
    age(second)
    seat(first, since=LONG_AGO)
    seat(second, since=date(2026, 9, 5))
    assert year_ago(actor=EVERYTHING, snapshot=look()) is None


def test_a_new_school_is_no_gap() -> None:
    first, *_others = make_two_communes()
    age(first)
    seat(first, since=LONG_AGO)
    young = make_school("Trường THCS Mới Mở")
    School.objects.unscoped(because="test").filter(pk=young.pk).update(founded_on=date(2026, 8, 1))
    seat(young, since=date(2026, 9, 5))
    before = year_ago(actor=EVERYTHING, snapshot=look())
    assert before is not None
    assert before.pupils == 1


def test_who_left_since_was_there_a_year_ago() -> None:
    first, *_others = make_two_communes()
    age(first)
    seat(first, since=LONG_AGO)
    seat(first, since=LONG_AGO)
    left = Enrollment.objects.unscoped(because="test").order_by("pk")[0]
    seats = ClassPlacement.objects.unscoped(because="test").filter(student_id=left.student_id)
    seats.update(ends_on=date(2026, 5, 31))
    left.ends_on = date(2026, 5, 31)
    left.save(update_fields=["ends_on"])
    snapshot = look()
    before = year_ago(actor=EVERYTHING, snapshot=snapshot)
    assert before is not None
    assert (before.pupils, snapshot.total.pupils) == (2, 1)
