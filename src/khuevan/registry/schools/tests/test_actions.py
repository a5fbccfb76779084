"""Opening schools and classes."""

from dataclasses import replace
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import (
    NOW,
    TODAY,
    build_signed,
    commune_area,
    make_grade,
    make_province,
    make_year,
)

from khuevan.kernel.errors import NotFound
from khuevan.registry.schools import actions
from khuevan.registry.schools.errors import ClassNameTaken, CodeTaken, GradeNotTaught
from khuevan.registry.schools.models import Campus, HomeroomClass, School
from khuevan.registry.schools.rules import class_match_name, class_sort_key

DATA = actions.SchoolData(
    code="42000777",
    name="Trường THCS Hồng Phong",
    short_name="THCS Hồng Phong",
    school_type="LOWER_SECONDARY",
    levels=("THCS",),
    parent_id=0,
    founding=build_signed(),
)


def open_school(cast: Cast, by: str, **changes: Any) -> School:
    """Open a school under the province as somebody of the cast."""
    data = replace(DATA, parent_id=make_province().pk, area_id=commune_area().pk, **changes)
    return actions.open_school(
        actor=actor_of(getattr(cast, by)), data=data, starts_on=TODAY, now=NOW
    )


def open_class(cast: Cast, by: str = "hung", name: str = "6C", grade: str = "6") -> HomeroomClass:
    """Open a class of school A as somebody of the cast."""
    return actions.open_class(
        actor=actor_of(getattr(cast, by)),
        school_id=cast.school_a.pk,
        academic_year=make_year(),
        grade_level=make_grade(grade),
        name=name,
        session="MORNING",
        now=NOW,
    )


def test_director_opens_a_school_with_its_main_campus(cast: Cast) -> None:
    school = open_school(cast, "thanh")
    campus = Campus.objects.unscoped(because="a test").get(school=school)
    assert campus.is_main


@pytest.mark.parametrize("by", ["binh", "hoa", "hung", "lan", "huong"])
def test_nobody_else_opens_schools(cast: Cast, by: str) -> None:
    with pytest.raises(NotFound):
        open_school(cast, by)


def test_code_of_another_school_is_refused(cast: Cast) -> None:
    with pytest.raises(CodeTaken):
        open_school(cast, "thanh", code=cast.school_a.code)


@pytest.mark.parametrize("by", ["hung", "loan"])
def test_office_opens_a_class(cast: Cast, by: str) -> None:
    assert open_class(cast, by).match_name == "6c"


@pytest.mark.parametrize("by", ["lan", "toan", "mai", "binh", "thanh", "huong"])
def test_nobody_else_opens_a_class(cast: Cast, by: str) -> None:
    with pytest.raises(NotFound):
        open_class(cast, by)


@pytest.mark.parametrize("name", ["6A", "6a", "6 A", " 6A "])
def test_one_name_is_one_class_however_it_is_written(cast: Cast, name: str) -> None:
    with pytest.raises(ClassNameTaken):
        open_class(cast, name=name)


def test_grade_that_the_school_does_not_teach_is_refused(cast: Cast) -> None:
    with pytest.raises(GradeNotTaught):
        open_class(cast, name="3A", grade="3")


def test_classes_sort_by_grade_then_number() -> None:
    names = [("10A2", 20), ("6A10", 16), ("6B", 16), ("6A2", 16), ("10A1", 20)]
    ordered = sorted(names, key=lambda one: class_sort_key(one[1], one[0]))
    assert [name for name, _ in ordered] == ["6A2", "6A10", "6B", "10A1", "10A2"]
    assert class_match_name("Lớn A") == class_match_name("lớn a")
