"""How people are reached and where they live."""

from __future__ import annotations

import pytest

from khuevan.platform.accounts.api import Person
from khuevan.platform.areas.api import TWO_LEVELS_SINCE, Area, AreaSuccession
from khuevan.registry.people import actions
from khuevan.registry.people.errors import (
    NotAContact,
    WhichCommune,
)
from khuevan.registry.people.models import Address, AddressKind, Contact
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def _again(person: Person) -> Person:
    return Person.objects.unscoped(because="tests").get(pk=person.pk)


def _former_area(*, many: bool) -> Area:
    pairs = AreaSuccession.objects.filter(on=TWO_LEVELS_SINCE).order_by("former_code")
    for pair in pairs[:4000]:
        if (pairs.filter(former_code=pair.former_code).count() > 1) == many:
            return Area.objects.get(code=pair.former_code, ends_on=TWO_LEVELS_SINCE)
    raise AssertionError("no such commune")


class TestContacts:
    def test_the_first_phone_is_the_one_lists_show(self, cast: Cast) -> None:
        person, actor = cast.minh_anh.person, actor_of(cast.loan)
        told = [
            actions.ContactData("EMAIL", "Anh@Example.vn"),
            actions.ContactData("MOBILE", "+84 912 000 111", "mẹ"),
        ]
        saved = actions.set_contacts(
            actor=actor, uuid=person.uuid, version=1, contacts=told, now=NOW
        )
        assert saved.phone == "0912000111"
        actions.set_contacts(actor=actor, uuid=person.uuid, version=2, contacts=told[:1], now=NOW)
        assert _again(person).phone == ""
        ended = Contact.objects.unscoped(because="tests").get(value="0912000111")
        assert ended.ends_on == TODAY

    def test_a_line_nobody_can_reach_is_named(self, cast: Cast) -> None:
        with pytest.raises(NotAContact) as refusal:
            actions.set_contacts(
                actor=actor_of(cast.loan),
                uuid=cast.minh_anh.person.uuid,
                version=1,
                contacts=[actions.ContactData("MOBILE", "123")],
                now=NOW,
            )
        assert refusal.value.details == {"line": 1}


class TestAddresses:
    def _old(self, cast: Cast, area: Area) -> Address:
        return Address.objects.create(
            person=cast.minh_anh.person,
            kind="HOMETOWN",
            area=area,
            detail=f"Thôn 1, {area.full_name}",
        )

    def _carry(self, cast: Cast, old: Address, code: str = "") -> Address:
        return actions.convert_address(
            actor=actor_of(cast.loan),
            uuid=cast.minh_anh.person.uuid,
            address=old.uuid,
            area_code=code,
            now=NOW,
        )

    def test_carried_over_with_the_words_kept(self, cast: Cast) -> None:
        old = self._old(cast, _former_area(many=False))
        new = self._carry(cast, old)
        old.refresh_from_db(from_queryset=Address.objects.unscoped(because="tests"))
        assert (new.detail, new.original, new.starts_on) == (
            "Thôn 1",
            old.detail,
            TWO_LEVELS_SINCE,
        )
        assert old.ends_on == TWO_LEVELS_SINCE

    def test_several_communes_ask_which(self, cast: Cast) -> None:
        area = _former_area(many=True)
        old = self._old(cast, area)
        with pytest.raises(WhichCommune) as refusal:
            self._carry(cast, old)
        assert refusal.value.details["names"].count(",") >= 1
        pairs = AreaSuccession.objects.filter(former_code=area.code, on=TWO_LEVELS_SINCE)
        code = pairs.order_by("code")[0].code
        carried = self._carry(cast, old, code).area
        assert carried is not None
        assert carried.code == code

    def test_moving_keeps_the_one_before(self, cast: Cast) -> None:
        person = cast.minh_anh.person
        actions.move_address(
            actor=actor_of(cast.loan),
            uuid=person.uuid,
            kind=AddressKind.CURRENT,
            detail="Thôn 9",
            area_code="",
            on=TODAY,
            now=NOW,
        )
        rows = Address.objects.unscoped(because="tests").filter(person=person, kind="CURRENT")
        assert [row.ends_on for row in rows.order_by("pk")] == [TODAY, None]
