"""A snapshot is kept while nothing behind it changes, and never for another reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import override_settings
from tests.factories import EVERYTHING, NOW, TODAY, Everything, make_class, make_student

from khuevan.insight.dashboard.selectors import Scope, Snapshot, kept
from khuevan.insight.dashboard.tests.factories import make_two_communes
from khuevan.kernel.actor import Actor, AnchorKind, Permission, Reach
from khuevan.platform.accounts.api import Person

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class OneSchool(Everything):
    """May do everything in one school."""

    school_id: int = 0

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        """Return the school, whatever is asked."""
        return Reach(ids=frozenset({self.school_id} if kind == "school" else ()))


@pytest.fixture(autouse=True)
def keeping() -> Iterator[None]:
    with override_settings(MEMO_SECONDS=60):
        yield
    kept.forget_all()


def now(actor: Actor = EVERYTHING) -> Snapshot:
    return kept.snapshot_now(actor=actor, scope=Scope(TODAY), now=NOW)


def test_the_same_count_serves_until_something_changes() -> None:
    first, *_others = make_two_communes()
    room = make_class("6A", school=first)
    student = make_student(homeroom_class=room)
    before = now()
    assert now() is before
    make_student(homeroom_class=room)
    assert now().total.pupils == before.total.pupils + 1
    grown = now()
    people = Person.objects.unscoped(because="a test")
    people.filter(pk=student.person_id).update(phone="0912000111")
    assert now() is not grown


def test_another_scope_is_counted_anew() -> None:
    first, *_others = make_two_communes()
    make_student(homeroom_class=make_class("6A", school=first))
    whole = now()
    part = kept.snapshot_now(actor=EVERYTHING, scope=Scope(TODAY, school="42000301"), now=NOW)
    assert (whole.total.pupils, part.total.pupils) == (1, 0)


def test_whoever_reaches_less_is_told_less() -> None:
    first, second, _third = make_two_communes()
    make_student(homeroom_class=make_class("6A", school=first))
    make_student(homeroom_class=make_class("1A", school=second))
    assert now().total.pupils == 2
    assert now(OneSchool(school_id=first.pk)).total.pupils == 1
    assert (
        now(OneSchool(school_id=second.pk)).by_school.keys()
        != now(OneSchool(school_id=first.pk)).by_school.keys()
    )
