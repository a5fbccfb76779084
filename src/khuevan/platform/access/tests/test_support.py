"""Support sees nothing without a session, and the unit reads everything about one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from khuevan.kernel.actor import permissions
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions, audit_codes
from khuevan.platform.access.errors import NeverOfSupport, ReasonNeeded, SupportTooLong
from khuevan.platform.access.events import support_opened
from khuevan.platform.access.models import Role, SupportSession
from khuevan.platform.access.permissions import VIEW_SUPPORT
from khuevan.platform.access.selectors import actor_for_person, support_sessions
from khuevan.platform.access.tests.factories import (
    NOW,
    TODAY,
    Province,
    actor_of,
    make_holder,
)
from khuevan.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

REASON = "Trường báo không mở được danh sách lớp"


def open_session(province: Province, **more: Any) -> tuple[Any, SupportSession]:
    person, duy = make_holder("Phạm Anh Duy", "support_engineer", province.root)
    values = {"unit": province.school_a, "reason": REASON, "minutes": 60, "now": NOW, **more}
    return person, actions.start_support_session(actor=duy, **values)


def test_without_a_session_an_engineer_holds_no_right_on_records(province: Province) -> None:
    _person, duy = make_holder("Phạm Anh Duy", "support_engineer", province.root)
    allowed = {one.code for one in permissions if duy.may(one)}
    assert all(code.startswith("access.support") for code in allowed)


def test_a_session_is_a_hat_on_one_unit_until_its_time_is_up(province: Province) -> None:
    person, session = open_session(province)
    hat_key = f"session-{session.pk}"
    during = actor_for_person(person, on=TODAY, now=NOW + timedelta(minutes=59), hat_key=hat_key)
    assert during.hat is not None
    assert during.hat.key == hat_key
    assert during.purpose == REASON
    assert during.reach(VIEW_SUPPORT, "school").ids == {province.school_a.pk}
    after = actor_for_person(person, on=TODAY, now=NOW + timedelta(minutes=60), hat_key=hat_key)
    assert hat_key not in {hat.key for hat in after.hats}


@pytest.mark.parametrize("minutes", [0, 4, 121, 600])
def test_it_lasts_at_most_two_hours(province: Province, minutes: int) -> None:
    with pytest.raises(SupportTooLong):
        open_session(province, minutes=minutes)


def test_a_reason_that_says_nothing_is_none(province: Province) -> None:
    with pytest.raises(ReasonNeeded):
        open_session(province, reason="lỗi")


def test_others_can_not_open_one(province: Province) -> None:
    _person, son = make_holder("Nguyễn Thái Sơn", "system_admin", province.root)
    with pytest.raises(NotFound):
        actions.start_support_session(
            actor=son, unit=province.school_a, reason=REASON, minutes=60, now=NOW
        )


def test_closing_takes_the_hat_off(province: Province) -> None:
    person, session = open_session(province)
    actions.close_support_session(actor=actor_of(person), session=session, now=NOW)
    assert {hat.key.split("-")[0] for hat in actor_of(person).hats} == {"support"}


def test_nobody_closes_another_persons_session(province: Province) -> None:
    _person, session = open_session(province)
    _other, other = make_holder("Lê Văn Khác", "support_engineer", province.root)
    with pytest.raises(NotFound):
        actions.close_support_session(actor=other, session=session, now=NOW)


def test_the_unit_reads_of_it_and_another_does_not(province: Province) -> None:
    _person, session = open_session(province)
    _hung, hung = make_holder("Hoàng Văn Hùng", "principal", province.school_a)
    _mai, mai = make_holder("Trần Thị Mai", "principal", province.school_b)
    assert list(support_sessions(actor=hung)) == [session]
    assert list(support_sessions(actor=mai)) == []
    entry = AuditEntry.objects.unscoped(because="test").get(code=audit_codes.SUPPORT_OPENED)
    assert entry.unit_id == province.school_a.pk


def test_others_are_told_on_commit(
    province: Province, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[dict[str, Any]] = []

    def listen(**facts: Any) -> None:
        heard.append(facts)

    support_opened.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            _person, session = open_session(province)
    finally:
        support_opened.disconnect(listen)
    assert [(one["session_id"], one["unit_id"]) for one in heard] == [
        (session.pk, province.school_a.pk)
    ]


PASSING_ON = sorted(one.code for one in permissions if one.passes_on)


def test_what_lets_others_in_is_named() -> None:
    assert PASSING_ON == [
        "access.delegation:manage",
        "access.grant:manage",
        "access.reset:confirm",
        "access.role:manage",
        "access.user:manage",
        "api.token:manage",
    ]


@pytest.mark.parametrize("role", ["support_session", "support_engineer"])
def test_no_role_of_support_starts_with_such_a_right(role: str) -> None:
    assert not set(PASSING_ON) & set(Role.objects.get(code=role).permissions)


@pytest.mark.parametrize("role", ["support_session", "support_engineer"])
@pytest.mark.parametrize("code", PASSING_ON)
def test_none_is_put_into_one_even_by_somebody_who_holds_it(
    province: Province, role: str, code: str
) -> None:
    keeper = Role.objects.create(
        code="keeper", hat="admin", permissions=[one.code for one in permissions]
    )
    _person, son = make_holder("Nguyễn Thái Sơn", keeper.code, province.root)
    before = list(Role.objects.get(code=role).permissions)
    with pytest.raises(NeverOfSupport):
        actions.change_role(
            actor=son,
            code=role,
            levels={code.split(".")[0]: "manage"},
            reason="Cần xem",
            now=NOW,
        )
    assert Role.objects.get(code=role).permissions == before


def test_one_that_stands_in_the_row_all_the_same_counts_for_nothing(province: Province) -> None:
    Role.objects.filter(code="support_session").update(permissions=[*PASSING_ON, VIEW_SUPPORT.code])
    person, session = open_session(province)
    worn = actor_of(person, f"session-{session.pk}")
    assert worn.may(VIEW_SUPPORT)
    assert not [code for code in PASSING_ON if worn.may(permissions.get(code))]


def test_opening_another_closes_the_first(province: Province) -> None:
    person, first = open_session(province)
    second = actions.start_support_session(
        actor=actor_of(person), unit=province.school_b, reason=REASON, minutes=30, now=NOW
    )
    first.refresh_from_db()
    assert first.closed_at == NOW
    assert actor_of(person, f"session-{first.pk}").purpose == ""
    assert actor_of(person, f"session-{second.pk}").purpose == REASON
    closed = AuditEntry.objects.unscoped(because="test").get(code=audit_codes.SUPPORT_CLOSED)
    assert closed.unit_id == province.school_a.pk


def test_a_session_that_this_sign_in_did_not_open_is_no_hat(province: Province) -> None:
    person, session = open_session(province)
    assert {hat.key.split("-")[0] for hat in actor_of(person).hats} == {"support"}
    chosen = actor_for_person(person, on=TODAY, now=NOW, support_key=f"session-{session.pk}")
    assert f"session-{session.pk}" in {hat.key for hat in chosen.hats}
    assert chosen.purpose == ""
