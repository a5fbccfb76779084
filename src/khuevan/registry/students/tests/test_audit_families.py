"""The log names accounts of pupils and parents to those alone who know them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_grant, make_person, make_staff, make_user

from khuevan.platform.access import actions as accounts
from khuevan.platform.audit.api import AuditEntry, entries, record, who_of
from khuevan.registry.students import actions
from khuevan.registry.students.models import ExitKind

pytestmark = pytest.mark.django_db

ABOVE = ("department_director", "system_admin", "data_protection_officer")


@pytest.fixture
def told(cast: Cast) -> list[AuditEntry]:
    """Return entries about a pupil, by a pupil and by a parent, of all three kinds of code."""
    unit = cast.school_a.pk
    written = []
    for person, name in ((cast.minh_anh.person, "minhanh"), (cast.huong, "huong")):
        user = make_user(person, name)
        by_office, by_self = actor_of(cast.loan), actor_of(person)
        for code, actor in (
            ("access.sign_in.done", by_self),
            ("accounts.user.password_changed", by_self),
            ("accounts.user.created", by_office),
            ("access.reset.asked", by_office),
            ("access.sessions.ended", by_self),
        ):
            written.append(
                record(
                    code,
                    actor=actor,
                    at=NOW,
                    target=user,
                    unit_id=unit,
                    person_id=person.pk,
                    details={"username": name, "reason": f"lost by {person.full_name}"},
                )
            )
    return written


SECRETS = ("minhanh", "Phạm Minh Anh", "Trịnh Thu Hường", "huong")


def shown(text: str) -> list[str]:
    """Return the names on a page, without what the reader typed into the filter."""
    return [name for name in SECRETS if f"{name}<" in text or f"{name} " in text]


@pytest.mark.parametrize("role", ABOVE)
def test_readers_above_the_school_read_no_name_of_a_family(
    cast: Cast, client: Client, told: list[AuditEntry], role: str
) -> None:
    reader = make_person("Nguyễn Thái Sơn")
    make_grant(reader, role)
    client.sign_in(reader)
    for address in ("/audit/", "/", *(f"/audit/{one.uuid}/" for one in told)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert shown(answer.content.decode()) == [], address
    assert "Phan Thị Loan" in client.get("/audit/").content.decode()


@pytest.mark.parametrize("role", ABOVE)
@pytest.mark.parametrize("text", ["Minh Anh", "minhanh", "Hường", "huong"])
def test_nobody_finds_by_a_name_what_they_may_not_name(
    cast: Cast, client: Client, told: list[AuditEntry], role: str, text: str
) -> None:
    reader = make_person("Nguyễn Thái Sơn")
    make_grant(reader, role)
    page = client.sign_in(reader).get("/audit/", {"who": text}).content.decode()
    assert not [one.pk for one in told if f"/audit/{one.uuid}/" in page]
    principal = client.sign_in(cast.hung).get("/audit/", {"who": text}).content.decode()
    assert [one.pk for one in told if f"/audit/{one.uuid}/" in principal]


def test_the_school_of_the_child_reads_the_names(cast: Cast, told: list[AuditEntry]) -> None:
    rows: Any = entries(actor=actor_of(cast.hung)).filter(pk__in=[one.pk for one in told])
    assert [(row.is_hidden, row.is_actor_hidden) for row in rows] == [(False, False)] * len(told)


def test_after_the_last_day_the_school_reads_them_no_more(
    cast: Cast, told: list[AuditEntry]
) -> None:
    actions.end_enrollment(
        actor=actor_of(cast.loan),
        uuid=cast.minh_anh.uuid,
        exit_kind=ExitKind.ABROAD,
        on=NOW.date(),
        now=NOW,
    )
    rows: Any = entries(actor=actor_of(cast.hung)).filter(pk__in=[one.pk for one in told])
    assert {row.is_hidden for row in rows} == {True}
    doers = {who_of(row).split(" · ")[0] for row in rows}
    assert doers & {"Phan Thị Loan"}
    assert not doers & {"Phạm Minh Anh", "Trịnh Thu Hường"}


def test_an_employee_who_is_a_parent_too_is_named(cast: Cast, client: Client) -> None:
    make_staff(school=cast.school_b, person=cast.huong)
    user = make_user(cast.huong, "huong")
    client.sign_in(cast.huong)
    entry = record(
        "access.sign_in.done", actor=actor_of(cast.huong), at=NOW, target=user,
        person_id=cast.huong.pk, details={"username": "huong"},
    )  # fmt: skip
    found: Any = entries(actor=actor_of(cast.hien)).get(pk=entry.pk)
    assert (found.is_hidden, found.is_actor_hidden) == (False, False)


def test_a_password_issued_for_real_is_told_without_the_name(cast: Cast, client: Client) -> None:
    user = make_user(cast.minh_anh.person, "minhanh")
    accounts.reset_password(actor=actor_of(cast.loan), user=user, now=NOW)
    text = client.sign_in(cast.hien).get("/audit/").content.decode()
    assert shown(text) == []
