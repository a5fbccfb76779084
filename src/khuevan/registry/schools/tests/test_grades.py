"""The grades a province begins with, and how a folder of before comes to have them all."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import translation
from tests.factories import make_class, make_grade, make_school

from khuevan.registry.schools.beginning import usual_grades
from khuevan.registry.schools.grade_names import grade_label
from khuevan.registry.schools.models import EducationLevel, GradeLevel, HomeroomClass

later = import_module("khuevan.registry.schools.migrations.0007_more_grades")


def test_every_level_has_its_grades_in_the_order_of_age() -> None:
    grades = usual_grades()
    levels = list(EducationLevel.values)
    assert {one.level for one in grades} == set(levels)
    assert grades == sorted(grades, key=lambda one: (levels.index(one.level), one.usual_age))
    assert [one.usual_age for one in grades if one.level == "MN"] == [0, 1, 2, 3, 4, 5]
    with translation.override("en"):
        assert all(grade_label(one.code, "") for one in grades)


@pytest.mark.django_db
def test_grades_that_are_there_are_joined_by_the_new_ones() -> None:
    room = make_class("6A", school=make_school())
    make_grade("1")
    later.add_grades(apps, SimpleNamespace(connection=connection))
    codes = [one.code for one in GradeLevel.objects.order_by("position")]
    assert codes == [
        "NT0", "NT1", "1", "6", "TX6", "TX7", "TX8", "TX9", "TN10", "TN11", "TN12",
    ]  # fmt: skip
    assert HomeroomClass.objects.unscoped(because="a test").get(pk=room.pk).sort_key[:3] == "04 "
