"""Two clerks register one new pupil at the same moment: the second is asked, and may insist."""

from __future__ import annotations

from datetime import timedelta

import pytest

from khuevan.kernel.vietnamese import fold
from khuevan.registry.students.api import Enrollment, NewStudent, Student, register_student
from khuevan.registry.students.errors import OnRollAlready
from khuevan.registry.transfers.tests.at_once import second_of
from tests.cast import Cast, Client, actor_of, make_cast
from tests.factories import NOW, TODAY, build_student_data

NAME = "Đỗ Thị Ngọc Ánh"
SOON = TODAY + timedelta(days=20)


@pytest.fixture
def cast(committed_db: None, pinned_day: None) -> Cast:
    """Return the cast, committed, so that a second connection sees it."""
    return make_cast()


def _register(cast: Cast, by: str, *, name: str = NAME, is_another: bool = False) -> Student:
    return register_student(
        actor=actor_of(getattr(cast, by)),
        school_id=cast.school_a.pk,
        new=NewStudent(build_student_data(name), None, SOON),
        entry_kind="ADMITTED",
        is_another=is_another,
        now=NOW,
    )


def _count() -> int:
    rows = Enrollment.objects.unscoped(because="tests")
    return rows.filter(person__search_name=fold(NAME)).count()


def test_the_second_of_two_clerks_is_asked(cast: Cast, client: Client) -> None:
    refused = second_of(lambda: _register(cast, "loan"), lambda: _register(cast, "hung"))
    assert isinstance(refused, OnRollAlready)
    assert _count() == 1
    insists = second_of(
        lambda: _register(cast, "loan", is_another=True),
        lambda: _register(cast, "hung", is_another=True),
    )
    assert isinstance(insists, Student)
    assert _count() == 3
    assert isinstance(_register(cast, "hung", name="Đỗ Thị Ngọc Anh"), Student)
