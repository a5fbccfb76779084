"""Plans, who teaches, loads and the programme for programs, and the feed's rows."""

from __future__ import annotations

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_staff, make_year

from khuevan.registry.curriculum import actions

pytestmark = pytest.mark.django_db
API = "/api/v1"


def test_plans_teachers_and_loads(cast: Cast, client: Client) -> None:
    actions.fill_plans(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    make_staff("Đỗ Văn Toán", school=cast.school_a, teaches=(cast.class_6b,))
    client.sign_in(cast.hung)
    school = f"{API}/schools/{cast.school_a.code}"
    plans = client.get(f"{school}/class-plans?grade=6").json()
    assert {(one["annual"], tuple(one["faults"])) for one in plans} == {(1015, ())}
    toan = next(one for one in plans[0]["subjects"] if one["subject"] == "Toán")
    assert (sum(toan["weeks"]), toan["assessed_by"]) == (140, "COMMENT_AND_SCORE")
    taught = client.get(f"{school}/assignments").json()
    assert "Đỗ Văn Toán" in {one["full_name"] for one in taught}
    fed = client.get(f"{API}/changes/snapshot?resource=class_subjects").json()
    assert [4] * 35 in [one["data"]["weeks"] for one in fed["items"]]
    loads = client.get(f"{school}/loads?term=2").json()
    assert {one["norm"] for one in loads if one["position"] == "TEACHER"} == {19}
    assert client.get(f"{school}/loads?term=3").status_code == 404
    assert client.get(f"{school}/class-plans?year=1900-1901").status_code == 404


def test_the_programme_of_any_year(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung)
    old = client.get(f"{API}/programme?grade=9&year=2023").json()
    new = client.get(f"{API}/programme?grade=9").json()
    names = [{one["component"] for one in rows} for rows in (old, new)]
    assert "PHYSICS" in names[0] - names[1]
    assert "NATURAL_SCIENCE" in names[1] - names[0]
    assert client.get(f"{API}/programme?grade=9&year=1800").json() == []
