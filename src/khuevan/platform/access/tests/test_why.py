"""Why can, why can't I see this: the verdict agrees with what the actor really reaches."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuevan.kernel.actor import permissions
from khuevan.platform.access.anchors import AnchorKindNames, NamedAnchor, anchor_kinds
from khuevan.platform.access.permissions import GIVE_GRANTS, VIEW_USERS
from khuevan.platform.access.selectors.why import NO, PARTLY, YES, Answer, Question, explain
from khuevan.platform.access.sign_in import SECOND_FACTOR_KEY
from khuevan.platform.access.tests.factories import (
    TODAY,
    Province,
    actor_of,
    hold,
    hold_child,
    make_holder,
)
from khuevan.platform.accounts.models import Person
from khuevan.platform.accounts.tests.factories import make_person, make_user
from khuevan.platform.organizations.api import OrgUnit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]

VIEW_STUDENTS = "students.student:view"


def ask(person: Person, code: str, unit: OrgUnit, **more: Any) -> Answer:
    question = Question(
        person_id=person.pk,
        permission=permissions.get(code),
        unit_id=unit.pk,
        unit_name=unit.code,
        **more,
    )
    return explain(question, today=TODAY)


def said(answer: Answer) -> str:
    return " ".join(sentence.text for sentence in answer.sentences) + answer.summary + answer.ask


@pytest.fixture
def class_names() -> Any:
    """Let two classes of school A have names, as the app that owns them registers."""
    names = {61: "6A", 62: "6B"}

    def named(ids: Any) -> dict[int, NamedAnchor]:
        return {one: NamedAnchor(one, names[one], 0, uuid4()) for one in ids if one in names}

    before = dict(anchor_kinds._items)
    anchor_kinds._items["class"] = AnchorKindNames("Lớp", named, lambda _actor, _unit: [])
    yield
    anchor_kinds._items.clear()
    anchor_kinds._items.update(before)


def test_yes_and_which_role_gives_it(province: Province) -> None:
    person, actor = make_holder("Hoàng Văn Hùng", "principal", province.school_a)
    answer = ask(person, VIEW_USERS.code, province.school_a, hat=actor.hat)
    assert answer.verdict == YES
    assert "THCS A" in said(answer)


def test_no_elsewhere_and_whom_to_ask(province: Province) -> None:
    person, actor = make_holder("Hoàng Văn Hùng", "principal", province.school_a)
    answer = ask(person, VIEW_USERS.code, province.school_b, hat=actor.hat)
    assert answer.verdict == NO
    assert answer.ask


def test_no_role_of_mine_contains_it(province: Province) -> None:
    person, actor = make_holder("Nguyễn Thị Lan", "school_staff", province.school_a)
    assert ask(person, GIVE_GRANTS.code, province.school_a, hat=actor.hat).verdict == NO


@pytest.mark.parametrize(("starts", "ends"), [(-30, -1), (5, None)])
def test_a_role_that_ended_or_has_not_begun_is_told(
    province: Province, starts: int, ends: int | None
) -> None:
    person = make_person()
    hold(
        person,
        "principal",
        province.school_a,
        starts_on=TODAY + timedelta(days=starts),
        ends_on=None if ends is None else TODAY + timedelta(days=ends),
    )
    answer = ask(person, VIEW_USERS.code, province.school_a)
    assert answer.verdict == NO
    assert [sentence.tone for sentence in answer.sentences].count("bad") == 1


def test_the_other_hat_holds_it(province: Province) -> None:
    person = make_person()
    hold(person, "principal", province.school_a)
    hold(person, "school_staff", province.school_b)
    teacher = actor_of(person, f"teacher-{province.school_b.pk}")
    answer = ask(person, VIEW_USERS.code, province.school_a, hat=teacher.hat)
    assert answer.verdict == PARTLY
    assert str(teacher.hat and teacher.hat.label) in said(answer)


def test_the_second_step_is_missing(province: Province) -> None:
    person, actor = make_holder("Nguyễn Thái Sơn", "system_admin", province.root)
    answer = ask(person, VIEW_USERS.code, province.school_a, waiting=actor.hat)
    assert answer.verdict == NO


def test_a_mother_sees_her_own_children_only(province: Province) -> None:
    mother = make_person("Trịnh Thu Hường")
    hold_child(mother, make_person("Phạm Minh Anh"), province.school_a)
    answer = ask(mother, VIEW_STUDENTS, province.school_a)
    assert answer.verdict == PARTLY


@pytest.mark.usefixtures("class_names")
@pytest.mark.parametrize(("name", "verdict"), [("6a", YES), ("6B", NO), ("9Z", NO), ("", PARTLY)])
def test_a_class_is_known_from_ones_own_grants_alone(
    province: Province, name: str, verdict: str
) -> None:
    person = make_person()
    hold(person, "homeroom_teacher", province.school_a, class_id=61)
    assert ask(person, VIEW_STUDENTS, province.school_a, class_name=name).verdict == verdict


@pytest.mark.usefixtures("class_names")
def test_a_class_that_exists_and_one_that_does_not_are_answered_alike(province: Province) -> None:
    person = make_person()
    hold(person, "homeroom_teacher", province.school_a, class_id=61)
    there, not_there = (
        said(ask(person, VIEW_STUDENTS, province.school_a, class_name=name))
        for name in ("6B", "9Z")
    )
    assert there == not_there


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    role=st.sampled_from(["principal", "school_clerk", "commune_officer", "system_admin"]),
    at=st.integers(0, 6),
    target=st.integers(0, 6),
    code=st.sampled_from([VIEW_USERS.code, GIVE_GRANTS.code, VIEW_STUDENTS]),
)
def test_the_verdict_is_what_the_actor_reaches(
    province: Province, role: str, at: int, target: int, code: str
) -> None:
    units = [getattr(province, name) for name in Province.__slots__]
    person = make_person()
    hold(person, role, units[at])
    actor = actor_of(person)
    answer = ask(person, code, units[target], hat=actor.hat)
    reached = units[target].pk in actor.reach(permissions.get(code), "school")
    assert (answer.verdict == YES) == reached


# --- the page


def test_one_asks_about_oneself(client: Client, province: Province) -> None:
    user = make_user()
    hold(user.person, "school_staff", province.school_a)
    client.force_login(user)
    assert client.get("/access/why/").status_code == 200
    page = client.get(f"/access/why/?permission={VIEW_USERS.code}")
    assert page.context["answer"].verdict == NO
    several = client.get(f"/access/why/?permission={VIEW_USERS.code}&unit=thcs")
    assert len(several.context["units"]) == 2
    assert client.get("/access/why/?permission=x.y:z").context["form"].errors


def test_about_others_asks_who_keeps_their_roles(client: Client, province: Province) -> None:
    lan = make_user()
    hold(lan.person, "school_staff", province.school_a)
    for username, role, unit, status in (
        ("hung", "principal", province.school_a, 200),
        ("mai", "principal", province.school_b, 404),
        ("toan", "school_staff", province.school_a, 404),
    ):
        user = make_user(make_person(f"Lê {username}"), username)
        hold(user.person, role, unit)
        client.force_login(user)
        session = client.session
        session[SECOND_FACTOR_KEY] = user.pk
        session.save()
        url = f"/access/why/{lan.person.uuid}/?permission={VIEW_USERS.code}&unit=A"
        assert client.get(url).status_code == status


def test_without_a_unit_it_is_about_the_persons_own(client: Client, province: Province) -> None:
    """Asked by the province about a teacher: the teacher's school, under the teacher's name."""
    lan, son = make_user(), make_user(make_person("Nguyễn Thái Sơn"), "son")
    hold(lan.person, "school_staff", province.school_a)
    hold(son.person, "system_admin", province.root)
    client.force_login(son)
    session = client.session
    session[SECOND_FACTOR_KEY] = son.pk
    session.save()
    page = client.get(f"/access/why/{lan.person.uuid}/?permission={VIEW_USERS.code}")
    assert page.context["unit"].unit_id == province.school_a.pk
    assert f'<h1 class="h-page">Vì sao {lan.person.full_name}' in page.content.decode()
    mine = client.get(f"/access/why/?permission={VIEW_USERS.code}")
    assert mine.context["unit"].unit_id == province.root.pk


def test_a_guardian_asks_about_the_childs_school(client: Client, province: Province) -> None:
    user = make_user()
    hold_child(user.person, make_person("Minh Anh"), province.school_a)
    client.force_login(user)
    page = client.get(f"/access/why/?permission={VIEW_USERS.code}")
    assert page.context["unit"].unit_id == province.school_a.pk
