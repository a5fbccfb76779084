"""Access tokens: a part of one's role, until a day, shown once, revoked at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_grant, make_person, make_user

from khuevan.exchange.api.actions import create_token, revoke_token
from khuevan.exchange.api.errors import TokenNotOwn, TokenRefused
from khuevan.exchange.api.models import ApiToken
from khuevan.exchange.api.rules import new_secret, secret_hash
from khuevan.exchange.api.selectors import actor_of_token, offered_permissions, token_in_force
from khuevan.kernel.actor import permissions
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.actions import delegate, reset_password, start_support_session
from khuevan.platform.access.api import Grant, Role, end_derived_grants
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.students.api import COUNT_STUDENTS, VIEW_STUDENTS, Student

VIEW, COUNT = VIEW_STUDENTS.code, COUNT_STUDENTS.code
WHY = "a test looks behind"


def make_token(person: Person, *codes: str) -> tuple[ApiToken, str]:
    """Make a token of a person for 30 days."""
    make_user(person)
    return create_token(
        actor=actor_of(person),
        name="thời khóa biểu",
        permissions=codes,
        expires_at=NOW + timedelta(days=30),
        now=NOW,
    )


def bearer(secret: str) -> Client:
    """Return a program that has a token and no session."""
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_program_acts_as_its_owner(cast: Cast) -> None:
    _token, secret = make_token(cast.loan, VIEW, COUNT, "insight.figure:view")
    me = bearer(secret).get("/api/v1/me").json()
    assert me["name"] == "Phan Thị Loan"
    assert me["token"] == "thời khóa biểu"
    assert me["token"] not in me["role"]
    assert set(me["permissions"]) == {VIEW, COUNT, "insight.figure:view"}
    assert bearer(secret).get("/api/v1/figures").status_code == 200


def test_it_reaches_what_the_owner_does_and_the_token_allows(cast: Cast) -> None:
    token, _secret = make_token(cast.loan, VIEW)
    actor = actor_of_token(token, on=TODAY, now=NOW)
    seen = set(Student.objects.visible_to(actor, VIEW_STUDENTS))
    assert seen == set(Student.objects.visible_to(actor_of(cast.loan), VIEW_STUDENTS))
    assert not actor.may(COUNT_STUDENTS)
    assert not actor.reach(COUNT_STUDENTS, "school")
    assert bearer(_secret).get("/api/v1/figures").status_code == 404


def test_a_token_holds_no_more_than_the_role(cast: Cast) -> None:
    with pytest.raises(TokenNotOwn):
        make_token(cast.loan, "access.role:manage")
    with pytest.raises(TokenNotOwn):
        make_token(cast.loan, "api.token:manage")
    with pytest.raises(NotFound):
        make_token(cast.lan, VIEW)


def test_with_the_role_the_token_ends(cast: Cast) -> None:
    token, secret = make_token(cast.loan, VIEW)
    Grant.objects.unscoped(because=WHY).filter(person=cast.loan).update(ends_on=TODAY)
    assert not actor_of_token(token, on=TODAY, now=NOW).may(VIEW_STUDENTS)
    assert bearer(secret).get("/api/v1/me").json()["permissions"] == []


def test_another_hat_of_the_same_person_is_not_lent(cast: Cast) -> None:
    token, _secret = make_token(cast.loan, VIEW)
    clerk = Grant.objects.unscoped(because=WHY).filter(person=cast.loan, role__hat="clerk")
    clerk.update(ends_on=TODAY)
    assert actor_of(cast.loan).hats
    assert actor_of_token(token, on=TODAY, now=NOW).hat is None


@pytest.mark.parametrize("state", ["expired", "revoked", "switched off", "unknown"])
def test_a_token_that_ended_is_refused(cast: Cast, state: str) -> None:
    token, secret = make_token(cast.loan, VIEW)
    if state == "expired":
        token.created_at, token.expires_at = NOW - timedelta(2), NOW - timedelta(1)
        token.save(update_fields=["created_at", "expires_at"])
    if state == "revoked":
        revoke_token(actor=actor_of(cast.loan), uuid=token.uuid, now=NOW)
    if state == "switched off":
        user = make_user(cast.loan)
        user.is_active = False
        user.save(update_fields=["is_active"])
    response = bearer("kv_unknown" if state == "unknown" else secret).get("/api/v1/me")
    assert (response.status_code, response.json()["code"]) == (401, "api.token_refused")


def test_only_its_hash_is_stored(cast: Cast) -> None:
    token, secret = make_token(cast.loan, VIEW)
    stored = ApiToken.objects.unscoped(because=WHY).filter(pk=token.pk).values().get()
    assert secret not in str(stored)
    assert token_in_force(secret, now=NOW) == token
    with pytest.raises(TokenRefused):
        token_in_force(stored["secret_hash"], now=NOW)


def test_a_bad_token_is_refused_although_a_session_is_there(cast: Cast) -> None:
    client = Client(headers={"Authorization": "Bearer kv_nothing"}).sign_in(cast.loan)
    assert client.get("/api/v1/me").status_code == 401


def test_a_token_opens_no_page(cast: Cast) -> None:
    _token, secret = make_token(cast.loan, VIEW)
    assert bearer(secret).get("/").status_code == 302


def test_use_is_noted_once_an_hour(cast: Cast) -> None:
    token, secret = make_token(cast.loan, VIEW)
    for _time in range(2):
        bearer(secret).get("/api/v1/me")
    token.refresh_from_db()
    assert token.last_used_at is not None


def form(**changes: Any) -> dict[str, Any]:
    return {"name": "thời khóa biểu", "days": "30", "permissions": [VIEW], **changes}


def test_the_page_shows_the_secret_once(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    made = client.post(reverse("rest:tokens"), form(), follow=True)
    assert made.redirect_chain, "a reload would make another token"
    secret = re.search(r"kv_[\w-]{40,}", made.content.decode())
    assert secret is not None
    assert f"Bearer {secret.group()}&quot; http" not in made.content.decode()
    assert f'Bearer {secret.group()}" http' in made.content.decode()
    assert bearer(secret.group()).get("/api/v1/me").status_code == 200
    again = client.get(reverse("rest:tokens")).content.decode()
    assert secret.group() not in again
    assert "thời khóa biểu" in again
    entry = AuditEntry.objects.unscoped(because=WHY).get(code="api.token_created")
    assert secret.group() not in str(entry.details)


def test_the_page_offers_the_present_role_alone(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    page = client.get(reverse("rest:tokens"))
    offered = {code for code, _label in page.context["form"].fields["permissions"].choices}
    assert VIEW in offered
    assert offered < {permission.code for permission in permissions}
    assert "access.role:manage" not in offered
    assert f"<small>{VIEW}</small>" in page.content.decode()
    refused = client.post(reverse("rest:tokens"), form(permissions=["access.role:manage"]))
    assert refused.status_code == 422
    assert not ApiToken.objects.unscoped(because=WHY).exists()


def test_one_revokes_ones_own_token_alone(cast: Cast) -> None:
    token, secret = make_token(cast.loan, VIEW)
    address = reverse("rest:revoke", args=[token.uuid])
    assert Client().sign_in(cast.hung).post(address).status_code == 404
    assert bearer(secret).get("/api/v1/me").status_code == 200
    assert Client().sign_in(cast.loan).post(address).status_code == 302
    assert bearer(secret).get("/api/v1/me").status_code == 401


def test_families_and_teachers_have_no_tokens(cast: Cast) -> None:
    for person in (cast.lan, cast.huong, cast.minh_anh):
        assert Client().sign_in(person).get(reverse("rest:tokens")).status_code == 404


def test_a_password_that_somebody_issued_ends_the_tokens(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    """A thief who made a token in a stolen session keeps nothing."""
    _token, secret = make_token(cast.loan, VIEW)
    make_token(cast.hung, VIEW)
    with django_capture_on_commit_callbacks(execute=True):
        reset_password(actor=actor_of(cast.hung), user=make_user(cast.loan), now=NOW)
    assert bearer(secret).get("/api/v1/me").status_code == 401
    alive = ApiToken.objects.unscoped(because=WHY).filter(revoked_at__isnull=True)
    assert [one.person_id for one in alive] == [cast.hung.pk]


def test_a_token_made_on_a_delegation_ends_with_the_delegators_role(cast: Cast) -> None:
    own = Grant.objects.unscoped(because=WHY).filter(person=cast.hung, role__code="principal")
    hung = actor_of(cast.hung)
    delegate(
        actor=hung,
        to_person=cast.toan,
        kind="ABSENCE",
        grants=list(own),
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=3),
        reason="Đi họp",
        now=NOW,
    )
    make_user(cast.toan)
    deputy = next(hat for hat in actor_of(cast.toan).hats if hat.delegation_id)
    token, _secret = create_token(
        actor=actor_of(cast.toan, hat=deputy.key),
        name="thời khóa biểu",
        permissions=[VIEW],
        expires_at=NOW + timedelta(days=30),
        now=NOW,
    )
    assert Student.objects.visible_to(actor_of_token(token, on=TODAY, now=NOW), VIEW_STUDENTS)
    end_derived_grants(source_key=own.get().source_key, on=TODAY)
    after = actor_of_token(token, on=TODAY, now=NOW)
    assert not after.may(VIEW_STUDENTS)
    assert not Student.objects.visible_to(after, VIEW_STUDENTS).exists()


def test_support_reaches_nothing_through_a_program(cast: Cast) -> None:
    """Not even with a token made before support lost the right, or put there by hand."""
    every = [one.code for one in permissions]
    Role.objects.filter(hat="support").update(permissions=every)
    duy = make_person("Phạm Anh Duy")
    make_grant(duy, "support_engineer")
    make_user(duy)
    session = start_support_session(
        actor=actor_of(duy),
        unit=cast.school_a.unit,
        reason="Trường báo không mở được danh sách lớp",
        minutes=60,
        now=NOW,
    )
    worn = actor_of(duy, hat=f"session-{session.pk}")
    assert worn.may(VIEW_STUDENTS)
    for actor in (worn, actor_of(duy)):
        assert offered_permissions(actor) == []
        with pytest.raises((NotFound, TokenNotOwn)):
            create_token(
                actor=actor, name="x", permissions=[VIEW], expires_at=NOW, now=NOW
            )  # fmt: skip
        secret = new_secret()
        token = ApiToken.objects.create(
            person=duy,
            name="cũ",
            secret_hash=secret_hash(secret),
            hat_key=actor.hat.key if actor.hat else "",
            permissions=[VIEW],
            created_at=NOW,
            expires_at=NOW + timedelta(days=30),
        )
        assert not actor_of_token(token, on=TODAY, now=NOW).may(VIEW_STUDENTS)
        assert bearer(secret).get("/api/v1/students").status_code == 404
