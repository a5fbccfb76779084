"""Units that change their name, parent or place keep their past."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from khuevan.kernel.actor import AnchorKind, Permission, Reach
from khuevan.platform.audit.models import AuditEntry
from khuevan.platform.organizations import audit_codes, selectors
from khuevan.platform.organizations.actions import units as actions
from khuevan.platform.organizations.actions.units import UnitPlace
from khuevan.platform.organizations.errors import MoveTooEarly, NotUnderItself
from khuevan.platform.organizations.models import OrgUnit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
BEFORE, THAT_DAY = date(2025, 6, 30), date(2025, 7, 1)


class Operator:
    """Enough of an actor for steps that only write down who acted."""

    person_id = None
    label = "operator (test)"
    role_label = "operator"
    today = date(2026, 11, 20)
    is_signed_in = False

    def may(self, permission: Permission) -> bool:
        return True

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        return Reach(everything=True)

    def own_schools(self, permission: Permission) -> frozenset[int]:
        return frozenset()


ACTOR = Operator()


def make(code: str, kind: str, parent: OrgUnit | None = None) -> OrgUnit:
    return actions.create_unit(
        code=code,
        kind=kind,
        name=f"Đơn vị {code}",
        short_name=code,
        parent_id=parent.pk if parent else None,
        area_id=None,
        starts_on=date(2013, 1, 1),
    )


def place(unit: OrgUnit, parent: OrgUnit | None) -> UnitPlace:
    return UnitPlace(f"Đơn vị {unit.code}", unit.code, parent.pk if parent else None, None)


def move(unit: OrgUnit, parent: OrgUnit | None, on: date = THAT_DAY) -> None:
    actions.move_unit(actor=ACTOR, unit_id=unit.pk, to=place(unit, parent), on=on, now=NOW)


def test_when_the_districts_ended_the_school_came_under_its_commune() -> None:
    province = make("P", "PROVINCE")
    district, commune = (
        make("D", "DISTRICT_OFFICE", province),
        make("C", "COMMUNE", province),
    )
    school = make("A", "SCHOOL", district)
    move(school, commune)
    assert school.pk in selectors.units_under([district.pk], on=BEFORE)
    assert school.pk not in selectors.units_under([district.pk], on=THAT_DAY)
    assert school.pk in selectors.units_under([commune.pk], on=THAT_DAY)
    assert AuditEntry.objects.unscoped(because="test").get().code == audit_codes.UNIT_MOVED


def test_what_was_true_before_can_not_be_changed() -> None:
    province = make("P", "PROVINCE")
    commune, school = make("C", "COMMUNE", province), make("A", "SCHOOL", province)
    move(school, commune)
    with pytest.raises(MoveTooEarly):
        move(school, province, on=THAT_DAY)
    with pytest.raises(MoveTooEarly):
        move(school, province, on=BEFORE)


def test_a_unit_never_stands_under_itself() -> None:
    province = make("P", "PROVINCE")
    commune = make("C", "COMMUNE", province)
    with pytest.raises(NotUnderItself):
        move(province, commune)


def test_units_are_found_by_code_or_by_words_without_marks() -> None:
    make("C", "COMMUNE")
    make("CX", "COMMUNE")
    on = date(2026, 1, 1)
    assert [one.unit.code for one in selectors.find_units("c", on=on)] == ["C"]
    assert [one.unit.code for one in selectors.find_units("don vi", on=on)] == ["C", "CX"]
