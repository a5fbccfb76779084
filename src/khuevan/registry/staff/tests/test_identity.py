"""Who a colleague is, corrected; and the sign-in of who left work on a day recorded ahead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY

from khuevan.kernel.errors import NotFound
from khuevan.platform.accounts.api import Person, User, create_users
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.people.api import ImpossibleBirth, NotAName
from khuevan.registry.staff import actions
from khuevan.registry.staff.errors import (
    IdentityChanged,
    NotANumber,
    NotOneself,
    NumberOfAnother,
)
from khuevan.registry.staff.models import Appointment, StaffMember

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=9)


def _member(cast: Cast, who: str = "toan") -> StaffMember:
    rows = StaffMember.objects.unscoped(because="tests").select_related("person")
    return rows.get(person=getattr(cast, who))


def _correct(cast: Cast, *, by: str = "loan", of: str = "toan", **changes: Any) -> StaffMember:
    member = _member(cast, of)
    version = changes.pop("version", member.person.version)
    told = {"full_name": "Lê Quốc Toán", "birth_date": date(1991, 6, 9), "sex": "MALE", **changes}
    return actions.correct_identity(
        actor=actor_of(getattr(cast, by)),
        member_uuid=member.uuid,
        version=version,
        told=actions.Identity(**told),
        now=NOW,
    )


def test_a_slip_is_corrected_and_the_log_keeps_no_number(cast: Cast) -> None:
    _correct(cast, personal_number="042091009988", moet_code="4200112233")
    member = _member(cast)
    assert member.person.full_name == "Lê Quốc Toán"
    assert member.person.personal_number == "042091009988"
    entry = AuditEntry.objects.unscoped(because="tests").order_by("-id")[0]
    assert "personal_number" in entry.details["fields"]
    assert "042091009988" not in str([entry.before, entry.after, entry.details])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"version": 99}, IdentityChanged),
        ({"personal_number": "12345"}, NotANumber),
        ({"birth_date": date(1900, 1, 1)}, ImpossibleBirth),
        ({"birth_date": date(2012, 1, 1)}, ImpossibleBirth),
        ({"full_name": "Lê Quốc 3"}, NotAName),
        ({"of": "loan"}, NotOneself),
        ({"by": "lan"}, NotFound),
        ({"by": "mai"}, NotFound),
    ],
)
def test_refused(cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        _correct(cast, **changes)


def test_a_number_somebody_has_is_refused(cast: Cast) -> None:
    person = cast.lan
    Person.objects.unscoped(because="tests").filter(pk=person.pk).update(
        personal_number="042185001111"
    )
    with pytest.raises(NumberOfAnother):
        _correct(cast, personal_number="042185001111")


def _is_active(cast: Cast) -> bool:
    return User.objects.for_sign_in().get(person=cast.toan).is_active


def test_who_retires_on_a_day_ahead_is_switched_off_that_day(cast: Cast) -> None:
    create_users(people=[cast.toan], usernames=["toan"], password=None, now=NOW)
    rows = Appointment.objects.unscoped(because="tests")
    row = rows.get(person=cast.toan, is_primary=True)
    actions.end_appointment(actor=EVERYTHING, uuid=row.uuid, kind="RETIRED", on=SOON, now=NOW)
    assert actions.close_accounts_of_leavers(actor=EVERYTHING, now=NOW) == 0
    assert _is_active(cast)
    later = NOW + timedelta(days=9)
    assert actions.close_accounts_of_leavers(actor=EVERYTHING, now=later) == 1
    assert not _is_active(cast)
    assert actions.close_accounts_of_leavers(actor=EVERYTHING, now=later) == 0


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"full_name": "Mai Văn 5"}, NotAName),
        ({"birth_date": date(2016, 1, 1)}, ImpossibleBirth),
        ({"birth_date": date(1899, 1, 1)}, ImpossibleBirth),
        ({"personal_number": "12"}, NotANumber),
    ],
)
def test_who_is_taken_on_has_a_name_and_an_age(
    cast: Cast, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    told = {"full_name": "Mai Văn Năm", "birth_date": date(1990, 5, 4), "sex": "MALE", **changes}
    with pytest.raises(refusal):
        actions.take_on(
            actor=actor_of(cast.loan),
            unit_id=cast.school_a.pk,
            who=actions.NewMember(**told),
            post=actions.Post(position="TEACHER", starts_on=TODAY),
            now=NOW,
        )
