"""The department changes the tree; what must never be is refused, by the database too."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, UNITS_START, make_commune, make_province, make_unit

from khuevan.kernel.errors import DayOutOfRange, NotFound
from khuevan.platform.audit.models import AuditEntry
from khuevan.platform.organizations import api, nesting
from khuevan.platform.organizations.models import OrgUnitVersion

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 1)
DO: dict[str, Any] = {"actor": EVERYTHING, "on": ON, "now": NOW}
BY = api.Decided("9/NQ-HĐND", date(2026, 8, 20))


def parent_of(unit_id: int, on: date = ON) -> int | None:
    held = api.version_of(unit_id, on=on)
    assert held is not None
    return held.parent_id


def test_a_unit_opens_under_one_that_is_there() -> None:
    province = make_province()
    place = api.UnitPlace("Phòng Tổ chức cán bộ", "P. TCCB", province.pk, None)
    opened = api.add_unit(
        actor=EVERYTHING,
        code="TCCB",
        kind="ATTACHED",
        place=place,
        starts_on=ON,
        decision=BY,
        now=NOW,
    )
    assert parent_of(opened.pk) == province.pk
    held = api.version_of(opened.pk, on=ON)
    assert held is not None
    with translation.override("vi"):
        assert held.kind_label == "Cơ quan, đơn vị khác thuộc UBND tỉnh"
    again: dict[str, Any] = {
        "actor": EVERYTHING,
        "kind": "ATTACHED",
        "place": place,
        "now": NOW,
        "decision": BY,
    }
    with pytest.raises(api.UnitCodeTaken):
        api.add_unit(code="tccb", starts_on=ON, **again)
    with pytest.raises(api.ParentNotThere):
        api.add_unit(code="X", starts_on=date(2020, 1, 1), **again)
    with pytest.raises(api.BeforeRecords):
        api.add_unit(code="X", starts_on=date(2012, 12, 31), **again)


def test_communes_merge_and_nothing_is_lost(cast: Cast) -> None:
    school = cast.school_a
    commune = parent_of(school.pk)
    assert commune is not None
    into = make_commune("UBND xã Hợp Nhất")
    api.merge_units(unit_ids=[commune], into_id=into.pk, decision=api.Decided("12/NQ-HĐND"), **DO)
    assert parent_of(school.pk) == into.pk
    assert parent_of(school.pk, date(2026, 8, 31)) == commune
    for handed in api.Handed:
        assert [one.pk for one in api.successors_of(commune, handed=handed)] == [into.pk]
    changes = api.changes_between(date(2026, 8, 31), ON)
    assert [one.unit.pk for one in changes.merged] == [commune]
    assert [one.pk for one in changes.merged[0].others] == [
        api.version_of(into.pk, on=ON).pk  # type: ignore[union-attr]
    ]
    assert school.pk in {one.unit.pk for one in changes.moved}
    assert not changes.closed


def test_a_unit_is_divided_and_its_registers_go_elsewhere(cast: Cast) -> None:
    commune = parent_of(cast.school_a.pk)
    assert commune is not None
    one, two = make_commune("UBND xã Một"), make_commune("UBND xã Hai")
    under = [row.unit_id for row in api.children_of(commune, on=ON)]
    do = {
        **DO,
        "unit_id": commune,
        "decision": api.Decided("9/NQ"),
        "registers_to": make_province().pk,
    }
    with pytest.raises(api.UnitHoldsOthers):
        api.split_unit(parts={one.pk: under[:1]}, **do)
    api.split_unit(parts={one.pk: under[:1], two.pk: under[1:]}, **do)
    assert parent_of(under[0]) == one.pk
    assert {unit.pk for unit in api.successors_of(commune, handed=api.Handed.SCHOOLS)} == {
        one.pk,
        two.pk,
    }
    registers = api.successors_of(commune, handed=api.Handed.REGISTERS)
    assert [unit.pk for unit in registers] == [make_province().pk]


def test_a_new_name_is_told_as_a_new_name() -> None:
    commune = make_commune("UBND xã Cũ")
    api.rename_unit(unit_id=commune.pk, name="UBND xã Mới", short_name="Mới", decision=BY, **DO)
    told = AuditEntry.objects.unscoped(because="test").filter(unit_id=commune.pk)
    assert [entry.code for entry in told] == ["organizations.unit.renamed"]


def test_a_wrong_change_is_taken_back() -> None:
    commune = make_commune("UBND xã Đúng")
    api.rename_unit(unit_id=commune.pk, name="UBND xã Sai", short_name="Sai", decision=BY, **DO)
    api.undo_latest_change(actor=EVERYTHING, unit_id=commune.pk, reason="Nhập nhầm", now=NOW)
    (only,) = api.versions_of(commune.pk)
    assert (only.name, only.ends_on) == ("UBND xã Đúng", None)
    with pytest.raises(api.NothingToUndo):
        api.undo_latest_change(actor=EVERYTHING, unit_id=commune.pk, reason="Nữa", now=NOW)
    heir = make_commune("UBND xã Kế")
    api.end_unit(
        unit_id=commune.pk, successors={api.Handed.REGISTERS: {heir.pk}}, decision=BY, **DO
    )
    api.undo_latest_change(actor=EVERYTHING, unit_id=commune.pk, reason="Nhầm xã", now=NOW)
    assert not api.successors_of(commune.pk, handed=api.Handed.REGISTERS)
    assert parent_of(commune.pk) == make_province().pk


def test_no_unit_comes_under_itself_or_under_one_that_ended() -> None:
    province = make_province()
    upper = make_unit("DEPARTMENT", "Sở", parent=province)
    lower = make_unit("DIVISION", "Phòng", parent=upper)
    ended = make_commune("UBND xã Hết")
    api.end_unit(unit_id=ended.pk, successors={}, decision=BY, **DO)
    move: dict[str, Any] = {**DO, "decision": api.Decided("1/QĐ")}
    with pytest.raises(api.NotUnderItself):
        api.move_units(unit_ids=[upper.pk], parent_id=lower.pk, **move)
    with pytest.raises(api.NotUnderItself):
        api.merge_units(unit_ids=[upper.pk], into_id=upper.pk, **move)
    with pytest.raises(api.ParentNotThere):
        api.move_units(unit_ids=[lower.pk], parent_id=ended.pk, **move)
    with pytest.raises(api.MoveTooEarly):
        api.move_units(unit_ids=[lower.pk], parent_id=upper.pk, **{**move, "on": UNITS_START})
    with pytest.raises(NotFound):
        api.move_units(unit_ids=[ended.pk], parent_id=province.pk, **move)


def test_the_database_never_holds_a_circle() -> None:
    province = make_province()
    one = make_unit("DEPARTMENT", "Một", parent=province)
    two = make_unit("DIVISION", "Hai", parent=one)
    three = make_unit("DIVISION", "Ba", parent=two)
    with pytest.raises(IntegrityError, match="stands under itself"), transaction.atomic():
        OrgUnitVersion.objects.filter(unit=one).update(parent=three)
    with pytest.raises(IntegrityError, match="stands under itself"), transaction.atomic():
        OrgUnitVersion.objects.filter(unit=province).update(parent=province)


def test_a_circle_on_later_days_is_refused_with_a_sentence() -> None:
    province = make_province()
    one, two = (make_unit("OTHER_OWNER", name, parent=province) for name in ("Một", "Hai"))
    later = {**DO, "on": date(2027, 1, 1), "decision": api.Decided("1")}
    api.move_units(unit_ids=[one.pk], parent_id=two.pk, **later)
    with pytest.raises(api.NotUnderItself):
        api.move_units(unit_ids=[two.pk], parent_id=one.pk, **{**DO, "decision": api.Decided("2")})


def test_only_the_department_changes_units(cast: Cast) -> None:
    commune = parent_of(cast.school_a.pk)
    assert commune is not None
    province = make_province().pk
    for name in ("hoa", "hung", "loan", "mai", "huong"):
        with pytest.raises(NotFound):
            api.move_units(
                actor=actor_of(getattr(cast, name)), unit_ids=[cast.school_a.pk],
                parent_id=province, on=ON, decision=api.Decided("1"), now=NOW,
            )  # fmt: skip
    before = AuditEntry.objects.unscoped(because="test").count()
    api.move_units(
        actor=actor_of(cast.thanh), unit_ids=[cast.school_a.pk], parent_id=province, on=ON,
        decision=api.Decided("1"), now=NOW,
    )  # fmt: skip
    assert AuditEntry.objects.unscoped(because="test").count() == before + 1


def test_schools_are_changed_as_schools(cast: Cast) -> None:
    with pytest.raises(api.SchoolsElsewhere):
        api.end_unit(unit_id=cast.school_a.pk, successors={}, decision=BY, **DO)
    with pytest.raises(api.SchoolsElsewhere):
        api.rename_unit(unit_id=cast.school_a.pk, name="X", short_name="X", decision=BY, **DO)


def test_the_tree_of_a_day(cast: Cast) -> None:
    nodes = api.tree_on(ON)
    assert nodes[0].version.unit_id == make_province().pk
    assert sum(node.schools for node in nodes) == 3
    assert api.tree_on(date(2020, 1, 1)) == []
    assert UNITS_START in {day for day, _count in api.days_of_change()}


@pytest.mark.parametrize("on", [date(9999, 12, 31), date(2032, 1, 1)])
def test_a_day_far_ahead_is_refused(cast: Cast, on: date) -> None:
    commune = parent_of(cast.school_a.pk)
    assert commune is not None
    into = make_commune("UBND xã Hợp Nhất")
    far = {**DO, "on": on}
    with pytest.raises(DayOutOfRange):
        api.move_units(unit_ids=[commune], parent_id=into.pk, decision=BY, **far)
    place = api.UnitPlace("Phòng Mới", "P. Mới", into.pk, None)
    with pytest.raises(DayOutOfRange):
        api.add_unit(
            actor=EVERYTHING,
            code="MOI",
            kind="ATTACHED",
            place=place,
            starts_on=on,
            decision=BY,
            now=NOW,
        )


def test_a_kind_of_unit_stands_under_certain_kinds_on_certain_days() -> None:
    require = nesting.require_nesting
    june, july = date(2025, 6, 30), date(2025, 7, 1)
    require("COMMUNE", "DISTRICT", on=june)
    require("COMMUNE", "PROVINCE", on=july)
    require("COMMUNE_DIVISION", "COMMUNE", on=july)
    require("DISTRICT_OFFICE", "DISTRICT", on=june)
    with pytest.raises(api.KindEnded):
        require("DISTRICT_OFFICE", "DISTRICT", on=july)
    with pytest.raises(api.KindNotYet):
        require("COMMUNE_DIVISION", "COMMUNE", on=june)
    for under in ("COMMUNE", "DISTRICT", "SCHOOL"):
        with pytest.raises(api.KindNotUnder):
            require("COMMUNE", under, on=july)
    assert {one.kind for one in nesting.nestings()} == set(api.UnitKind.values)


def test_the_department_can_not_put_a_commune_under_a_commune() -> None:
    one, two = make_commune("UBND xã Một"), make_commune("UBND xã Hai")
    with pytest.raises(api.KindNotUnder, match="UBND"):
        api.move_units(unit_ids=[one.pk], parent_id=two.pk, decision=BY, **DO)
    with pytest.raises(api.KindEnded):
        api.add_unit(
            actor=EVERYTHING, code="PGD", kind="DISTRICT_OFFICE", starts_on=ON, decision=BY,
            place=api.UnitPlace("Phòng GDĐT", "PGD", make_province().pk, None), now=NOW,
        )  # fmt: skip


def test_licenses_pass_to_whoever_took_them_over_even_later(cast: Cast) -> None:
    """A unit that ends on a day to come passes on what it licensed when the day has come."""
    one, two, heir = (make_commune(f"UBND xã {name}") for name in ("Một", "Hai", "Ba"))
    link = api.add_link(
        actor=EVERYTHING, unit_id=cast.school_a.pk, master_id=one.pk, kind=api.LinkKind.LICENSED,
        starts_on=UNITS_START, decision="1/GP", now=NOW,
    )  # fmt: skip
    later = date(2026, 12, 1)
    for unit, to, on in ((one, two, later), (two, heir, date(2026, 12, 2))):
        api.end_unit(
            actor=EVERYTHING, unit_id=unit.pk, on=on, decision=BY, now=NOW,
            successors={api.Handed.LICENSES: {to.pk}},
        )  # fmt: skip
    link.refresh_from_db()
    assert (link.master_id, link.ends_on) == (one.pk, None)
    assert api.pass_on_open_files(actor=EVERYTHING, on=date(2026, 12, 3), now=NOW) == 1
    held = api.ReportingLink.objects.get(unit=cast.school_a.unit, ends_on=None)
    assert (held.master_id, held.decision) == (heir.pk, "1/GP")
