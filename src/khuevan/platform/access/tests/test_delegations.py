"""Delegating roles: one's own, for a time, to somebody of the unit, never passed on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from khuevan.kernel.actor import permissions
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions, audit_codes
from khuevan.platform.access.actions.accounts import issuing_refusal
from khuevan.platform.access.actions.grants import Place
from khuevan.platform.access.actor import GrantActor
from khuevan.platform.access.errors import DelegationRefused, HeldOnBehalf, OwnAccount
from khuevan.platform.access.models import Delegation, Grant, GrantSource, Role
from khuevan.platform.access.rules import DelegationFault
from khuevan.platform.access.selectors import delegable_grants, delegations
from khuevan.platform.access.tests.factories import (
    LONG_AGO,
    NOW,
    TODAY,
    Province,
    actor_of,
    hold,
)
from khuevan.platform.accounts.models import Person
from khuevan.platform.accounts.tests.factories import make_person, make_user
from khuevan.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def hung(province: Province) -> Person:
    person = make_person("Hoàng Văn Hùng")
    hold(person, "principal", province.school_a)
    return person


@pytest.fixture
def deputy(province: Province) -> Person:
    person = make_person("Lê Quốc Toàn")
    hold(person, "school_staff", province.school_a)
    return person


def delegate(actor: GrantActor, to: Person, **more: object) -> Delegation:
    values: dict[str, object] = {
        "kind": "ABSENCE",
        "grants": list(delegable_grants(actor=actor)),
        "starts_on": TODAY,
        "ends_on": TODAY + WEEK,
        "reason": "Đi công tác",
        "now": NOW,
        **more,
    }
    return actions.delegate(actor=actor, to_person=to, **values)  # type: ignore[arg-type]


def delegated_hat(person: Person, on: date = TODAY) -> str:
    return next((hat.key for hat in actor_of(person, on=on).hats if hat.delegation_id), "")


def test_the_deputy_gets_a_hat_that_names_the_principal(hung: Person, deputy: Person) -> None:
    delegate(actor_of(hung), deputy)
    acting = actor_of(deputy, delegated_hat(deputy))
    assert acting.may(permissions.get("access.grant:view"))
    assert "Hoàng Văn Hùng" in acting.role_label
    assert actor_of(deputy).hat == acting.hats[0] != acting.hat


def test_it_holds_for_its_days_only(hung: Person, deputy: Person) -> None:
    delegate(actor_of(hung), deputy, starts_on=TODAY + WEEK, ends_on=TODAY + 2 * WEEK)
    assert delegated_hat(deputy) == ""
    assert delegated_hat(deputy, TODAY + WEEK) != ""
    assert delegated_hat(deputy, TODAY + 2 * WEEK) == ""


def test_the_log_holds_both_persons(hung: Person, deputy: Person) -> None:
    delegate(actor_of(hung), deputy)
    entry = AuditEntry.objects.unscoped(because="test").get(code=audit_codes.DELEGATED)
    assert entry.details["from_person_id"] == hung.pk
    assert entry.details["to_person_id"] == entry.person_id == deputy.pk


def test_a_special_authorization_needs_its_decision(hung: Person, deputy: Person) -> None:
    with pytest.raises(DelegationRefused) as refused:
        delegate(actor_of(hung), deputy, kind="TUQ")
    assert refused.value.faults == [DelegationFault.NO_INSTRUMENT]
    delegate(actor_of(hung), deputy, kind="TUQ", instrument="15/UQ-THCS")


def test_only_with_a_decision_to_someone_of_another_unit(hung: Person, province: Province) -> None:
    stranger = make_person("Trần Thị Mai")
    hold(stranger, "school_staff", province.school_b)
    with pytest.raises(DelegationRefused):
        delegate(actor_of(hung), stranger)
    delegate(actor_of(hung), stranger, kind="TUQ", instrument="16/UQ-THCS")


@pytest.mark.parametrize(
    ("kind", "head", "other", "is_allowed"),
    [
        ("KT", "principal", "vice_principal", True),
        ("KT", "principal", "school_clerk", False),
        ("KT", "vice_principal", "vice_principal", False),
        ("TL", "principal", "vice_principal", False),
        ("TL", "principal", "school_clerk", False),
        ("KT", "department_director", "deputy_director", True),
        ("KT", "department_director", "division_head", False),
        ("TL", "department_director", "division_head", True),
        ("TL", "department_director", "deputy_director", False),
        ("TL", "department_director", "department_specialist", False),
        ("TL", "department_specialist", "division_head", False),
        ("KT", "commune_chair", "commune_vice_chair", True),
        ("KT", "commune_chair", "commune_officer", False),
        ("KT", "commune_vice_chair", "commune_vice_chair", False),
        ("TL", "commune_chair", "commune_division_head", True),
        ("TL", "commune_chair", "commune_vice_chair", False),
        ("TL", "commune_chair", "commune_officer", False),
    ],
)
def test_kt_goes_to_the_deputy_and_tl_to_the_head_of_a_division(
    province: Province, kind: str, head: str, other: str, *, is_allowed: bool
) -> None:
    unit = province.school_a if "principal" in head else province.department
    unit = province.commune_a if "commune" in head else unit
    giver, taker = make_person("Hoàng Văn Hùng"), make_person("Lê Quốc Toàn")
    hold(giver, head, unit)
    hold(taker, other, unit)
    if is_allowed:
        assert delegate(actor_of(giver), taker, kind=kind).kind == kind
        return
    with pytest.raises(DelegationRefused) as refused:
        delegate(actor_of(giver), taker, kind=kind)
    assert refused.value.faults in (
        [DelegationFault.NOT_DEPUTY],
        [DelegationFault.NOT_DIVISION_HEAD],
    )


def test_a_deputy_of_another_school_is_no_deputy_here(hung: Person, province: Province) -> None:
    other = make_person("Trần Thị Mai")
    hold(other, "vice_principal", province.school_b)
    hold(other, "school_staff", province.school_a)
    with pytest.raises(DelegationRefused) as refused:
        delegate(actor_of(hung), other, kind="KT")
    assert refused.value.faults == [DelegationFault.NOT_DEPUTY]


def test_what_was_delegated_is_not_passed_on(
    hung: Person, deputy: Person, province: Province
) -> None:
    delegate(actor_of(hung), deputy)
    third = make_person("Phan Thị Loan")
    hold(third, "school_staff", province.school_a)
    acting = actor_of(deputy, delegated_hat(deputy))
    with pytest.raises(HeldOnBehalf):
        delegate(acting, third, grants=list(Grant.objects.unscoped(because="test")))
    assert all(one.source != GrantSource.DELEGATED for one in delegable_grants(actor=acting))


def test_nor_used_to_give_roles(hung: Person, deputy: Person, province: Province) -> None:
    delegate(actor_of(hung), deputy)
    acting = actor_of(deputy, delegated_hat(deputy))
    with pytest.raises(HeldOnBehalf):
        actions.give_grant(
            actor=acting,
            person=make_person(),
            role=Role.objects.get(code="school_clerk"),
            place=Place(province.school_a.pk),
            starts_on=TODAY,
            reason="Thử",
            now=NOW,
        )


def test_somebody_elses_roles_are_not_mine_to_delegate(
    hung: Person, deputy: Person, province: Province
) -> None:
    other = make_person("Võ Thị Hiệu Trưởng")
    theirs = hold(other, "principal", province.school_b)
    with pytest.raises(DelegationRefused):
        delegate(actor_of(hung), deputy, grants=[theirs])


def test_it_ends_when_the_delegators_own_role_ends(deputy: Person, province: Province) -> None:
    person = make_person("Hoàng Văn Hùng")
    actions.derive_grants(
        [
            actions.GrantSpec(
                person_id=person.pk,
                role_code="principal",
                source_key="staff.appointment:9",
                starts_on=LONG_AGO,
                unit_id=province.school_a.pk,
                home_unit_id=province.school_a.pk,
            )
        ]
    )
    delegate(actor_of(person), deputy)
    actions.end_derived_grants(source_key="staff.appointment:9", on=TODAY + timedelta(days=2))
    assert delegated_hat(deputy, TODAY + timedelta(days=1)) != ""
    assert delegated_hat(deputy, TODAY + timedelta(days=2)) == ""


def test_it_never_outlasts_a_role_with_an_end(deputy: Person, province: Province) -> None:
    person = make_person("Hoàng Văn Hùng")
    hold(person, "principal", province.school_a, ends_on=TODAY + timedelta(days=3))
    delegate(actor_of(person), deputy)
    assert delegated_hat(deputy, TODAY + timedelta(days=2)) != ""
    assert delegated_hat(deputy, TODAY + timedelta(days=3)) == ""


@pytest.mark.parametrize("who", ["hung", "deputy"])
def test_giver_and_holder_may_end_it(hung: Person, deputy: Person, who: str) -> None:
    delegation = delegate(actor_of(hung), deputy)
    actor = actor_of({"hung": hung, "deputy": deputy}[who])
    actions.end_delegation(actor=actor, delegation=delegation, now=NOW)
    assert delegated_hat(deputy) == ""


def test_a_stranger_neither_sees_nor_ends_it(
    hung: Person, deputy: Person, province: Province
) -> None:
    delegation = delegate(actor_of(hung), deputy)
    mai = make_person("Trần Thị Mai")
    hold(mai, "principal", province.school_b)
    assert list(delegations(actor=actor_of(mai))) == []
    with pytest.raises(NotFound):
        actions.end_delegation(actor=actor_of(mai), delegation=delegation, now=NOW)


def test_the_data_protection_officer_sees_it(
    hung: Person, deputy: Person, province: Province
) -> None:
    delegation = delegate(actor_of(hung), deputy)
    hien = make_person("Bùi Thu Hiền")
    hold(hien, "data_protection_officer", province.root)
    assert list(delegations(actor=actor_of(hien))) == [delegation]


def test_a_delegate_gets_no_way_into_the_delegators_account(
    hung: Person, deputy: Person, province: Province
) -> None:
    """A password outlives the delegation; only the one who delegated answers for their account."""
    user = make_user(hung)
    delegate(actor_of(hung), deputy)
    hats = actor_of(deputy).hats
    key = next(hat.key for hat in hats if hat.delegation_id is not None)
    standing_in = actor_of(deputy, key)
    assert isinstance(issuing_refusal(standing_in, hung), OwnAccount)
    for deed in (
        lambda: actions.reset_password(actor=standing_in, user=user, now=NOW),
        lambda: actions.deactivate_account(actor=standing_in, user=user, reason="Thử", now=NOW),
        lambda: actions.remove_second_factor(actor=standing_in, user=user, reason="Thử", now=NOW),
    ):
        with pytest.raises((OwnAccount, NotFound)):
            deed()
