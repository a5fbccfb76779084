"""A condition that does not fit, or names nothing, is refused by name and never ignored."""

from __future__ import annotations

import pytest
from tests.cast import Cast, Client

pytestmark = pytest.mark.django_db


def test_a_condition_that_does_not_fit_is_named(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung)
    misfits = (
        {"of": "classes", "sex": "FEMALE"}, {"of": "classes", "residence": "18685"},
        {"of": "staff", "grade": "9"}, {"position": "TEACHER"}, {"unit": "zz"},
        {"ethnicity": "Kinh"}, {"residence": "99999"}, {"age": "-1"}, {"grade": "77"},
    )  # fmt: skip
    for query in misfits:
        refused = client.get("/api/v1/counts", query)
        assert (refused.status_code, refused.json()["code"]) == (422, "rollup.no_such_count"), query
        assert next(name for name in query if name != "of") in refused.json()["detail"]
    for query in ({"sex": "FEMALE"}, {"ethnicity": "01"}, {"age": "12"}, {"grade": "6"}):
        assert client.get("/api/v1/counts", query).status_code == 200, query
    moved = {"of": "pupils", "sex": "FEMALE"}
    assert client.get("/api/v1/counts/compare", {**moved, "position": "TEACHER"}).status_code == 422
    for query in misfits[:6]:
        page = client.get("/counts/", query)
        assert (page.status_code, page.context["refused"] != "") == (200, True), query
