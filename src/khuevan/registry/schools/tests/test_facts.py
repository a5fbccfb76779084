"""What a school is by law on a day, and its codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, Client, actor_of
from tests.factories import TODAY, UNITS_START, make_school

from khuevan.kernel.errors import DomainError
from khuevan.registry.schools.actions import require_fit
from khuevan.registry.schools.errors import FactsNotRecorded, LevelsDontFit, OwnershipDoesntFit
from khuevan.registry.schools.errors_of_founding import (
    FacilityBoardingUnfit,
    FacilityOwnershipUnfit,
    FacilityStandardUnfit,
)
from khuevan.registry.schools.facts import SchoolFacts, facts_of, school_facts
from khuevan.registry.schools.models import (
    EducationLevel,
    Ownership,
    SchoolCode,
    SchoolType,
    SchoolVersion,
)
from khuevan.registry.schools.rules import in_order, levels_fit, levels_offered, ownership_fits
from khuevan.registry.schools.selectors import get_school_for, schools

WHY = "a test"
MERGED = date(2026, 9, 1)


def _merge(school_id: int, on: date = MERGED) -> None:
    rows = SchoolVersion.objects.unscoped(because=WHY).filter(school_id=school_id)
    rows.update(ends_on=on)
    SchoolVersion(
        school_id=school_id,
        school_type="PRIMARY_LOWER_SECONDARY",
        ownership="PUBLIC",
        levels=["TH", "THCS"],
        starts_on=on,
    ).save()


def test_what_is_still_to_come_is_told_from_its_day(cast: Cast, client: Client) -> None:
    _merge(cast.school_a.pk, date(2027, 1, 1))
    page = client.sign_in(cast.thanh).get(f"/schools/{cast.school_a.code}/facts/")
    told = page.content.decode()
    assert "từ 01/01/2027" in told
    assert "01/01/2027 – nay" not in told


def test_a_school_is_what_it_was_on_the_day(cast: Cast) -> None:
    pk = cast.school_a.pk
    _merge(pk)
    before, after = (school_facts(pk, on=day) for day in (MERGED - timedelta(days=1), MERGED))
    assert (before.school_type, before.levels) == ("LOWER_SECONDARY", ("THCS",))
    assert (after.school_type, after.levels) == ("PRIMARY_LOWER_SECONDARY", ("TH", "THCS"))


def test_the_list_says_what_each_school_was_on_the_day(cast: Cast) -> None:
    _merge(cast.school_a.pk)
    actor = actor_of(cast.binh)
    for day, levels in ((MERGED - timedelta(days=1), ["THCS"]), (MERGED, ["TH", "THCS"])):
        assert schools(actor=actor, on=day).get(pk=cast.school_a.pk).levels == levels


@pytest.mark.django_db
def test_a_day_before_anything_is_recorded_is_told() -> None:
    school = make_school()
    with pytest.raises(FactsNotRecorded):
        school_facts(school.pk, on=UNITS_START - timedelta(days=1))
    assert facts_of(None, on=UNITS_START - timedelta(days=1)) == {}


def test_periods_never_overlap(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolVersion(
            school=cast.school_a,
            school_type="PRIMARY",
            ownership="PUBLIC",
            levels=["TH"],
            starts_on=TODAY,
        ).save()


def test_an_old_code_still_finds_the_school(cast: Cast, client: Client) -> None:
    SchoolCode(
        school=cast.school_a, code="42433501", starts_on=date(2000, 1, 1), ends_on=UNITS_START
    ).save()
    actor = actor_of(cast.binh)
    assert get_school_for(actor, "42433501").pk == cast.school_a.pk
    answer = client.sign_in(cast.binh).get("/schools/", {"q": "42433501"})
    assert [row.label for row in answer.context["table"].rows] == ["Trường THCS Đông Khê"]
    assert client.sign_in(cast.mai).get("/schools/42433501/").status_code == 404


@pytest.mark.parametrize("kind", SchoolType.values)
def test_every_type_has_a_rule(kind: str) -> None:
    assert levels_offered(kind) <= set(EducationLevel.values)


@given(
    kind=st.sampled_from(SchoolType.values),
    levels=st.sets(st.sampled_from(EducationLevel.values)),
)
def test_levels_that_fit_are_among_those_offered(kind: str, levels: set[str]) -> None:
    assert not levels_fit(kind, levels) or levels <= levels_offered(kind)
    assert set(in_order(levels)) == levels
    assert list(in_order(levels)) == [one for one in EducationLevel.values if one in levels]


@pytest.mark.parametrize(
    ("kind", "levels", "fit"),
    [
        ("PRIMARY", ["TH"], True),
        ("PRIMARY", ["TH", "THCS"], False),
        ("PRIMARY", [], False),
        ("MULTI_LEVEL", ["THPT"], False),
        ("MULTI_LEVEL", ["TH", "THCS"], False),
        ("MULTI_LEVEL", ["THCS", "THPT"], True),
        ("ETHNIC_BOARDING", ["THCS"], True),
        ("ETHNIC_SEMI_BOARDING", ["THPT"], False),
        ("BOARDING_GENERAL", ["TH", "THCS"], True),
        ("COMMUNITY_LEARNING", [], True),
        ("LANGUAGE_IT_CENTER", ["TH"], False),
        ("VOCATIONAL_SECONDARY", ["THN"], True),
    ],
)
def test_levels_of_a_type(kind: str, levels: list[str], *, fit: bool) -> None:
    assert levels_fit(kind, levels) is fit


@pytest.mark.parametrize("owner", Ownership.values)
def test_only_preschools_are_people_founded(owner: str) -> None:
    assert ownership_fits("PRESCHOOL", owner)
    assert ownership_fits("PRIMARY", owner) is (owner != "COMMUNITY")


def test_contradicting_facts_are_refused() -> None:
    with pytest.raises(LevelsDontFit):
        require_fit(SchoolFacts("PRIMARY", ("THCS",)))
    with pytest.raises(OwnershipDoesntFit):
        require_fit(SchoolFacts("PRIMARY", ("TH",), ownership="COMMUNITY"))


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"ownership": "PUBLIC"}, FacilityOwnershipUnfit),
        ({"boarding": "FULL"}, FacilityBoardingUnfit),
        ({"national_standard": 2}, FacilityStandardUnfit),
    ],
)
def test_what_no_independent_facility_is(more: dict[str, Any], refusal: type[DomainError]) -> None:
    facility = SchoolFacts("INDEPENDENT_PRESCHOOL", ("MN",), ownership="PRIVATE", boarding="DAY")
    require_fit(facility)
    with pytest.raises(refusal):
        require_fit(replace(facility, **more))
    require_fit(SchoolFacts("PRESCHOOL", ("MN",), **more))
