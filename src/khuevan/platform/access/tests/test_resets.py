"""Asking for another's password, with a second person who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions, audit_codes, events
from khuevan.platform.access.actions.resets import collect_password
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.errors import (
    AlreadyAsked,
    NobodyConfirms,
    NotNeeded,
    OwnAccount,
    ReasonNeeded,
    RequestOver,
)
from khuevan.platform.access.models import Delegation, Grant, ResetRequest, ResetState, Role
from khuevan.platform.access.selectors import operator_actor, requests_to_answer
from khuevan.platform.access.tests.factories import (
    NOW,
    TODAY,
    Province,
    actor_of,
    hold,
    hold_child,
    make_holder,
)
from khuevan.platform.accounts.audit_codes import PASSWORD_ISSUED
from khuevan.platform.accounts.models import Person, User
from khuevan.platform.accounts.tests.factories import make_person, make_user
from khuevan.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

REASON = "Chị Hường đến văn phòng, quên mật khẩu"


@dataclass(frozen=True, slots=True)
class Scene:
    """A mother of two, in two schools, and everybody who may have a say."""

    province: Province
    mother: User
    loan: GrantActor
    hung: GrantActor
    mai: GrantActor
    hoa: GrantActor
    son: GrantActor


def holder(name: str, role: str, unit: Any) -> GrantActor:
    person, actor = make_holder(name, role, unit)
    make_user(person, name.split()[-1].lower())
    return actor


@pytest.fixture
def scene(province: Province) -> Scene:
    mother = make_user(make_person("Trịnh Thu Hường"), "huong")
    for name, school in (("Minh Anh", province.school_a), ("Đức Minh", province.school_b)):
        child = make_person(name)
        hold(child, "student", school)
        hold_child(mother.person, child, school)
    return Scene(
        province=province,
        mother=mother,
        loan=holder("Phan Thị Loan", "school_clerk", province.school_a),
        hung=holder("Hoàng Văn Hùng", "principal", province.school_a),
        mai=holder("Vũ Thị Mai", "principal", province.school_b),
        hoa=holder("Bùi Thị Hoa", "commune_officer", province.commune_a),
        son=holder("Nguyễn Thái Sơn", "system_admin", province.root),
    )


def again(actor: GrantActor) -> GrantActor:
    """Return the person as they are by now."""
    person = Person.objects.unscoped(because="test").get(pk=actor.person_id or 0)
    return actor_of(person)


def ask(actor: Any, user: User, reason: str = REASON, now: Any = NOW) -> ResetRequest:
    return actions.ask_for_reset(actor=actor, user=user, reason=reason, now=now)


def confirm(actor: Any, asked: ResetRequest, now: Any = NOW) -> ResetRequest:
    return actions.confirm_reset(actor=actor, request=asked, now=now)


def collect(actor: Any, asked: ResetRequest, now: Any = NOW) -> Any:
    return collect_password(actor=actor, request=asked, now=now)


def state_of(asked: ResetRequest) -> str:
    return ResetRequest.objects.unscoped(because="test").get(pk=asked.pk).state


def user_of(actor: GrantActor) -> User:
    return User.objects.unscoped(because="test").get(person_id=actor.person_id or 0)


@pytest.fixture
def told() -> Iterator[list[tuple[str, Any]]]:
    """Hear what is sent on commit: what happened, and who is concerned."""
    heard: list[tuple[str, Any]] = []

    def on_asked(*, person_ids: list[int], owner_id: int, **_more: Any) -> None:
        heard.append(("asked", {*person_ids, owner_id}))

    def on_answered(*, is_confirmed: bool, person_ids: list[int], **_more: Any) -> None:
        heard.append(("confirmed" if is_confirmed else "declined", set(person_ids)))

    def on_issued(*, person_id: int, **_more: Any) -> None:
        heard.append(("issued", {person_id}))

    events.reset_asked.connect(on_asked)
    events.reset_answered.connect(on_answered)
    events.account_issued.connect(on_issued)
    yield heard
    events.reset_asked.disconnect(on_asked)
    events.reset_answered.disconnect(on_answered)
    events.account_issued.disconnect(on_issued)


# --- the way it should go


def test_one_office_asks_the_other_head_confirms_the_first_is_shown_it(
    scene: Scene, told: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(scene.loan, scene.mother)
    assert list(requests_to_answer(actor=scene.mai, now=NOW)) == [asked]
    with django_capture_on_commit_callbacks(execute=True):
        confirm(scene.mai, asked)
        issued = collect(scene.loan, asked)
    fresh = User.objects.unscoped(because="test").get(pk=scene.mother.pk)
    assert fresh.check_password(issued.password)
    assert fresh.must_change_password
    assert state_of(asked) == ResetState.ISSUED
    assert told == [
        ("asked", {scene.mai.person_id, scene.mother.person_id}),
        ("confirmed", {scene.loan.person_id}),
        ("issued", {scene.mother.person_id}),
    ]


def test_everything_is_in_the_log_of_the_owner(scene: Scene) -> None:
    asked = confirm(scene.mai, ask(scene.loan, scene.mother))
    collect(scene.loan, asked)
    rows = AuditEntry.objects.unscoped(because="test").filter(person_id=scene.mother.person_id)
    assert list(rows.order_by("pk").values_list("code", "actor_person_id")) == [
        (audit_codes.RESET_ASKED, scene.loan.person_id),
        (audit_codes.RESET_CONFIRMED, scene.mai.person_id),
        (PASSWORD_ISSUED, scene.loan.person_id),
    ]


def test_it_is_shown_once(scene: Scene) -> None:
    asked = confirm(scene.mai, ask(scene.loan, scene.mother))
    collect(scene.loan, asked)
    with pytest.raises(RequestOver):
        collect(scene.loan, asked)


def test_a_head_is_helped_by_the_office_and_the_officer_above(scene: Scene) -> None:
    asked = confirm(scene.hoa, ask(scene.loan, user_of(scene.hung)))
    assert collect(scene.loan, asked).user == user_of(scene.hung)


def test_an_officer_is_helped_by_the_administrator_and_shown_by_who_sees_as_much(
    scene: Scene,
) -> None:
    binh = holder("Trần Văn Bình", "department_specialist", scene.province.root)
    asked = confirm(binh, ask(scene.son, user_of(scene.hoa)))
    with pytest.raises(NotFound):
        collect(scene.son, asked)
    assert collect(binh, asked).user == user_of(scene.hoa)


# --- asking


def test_nobody_asks_for_what_they_may_do_alone(scene: Scene) -> None:
    teacher = make_user()
    hold(teacher.person, "homeroom_teacher", scene.province.school_a)
    with pytest.raises(NotNeeded):
        ask(scene.loan, teacher)


def test_nor_for_their_own(scene: Scene) -> None:
    with pytest.raises(OwnAccount):
        ask(scene.loan, user_of(scene.loan))


def test_nor_without_a_reason(scene: Scene) -> None:
    with pytest.raises(ReasonNeeded):
        ask(scene.loan, scene.mother, "quên")


def test_nor_twice(scene: Scene) -> None:
    ask(scene.loan, scene.mother)
    with pytest.raises(AlreadyAsked):
        ask(scene.mai, scene.mother)


def test_nor_for_somebody_they_do_not_keep(scene: Scene) -> None:
    far = make_user(make_person("Ngô Văn Xa"), "xa")
    hold(far.person, "principal", scene.province.high_school)
    for actor in (scene.loan, scene.hoa, operator_actor(on=TODAY, login="root")):
        with pytest.raises((NotFound, OwnAccount)):
            ask(actor, far)


def test_nor_where_nobody_may_confirm(scene: Scene) -> None:
    director = holder("Lê Văn Thành", "department_director", scene.province.root)
    with pytest.raises(NobodyConfirms):
        ask(scene.son, user_of(director))


def test_an_old_request_makes_room_for_a_new_one(scene: Scene) -> None:
    old = ask(scene.loan, scene.mother)
    new = ask(scene.loan, scene.mother, now=NOW + timedelta(hours=24))
    assert (state_of(old), state_of(new)) == (ResetState.EXPIRED, ResetState.WAITING)


# --- confirming


@pytest.mark.parametrize("who", ["loan", "hung", "hoa", "son"])
def test_only_who_answers_for_the_other_child_confirms(scene: Scene, who: str) -> None:
    asked = ask(scene.loan, scene.mother)
    with pytest.raises(NotFound):
        confirm(getattr(scene, who), asked)
    assert asked not in requests_to_answer(actor=getattr(scene, who), now=NOW)
    with pytest.raises(NotFound):
        actions.decline_reset(
            actor=scene.son if who == "loan" else getattr(scene, who), request=asked, now=NOW
        )


def test_nobody_confirms_their_own_in_another_hat(scene: Scene) -> None:
    person = Person.objects.unscoped(because="test").get(pk=scene.loan.person_id or 0)
    hold(person, "principal", scene.province.school_b)
    asked = ask(actor_of(person, f"clerk-{scene.province.school_a.pk}"), scene.mother)
    with pytest.raises(NotFound):
        confirm(actor_of(person, f"principal-{scene.province.school_b.pk}"), asked)


def test_nor_through_whom_they_delegated_to(scene: Scene) -> None:
    """The head of both schools asks in one hat; who acts for them in the other doesn't confirm."""
    head = make_person("Đinh Văn Hai")
    make_user(head, "hai")
    hold(head, "principal", scene.province.school_a)
    own = hold(head, "principal", scene.province.school_b)
    deputy = make_person("Tạ Văn Phó")
    make_user(deputy, "pho")
    delegation = Delegation.objects.create(
        kind="KT",
        unit=scene.province.school_b,
        from_person=head,
        to_person=deputy,
        reason="Đi họp",
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=2),
    )
    given = hold(deputy, "principal", scene.province.school_b, source="DELEGATED")
    given.delegation, given.delegated_from = delegation, own
    given.save()
    asked = ask(actor_of(head, f"principal-{scene.province.school_a.pk}"), scene.mother)
    with pytest.raises(NotFound):
        confirm(actor_of(deputy), asked)


def test_the_owner_does_not_confirm_but_declines(scene: Scene) -> None:
    Role.objects.create(code="answers", hat="principal", permissions=["access.reset:confirm"])
    hold(scene.mother.person, "answers", scene.province.school_b)
    asked = ask(scene.loan, scene.mother)
    owner = actor_of(scene.mother.person)
    with pytest.raises(NotFound):
        confirm(owner, asked)
    actions.decline_reset(actor=owner, request=asked, reason="Không phải tôi", now=NOW)
    assert state_of(asked) == ResetState.DECLINED


def test_a_declined_or_withdrawn_one_is_over(
    scene: Scene, told: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    first = ask(scene.loan, scene.mother)
    with django_capture_on_commit_callbacks(execute=True):
        actions.decline_reset(actor=scene.mai, request=first, reason="Chưa gặp", now=NOW)
    assert told == [("declined", {scene.loan.person_id})]
    second = ask(scene.loan, scene.mother)
    actions.decline_reset(actor=scene.loan, request=second, now=NOW)
    assert (state_of(first), state_of(second)) == (ResetState.DECLINED, ResetState.WITHDRAWN)
    for asked in (first, second):
        with pytest.raises(RequestOver):
            confirm(scene.mai, asked)
        with pytest.raises(RequestOver):
            collect(scene.loan, asked)


def test_a_request_ends_after_a_day(scene: Scene, settings: Any) -> None:
    settings.PASSWORD_REQUEST_HOURS = 2
    asked = ask(scene.loan, scene.mother)
    late = NOW + timedelta(hours=2)
    with pytest.raises(RequestOver):
        confirm(scene.mai, asked, late)
    confirm(scene.mai, asked)
    with pytest.raises(RequestOver):
        collect(scene.loan, asked, late)


# --- what it must not be used for


def test_an_administrator_gains_nothing_by_asking(scene: Scene) -> None:
    """Who holds no permission on pupils is not shown a password, whoever confirms."""
    with pytest.raises(NobodyConfirms):
        ask(scene.son, user_of(scene.hung))
    with pytest.raises(NotFound):
        ask(scene.son, scene.mother)
    holder("Đỗ Văn Phó", "principal", scene.province.school_a)
    asked = ask(scene.son, user_of(scene.hung))
    deputy = again(holder("Lý Văn Ba", "principal", scene.province.school_a))
    confirm(deputy, asked)
    with pytest.raises(NotFound):
        collect(scene.son, asked)


def test_nor_by_putting_a_helper_of_their_own_above(scene: Scene) -> None:
    helper = holder("Kẻ Giúp Việc", "system_admin", scene.province.root)
    asked = ask(scene.loan, user_of(scene.hung))
    with pytest.raises(NotFound):
        confirm(helper, asked)


@pytest.mark.parametrize("loses", ["loan", "mai"])
def test_what_either_lost_since_is_no_longer_answered_for(scene: Scene, loses: str) -> None:
    asked = confirm(scene.mai, ask(scene.loan, scene.mother))
    lost = getattr(scene, loses).person_id
    Grant.objects.unscoped(because="test").filter(person_id=lost).update(ends_on=TODAY)
    with pytest.raises(NotFound):
        collect(again(scene.loan), asked)


def test_nor_what_a_switched_off_account_confirmed(scene: Scene) -> None:
    asked = confirm(scene.mai, ask(scene.loan, scene.mother))
    User.objects.unscoped(because="test").filter(person_id=scene.mai.person_id or 0).update(
        is_active=False
    )
    with pytest.raises(NotFound):
        collect(scene.loan, asked)


def test_what_the_owner_gained_since_is_not_opened(scene: Scene) -> None:
    asked = confirm(scene.mai, ask(scene.loan, scene.mother))
    hold(scene.mother.person, "commune_officer", scene.province.commune_b)
    with pytest.raises(NotFound):
        collect(again(scene.loan), asked)


def test_another_hat_is_not_shown_it(scene: Scene) -> None:
    person = Person.objects.unscoped(because="test").get(pk=scene.loan.person_id or 0)
    asked = confirm(scene.mai, ask(scene.loan, scene.mother))
    hold(person, "school_staff", scene.province.school_b)
    with pytest.raises(NotFound):
        collect(actor_of(person, f"teacher-{scene.province.school_b.pk}"), asked)
    assert collect(actor_of(person, f"clerk-{scene.province.school_a.pk}"), asked)
