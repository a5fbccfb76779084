"""What people hear about their accounts, and units about support."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.cast import Cast, actor_of

from khuevan.platform.access import api as access
from khuevan.platform.accounts.api import Person
from khuevan.platform.notifications.api import inbox

pytestmark = pytest.mark.django_db


def heard(person: Person) -> list[tuple[str, str]]:
    """Return what somebody was told, and where it leads."""
    return [(one.kind, one.link) for one in inbox(actor=actor_of(person))]


def test_the_owner_hears_of_a_password_somebody_issued(cast: Cast) -> None:
    access.account_issued.send(sender=None, user_id=1, person_id=cast.lan.pk)
    assert heard(cast.lan) == [("access.issued", "/account/")]


def test_who_may_confirm_and_the_owner_hear_of_a_request(cast: Cast) -> None:
    uuid = uuid4()
    access.reset_asked.send(
        sender=None,
        uuid=uuid,
        owner_id=cast.huong.pk,
        owner="Trịnh Thu Hường",
        requester="Phan Thị Loan",
        person_ids=[cast.hung.pk],
    )
    assert heard(cast.hung) == [("access.reset_asked", f"/passwords/{uuid}/")]
    assert heard(cast.huong) == [("access.reset_about_you", f"/passwords/{uuid}/")]
    (line,) = inbox(actor=actor_of(cast.hung))
    assert "Phan Thị Loan" in line.sentence
    assert "Trịnh Thu Hường" in line.sentence


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_who_asked_hears_the_answer(cast: Cast, is_confirmed: bool) -> None:
    access.reset_answered.send(
        sender=None,
        uuid=uuid4(),
        is_confirmed=is_confirmed,
        owner="Trịnh Thu Hường",
        person_ids=[cast.loan.pk],
    )
    kind = "access.reset_confirmed" if is_confirmed else "access.reset_declined"
    assert [one for one, _ in heard(cast.loan)] == [kind]


def test_the_head_of_a_unit_hears_of_support_and_nobody_else(cast: Cast) -> None:
    facts = {"session_id": 1, "unit_id": cast.school_a.pk, "person_id": cast.mai.pk}
    access.support_opened.send(sender=None, person="Phạm Duy", reason="Lớp in trống", **facts)
    access.support_closed.send(sender=None, person="Phạm Duy", **facts)
    assert [kind for kind, _ in heard(cast.hung)] == [
        "access.support_closed",
        "access.support_opened",
    ]
    for other in (cast.lan, cast.mai, cast.thanh, cast.huong):
        assert heard(other) == []
