"""A colleague who stands in the records twice: proposed, made one, taken apart, by whoever may."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from khuevan.insight.rollup.upkeep import differences
from khuevan.platform.access.api import Grant, grants_differing
from khuevan.registry.duplicates import actions
from khuevan.registry.duplicates.errors import KeepTheLonger, MayNotFill, StandsInTheWay
from khuevan.registry.duplicates.matching.finding import find
from khuevan.registry.duplicates.models import DuplicatePair, PairKind
from khuevan.registry.duplicates.records import records_of
from khuevan.registry.duplicates.selectors import pairs
from khuevan.registry.staff.api import Appointment, StaffMember, specs_of
from tests.cast import Cast, Client, actor_of
from tests.duplicates.test_merging import again, everything_in_tables, make_one, pair_of
from tests.factories import EVERYTHING, NOW, TODAY, make_staff, make_user

pytestmark = pytest.mark.django_db
WHY = "tests"
BORN = date(1985, 3, 4)


def teacher(cast: Cast, name: str = "Đinh Thị Kép", **more: Any) -> StaffMember:
    """Record a teacher of school A, with rights as far as positions give them."""
    one = make_staff(name, school=more.pop("school", cast.school_a), **more)
    one.person.birth_date = BORN
    one.person.save(update_fields=["birth_date"])
    return one


def posts(one: StaffMember) -> list[str]:
    rows = Appointment.objects.unscoped(because=WHY).filter(staff_member=one)
    return sorted(rows.values_list("unit__code", flat=True))


def held(one: StaffMember) -> int:
    return Grant.objects.unscoped(because=WHY).filter(person=one.person, ends_on=None).count()


def test_two_records_of_a_colleague_are_proposed_once(cast: Cast) -> None:
    first, second = teacher(cast), teacher(cast, "Dinh Thi Kep", school=cast.school_b)
    found = find(list(records_of(PairKind.STAFF))).pairs
    ends = [{one.one.key, one.other.key} for one in found]
    assert {str(first.person_id), str(second.person_id)} in ends
    assert actions.store_pairs(PairKind.STAFF, found, now=NOW)[0] == len(found)
    DuplicatePair.objects.unscoped(because=WHY).update(kind=PairKind.GUARDIAN)
    assert actions.store_pairs(PairKind.STAFF, found, now=NOW) == (0, 0), "one pair of two people"


def test_a_position_recorded_twice_becomes_one_and_comes_back(cast: Cast) -> None:
    kept, twin = teacher(cast), teacher(cast)
    before = everything_in_tables()
    made = make_one(kept.person, twin.person, kind=PairKind.STAFF)
    assert (posts(kept), posts(twin)) == ([cast.school_a.code], [])
    assert [row["model"] for row in made.removed] == ["staff.appointment"]
    assert grants_differing() == []
    assert held(twin) == 0
    assert not list(differences([TODAY]))
    actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="Hai người", now=NOW)
    assert everything_in_tables() == before
    assert grants_differing() == []
    assert len(list(specs_of([twin.pk]))) == held(twin)


def test_the_clerk_of_the_school_settles_colleagues_of_the_school(
    cast: Cast, client: Client
) -> None:
    kept, twin = teacher(cast), teacher(cast)
    pair = pair_of(kept.person, twin.person, PairKind.STAFF)
    assert pairs(actor_of(cast.loan)).filter(pk=pair.pk).exists()
    client.sign_in(cast.loan)
    said = client.get(f"/duplicates/{pair.uuid}/").content.decode()
    assert "Giáo viên" in said
    make_one(kept.person, twin.person, kind=PairKind.STAFF, actor=actor_of(cast.loan))
    assert posts(twin) == []


def test_nobody_hands_on_a_position_they_may_not_fill(cast: Cast) -> None:
    kept, leads = teacher(cast), teacher(cast, position="VICE_PRINCIPAL")
    loan = actor_of(cast.loan)
    with pytest.raises(MayNotFill):
        make_one(kept.person, leads.person, kind=PairKind.STAFF, actor=loan)


def test_two_main_positions_at_once_and_a_longer_one_are_refused(cast: Cast) -> None:
    kept, elsewhere = teacher(cast), teacher(cast, school=cast.school_b)
    with pytest.raises(StandsInTheWay):
        make_one(kept.person, elsewhere.person, kind=PairKind.STAFF)
    longer = teacher(cast)
    rows = Appointment.objects.unscoped(because=WHY).filter(staff_member=longer)
    rows.update(starts_on=date(2001, 9, 1))
    with pytest.raises(KeepTheLonger):
        make_one(kept.person, longer.person, kind=PairKind.STAFF)


def test_a_sign_in_goes_along(cast: Cast) -> None:
    kept, twin = teacher(cast), teacher(cast)
    user = make_user(twin.person)
    make_one(kept.person, twin.person, kind=PairKind.STAFF)
    user.refresh_from_db()
    assert user.person_id == again(kept.person).pk
