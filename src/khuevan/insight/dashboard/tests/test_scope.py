"""Figures count within the reader's reach; names open to those who may see records."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import make_grant, make_person

from khuevan.insight.dashboard.tests.factories import (
    look,
    make_pupil,
    make_sized_class,
    make_upper_secondary,
    recount,
)
from khuevan.platform.audit.api import AuditEntry

OFFICERS = ("binh", "thanh", "hoa")
SCHOOL = ("hung", "loan")
OTHERS = ("lan", "toan", "mai", "hien", "huong", "minh_anh")


def page_of(code: str, **state: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in state.items())
    return f"{reverse('dashboard:figure', args=[code])}?{query}"


def test_department_counts_every_school(cast: Cast) -> None:
    assert look(actor_of(cast.binh)).total == look().total


def test_commune_counts_the_schools_it_manages(cast: Cast) -> None:
    found = look(actor_of(cast.hoa))
    assert {school.code for school in found.by_school} == {cast.school_a.code, cast.primary.code}
    assert found.total == recount(cast.school_a) + recount(cast.primary)


def test_commune_does_not_see_the_departments_school_inside_it(cast: Cast) -> None:
    _department, upper = make_upper_secondary()
    make_sized_class("10A", upper, 2)
    assert upper.code not in {school.code for school in look(actor_of(cast.hoa)).by_school}
    assert upper.code in {school.code for school in look(actor_of(cast.binh)).by_school}


def test_department_officer_anchored_at_the_department_sees_its_own_schools(cast: Cast) -> None:
    department, upper = make_upper_secondary()
    person = make_person("Hồ Văn Dũng")
    make_grant(person, "department_specialist", unit=department)
    assert [school.code for school in look(actor_of(person)).by_school] == [upper.code]


def test_school_counts_itself(cast: Cast) -> None:
    for person in (cast.hung, cast.loan):
        assert look(actor_of(person)).total == recount(cast.school_a)


def test_those_who_may_open_a_figure(cast: Cast) -> None:
    for name in (*OFFICERS, *SCHOOL):
        client = Client().sign_in(getattr(cast, name))
        for address in (reverse("dashboard:figures"), page_of("pupils"), page_of("records")):
            assert client.get(address).status_code == 200, (name, address)


def test_to_others_there_is_no_figure(cast: Cast) -> None:
    pages = [reverse(f"dashboard:{name}") for name in ("figures", "all_file", "dashboard")]
    for name in OTHERS:
        client = Client().sign_in(getattr(cast, name))
        for address in (*pages, page_of("pupils")):
            assert client.get(address).status_code == 404, (name, address)


def test_the_dashboard_of_many_schools_is_not_a_schools(cast: Cast) -> None:
    for name in SCHOOL:
        client = Client().sign_in(getattr(cast, name))
        assert client.get(reverse("dashboard:dashboard")).status_code == 404


def test_a_school_outside_the_reach_is_absent(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung)
    assert client.get(page_of("pupils", school=cast.school_b.code)).status_code == 404
    assert client.get(page_of("pupils", unit="nowhere")).status_code == 404
    assert client.get(page_of("pupils", level="NOTHING")).status_code == 404
    assert client.get(page_of("pupils", on="2099-01-01")).status_code == 404
    assert client.get(page_of("pupils", on="yesterday")).status_code == 404
    assert client.get(page_of("nothing")).status_code == 404


def test_names_behind_a_figure_for_those_who_may_see_records(cast: Cast) -> None:
    make_pupil(cast.class_6a, "Đinh Thiếu Số")
    for name in ("hung", "loan", "hoa", "binh"):
        client = Client().sign_in(getattr(cast, name))
        page = client.get(page_of("personal-number", school=cast.school_a.code))
        assert "Đinh Thiếu Số" in page.content.decode(), name
    entries = AuditEntry.objects.unscoped(because="test").filter(code="dashboard.names_opened")
    assert {entry.unit_id for entry in entries} == {cast.school_a.pk}
    assert [entry.details["figure"] for entry in entries] == ["personal-number"] * 4


def test_the_director_sees_figures_without_names(cast: Cast, client: Client) -> None:
    make_pupil(cast.class_6a, "Đinh Thiếu Số")
    page = client.sign_in(cast.thanh).get(page_of("personal-number", school=cast.school_a.code))
    assert page.status_code == 200
    assert "Đinh Thiếu Số" not in page.content.decode()
    assert not AuditEntry.objects.unscoped(because="test").filter(code="dashboard.names_opened")


def test_names_come_in_pages_that_miss_nobody(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khuevan.insight.dashboard.selectors.rows.PAGE_SIZE", 2)
    monkeypatch.setattr("khuevan.insight.dashboard.opened.PAGE_SIZE", 2)
    client.sign_in(cast.loan)
    address, names = page_of("records"), []
    while address:
        listed = client.get(address).context["names"]
        names += [row["label"] for row in listed["rows"]]
        address = listed["more_url"]
    total = look(school=cast.school_a.code).total
    assert len(names) == len(set(names)) == total.pupils - total.complete
