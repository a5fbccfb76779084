"""The log as people read it, within their reach."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW

from khuevan.platform.audit.api import (
    AuditEntry,
    batch,
    record,
    record_view,
    view_lines,
)

pytestmark = pytest.mark.django_db

CODE = "jobs.stopped"
LIST = "/audit/"


def written(cast: Cast, *, number: UUID | None = None, days: int = 0, **values: Any) -> AuditEntry:
    given = {
        "actor": actor_of(cast.loan),
        "at": NOW - timedelta(days=days),
        "target": cast.minh_anh.person,
        "unit_id": cast.school_a.pk,
        **values,
    }
    with batch(request_id=number or uuid4()):
        return record(CODE, **given)


def shown(client: Client, **query: Any) -> str:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_principal_reads_who_did_what(cast: Cast, client: Client) -> None:
    written(cast)
    html = shown(client.sign_in(cast.hung), code=CODE)
    assert "Phan Thị Loan" in html
    assert "Phạm Minh Anh" in html
    assert "Trường THCS Đông Khê" in html
    assert "08:15, 23/11/2026" in html


@pytest.mark.parametrize("who", ["lan", "mai", "huong", "minh_anh"])
def test_those_without_the_permission_find_no_page(cast: Cast, client: Client, who: str) -> None:
    entry = written(cast)
    client.sign_in(getattr(cast, who))
    assert client.get(LIST).status_code == 404
    assert client.get(reverse("audit:entry", args=[entry.uuid])).status_code == 404


def test_another_unit_is_out_of_reach(cast: Cast, client: Client) -> None:
    entry = written(cast, unit_id=cast.school_b.pk)
    client.sign_in(cast.hung)
    assert "Phan Thị Loan" not in shown(client, code=CODE)
    assert client.get(reverse("audit:entry", args=[entry.uuid])).status_code == 404


def test_filters(cast: Cast, client: Client) -> None:
    number = uuid4()
    written(cast, number=number, days=10)
    client.sign_in(cast.hung)
    day = (NOW - timedelta(days=10)).date().isoformat()
    found = [
        {"who": "loan"},
        {"who": "Minh Anh"},
        {"unit": "đông khê"},
        {"unit": "42000501"},
        {"since": day, "until": day},
        {"request": str(number)},
    ]
    missed = [
        {"who": "Toàn"},
        {"unit": "ninh hải"},
        {"since": NOW.date().isoformat()},
        {"until": (NOW - timedelta(days=11)).date().isoformat()},
        {"request": str(uuid4())},
    ]
    assert all("Phan Thị Loan" in shown(client, code=CODE, **one) for one in found)
    assert not any("Phan Thị Loan" in shown(client, code=CODE, **one) for one in missed)


@pytest.mark.parametrize(
    "query",
    [
        {"since": "31/02/2026"},
        {"request": "7"},
        {"code": "no.such"},
        {"since": "2026-11-20", "until": "2026-11-01"},
    ],
)
def test_a_wrong_filter_is_told_and_never_a_fault(
    cast: Cast, client: Client, query: dict[str, str]
) -> None:
    assert 'role="alert"' in shown(client.sign_in(cast.hung), **query)


def test_an_entry_opens_to_what_changed_and_what_went_with_it(cast: Cast, client: Client) -> None:
    number = uuid4()
    entry = written(
        cast,
        number=number,
        before={"full_name": "Minh An"},
        after={"full_name": "Minh Anh"},
    )
    other = written(cast, number=number)
    html = client.sign_in(cast.hung).get(reverse("audit:entry", args=[entry.uuid])).content.decode()
    assert '<del class="del">An</del>' in html
    assert '<ins class="ins">Anh</ins>' in html
    assert reverse("audit:entry", args=[other.uuid]) in html
    assert f"?request={number}" in html


def test_a_long_log_costs_the_same(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(60):
        written(cast)
    client.sign_in(cast.hung)
    shown(client, code=CODE)
    with django_assert_max_num_queries(14):
        html = shown(client, code=CODE)
    assert html.count('class="row-link"') == 50
    assert "after=" in html


def test_a_request_puts_its_number_on_what_it_writes(cast: Cast, client: Client) -> None:
    job = apps.get_model("jobs.Job").objects.create(
        kind="jobs.upkeep", owner=cast.loan, owner_label="x", created_at=NOW
    )
    response = client.sign_in(cast.loan).post(reverse("jobs:stop", args=[job.uuid]))
    entry = AuditEntry.objects.unscoped(because="tests").get(code=CODE)
    assert str(entry.request_id) == response["X-Request-ID"]


class TestWhoLooked:
    """The list for the person, the family and the school."""

    def look(self, cast: Cast, who: Any, *, days: int = 0) -> None:
        record_view(
            actor=actor_of(who),
            person_id=cast.minh_anh.person_id,
            unit_id=cast.school_a.pk,
            what="overview",
            at=NOW - timedelta(days=days),
        )

    def test_the_mother_reads_who_looked_at_her_child(self, cast: Cast) -> None:
        self.look(cast, cast.lan)
        (line,) = view_lines(actor=actor_of(cast.huong), person_id=cast.minh_anh.person_id)
        assert line.who == "Nguyễn Thị Lan"
        assert line.unit == "Trường THCS Đông Khê"

    def test_a_stranger_reads_nothing(self, cast: Cast) -> None:
        self.look(cast, cast.lan)
        for who in (cast.mai, cast.lan):
            assert view_lines(actor=actor_of(who), person_id=cast.minh_anh.person_id) == []

    def test_looking_at_oneself_is_not_noted(self, cast: Cast) -> None:
        self.look(cast, cast.minh_anh)
        assert view_lines(actor=actor_of(cast.huong), person_id=cast.minh_anh.person_id) == []


def test_a_run_of_the_same_is_one_line_until_it_is_looked_for(cast: Cast, client: Client) -> None:
    for _number in range(4):
        written(cast)
    client.sign_in(cast.hung)
    assert "cùng 3 việc như vậy" in shown(client)
    assert shown(client, code=CODE).count("Phan Thị Loan") >= 4
