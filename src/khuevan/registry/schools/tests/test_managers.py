"""Under which offices schools stand: by their highest level, on each day."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import Cast, actor_of
from tests.factories import NOW, make_commune, make_province, make_school, make_unit

from khuevan.platform.organizations.api import Decided, UnitKind, move_units
from khuevan.registry.schools.errors import ManagedElsewhere
from khuevan.registry.schools.facts import SchoolFacts
from khuevan.registry.schools.managers import managers, managers_of
from khuevan.registry.schools.models import EducationLevel, Ownership, SchoolType

BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("school_type", "levels", "before", "since"),
    [
        ("LOWER_SECONDARY", ("THCS",), ["DISTRICT_OFFICE", "DISTRICT"], ["COMMUNE"]),
        ("UPPER_SECONDARY", ("THPT",), ["DEPARTMENT"], ["DEPARTMENT"]),
        ("MULTI_LEVEL", ("TH", "THCS", "THPT"), ["DEPARTMENT"], ["DEPARTMENT"]),
        ("ETHNIC_BOARDING", ("THCS",), ["DISTRICT_OFFICE", "DISTRICT"], ["COMMUNE"]),
        ("ETHNIC_BOARDING", ("THCS", "THPT"), ["DEPARTMENT"], ["DEPARTMENT"]),
        ("CONTINUING_CENTER", ("GDTX",), ["DEPARTMENT", "DISTRICT"], ["DEPARTMENT"]),
        ("SPECIAL_NEEDS", ("TH",), [], []),
    ],
)
def test_the_highest_level_says_which_office(
    school_type: str, levels: tuple[str, ...], before: list[str], since: list[str]
) -> None:
    facts = SchoolFacts(school_type, levels)
    assert [one.under for one in managers_of(facts, on=BEFORE)] == before
    assert [one.under for one in managers_of(facts, on=SINCE)] == since


def test_foreign_owners_and_the_rows_are_known_words() -> None:
    foreign = SchoolFacts("PRIMARY", ("TH",), ownership=Ownership.FOREIGN)
    assert managers_of(foreign, on=SINCE) == []
    known = {*SchoolType.values, *EducationLevel.values}
    assert {one.what for one in managers()} <= known
    assert {one.under for one in managers()} <= set(UnitKind.values)


def test_schools_move_only_under_the_office_of_their_level(cast: Cast) -> None:
    department = make_unit("DEPARTMENT", "Sở Giáo dục và Đào tạo", parent=make_province())
    commune = make_commune("UBND xã Hợp Nhất")
    upper = make_school(
        "Trường THPT Hồng Lĩnh",
        commune=department,
        levels=("THPT",),
        school_type="UPPER_SECONDARY",
    )

    def move(school_id: int, parent_id: int) -> None:
        move_units(
            actor=actor_of(cast.thanh), unit_ids=[school_id], parent_id=parent_id,
            on=date(2026, 9, 1), decision=Decided("9/QĐ-UBND"), now=NOW,
        )  # fmt: skip

    with pytest.raises(ManagedElsewhere, match="Trường THPT Hồng Lĩnh"):
        move(upper.pk, commune.pk)
    with pytest.raises(ManagedElsewhere, match="Trường THCS Đông Khê.*NĐ 142/2025"):
        move(cast.school_a.pk, department.pk)
    move(upper.pk, make_province().pk)
    move(cast.school_a.pk, commune.pk)
