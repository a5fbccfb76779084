"""Grants over REST: the same scope and the same refusals as on the pages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpRequest

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import rest
from khuevan.platform.access.errors import NotToOneself, NotYoursToGive
from khuevan.platform.access.selectors import nobody
from khuevan.platform.access.tests.factories import (
    TODAY,
    Province,
    actor_of,
    hold,
    make_holder,
)
from khuevan.platform.accounts.models import Person
from khuevan.platform.accounts.tests.factories import make_person
from khuevan.ui.rest import SignInNeeded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


def asked_by(actor: Actor) -> HttpRequest:
    request = HttpRequest()
    request.actor = actor  # type: ignore[attr-defined]
    return request


@pytest.fixture
def lan(province: Province) -> Person:
    person = make_person()
    hold(person, "school_staff", province.school_a)
    return person


@pytest.fixture
def hung(province: Province) -> Actor:
    return make_holder("Hoàng Văn Hùng", "principal", province.school_a)[1]


def body(person: Person, **more: Any) -> rest.GrantIn:
    values = {
        "person": person.uuid,
        "role": "school_clerk",
        "unit_code": "A",
        "starts_on": TODAY,
        "reason": "Phân công",
        **more,
    }
    return rest.GrantIn(**values)


def test_the_list_holds_what_is_in_reach(province: Province, lan: Person, hung: Actor) -> None:
    _mai, mai = make_holder("Trần Thị Mai", "principal", province.school_b)
    found = rest.list_grants(asked_by(hung)).items
    assert {one.role for one in found} == {"school_staff", "principal"}
    assert lan.uuid not in {one.person for one in rest.list_grants(asked_by(mai)).items}


def test_it_is_given_and_ended(lan: Person, hung: Actor) -> None:
    answer = rest.give_grant(asked_by(hung), body(lan))
    given = answer.value
    assert (answer.status_code, given.unit_code, given.source) == (201, "A", "MANUAL")
    ended = rest.end_grant(asked_by(hung), given.uuid, rest.GrantEndIn(reason="Hết việc"))
    assert ended.ends_on == TODAY
    assert [hat.code for hat in actor_of(lan).hats] == ["teacher"]


def test_pages_follow_each_other(lan: Person, hung: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest, "PAGE_SIZE", 1)
    first = rest.list_grants(asked_by(hung))
    second = rest.list_grants(asked_by(hung), after=first.next)
    assert len(first.items) == len(second.items) == 1
    assert first.items[0].uuid != second.items[0].uuid
    assert second.next is None


def test_no_more_than_one_may_give(lan: Person, hung: Actor, province: Province) -> None:
    with pytest.raises(NotYoursToGive):
        rest.give_grant(asked_by(hung), body(lan, role="system_admin"))
    me = Person.objects.unscoped(because="test").get(pk=hung.person_id or 0)
    with pytest.raises(NotToOneself):
        rest.give_grant(asked_by(hung), body(me))
    with pytest.raises(NotFound):
        rest.give_grant(asked_by(hung), body(lan, unit_code="B"))


def test_a_teacher_and_a_visitor_are_refused(lan: Person) -> None:
    with pytest.raises(NotFound):
        rest.list_grants(asked_by(actor_of(lan)))
    with pytest.raises(SignInNeeded):
        rest.give_grant(asked_by(nobody(on=TODAY)), body(lan))
    with pytest.raises(SignInNeeded):
        rest.end_grant(asked_by(nobody(on=TODAY)), uuid4(), rest.GrantEndIn(reason="x"))


def test_unknown_fields_are_refused(lan: Person) -> None:
    with pytest.raises(ValueError, match="extra"):
        body(lan, superuser=True)
