"""The list of schools and the pages of one."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_class, make_grade, make_year

from khuevan.registry.schools import actions
from khuevan.registry.schools.models import School

ALL = ("lan", "hung", "loan", "toan", "mai", "binh", "hoa", "thanh", "hien", "huong", "minh_anh")
OF_A = {"lan", "hung", "loan", "toan", "binh", "hoa", "thanh"}


def listed(client: Client, **query: Any) -> list[str]:
    """Return the names that the list of schools shows."""
    table = client.get(reverse("schools:list"), query).context["table"]
    return [row.label for row in table.rows]


@pytest.mark.parametrize("name", ALL)
def test_school_opens_for_its_people_and_officers(cast: Cast, client: Client, name: str) -> None:
    client.sign_in(getattr(cast, name))
    url = reverse("schools:school", args=[cast.school_a.code])
    assert client.get(url).status_code == (200 if name in OF_A else 404)


def test_the_window_of_each_page_of_a_school_is_named_for_it(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung)
    home = client.get(reverse("schools:school", args=[cast.school_a.code]))
    pages = [one["url"] for one in home.context["tabs"]]
    titles = {_title(client.get(page).content.decode()) for page in pages}
    assert len(titles) == len(pages) > 3
    assert all(cast.school_a.code not in one and one.endswith("Khuê Văn") for one in titles)


def _title(page: str) -> str:
    return " ".join(page.partition("<title>")[2].partition("</title>")[0].split())


@pytest.mark.parametrize("name", ALL)
def test_history_is_for_whoever_reads_the_log(cast: Cast, client: Client, name: str) -> None:
    client.sign_in(getattr(cast, name))
    url = reverse("schools:history", args=[cast.school_a.code])
    assert client.get(url).status_code == (200 if name in {"hung", "thanh", "hien"} else 404)


def test_signed_out_is_sent_to_sign_in(cast: Cast, client: Client) -> None:
    for url in (
        reverse("schools:list"),
        reverse("schools:file", args=["xlsx"]),
        reverse("schools:school", args=[cast.school_a.code]),
        reverse("schools:history", args=[cast.school_a.code]),
    ):
        assert client.get(url).status_code == 302, url


@pytest.mark.parametrize("name", ["hien", "huong", "minh_anh"])
def test_list_is_absent_without_the_permission(cast: Cast, client: Client, name: str) -> None:
    client.sign_in(getattr(cast, name))
    assert client.get(reverse("schools:list")).status_code == 404
    assert client.get(reverse("schools:file", args=["xlsx"])).status_code == 404


def test_officer_sees_all_schools_in_vietnamese_order(cast: Cast, client: Client) -> None:
    assert listed(client.sign_in(cast.binh)) == [
        "Trường THCS Đông Khê",
        "Trường THCS Ninh Hải",
        "Trường Tiểu học Đông Khê",
    ]


def test_commune_officer_sees_her_communes_schools(cast: Cast, client: Client) -> None:
    assert listed(client.sign_in(cast.hoa)) == ["Trường THCS Đông Khê", "Trường Tiểu học Đông Khê"]


@pytest.mark.parametrize(
    ("query", "count"),
    [({"level": "TH"}, 1), ({"level": ["TH", "THCS"]}, 3), ({"q": "dong khe"}, 2),
     ({"q": "42000502"}, 1), ({"type": "GIFTED"}, 0), ({"area": "nowhere"}, 3)],
)  # fmt: skip
def test_list_narrows(cast: Cast, client: Client, query: dict[str, Any], count: int) -> None:
    assert len(listed(client.sign_in(cast.binh), **query)) == count


def test_figures_stand_beside_the_name(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    table = client.get(reverse("schools:list"), {"q": "42000501"}).context["table"]
    (row,) = table.part[0]
    numbers = {c.key: c.value(row) for c in table.shown if c.key in table.numbers}
    assert numbers == {"classes": 3, "pupils": 4, "staff": 4, "numbers": 3}


def test_file_holds_the_same_rows(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hoa)
    response = client.get(reverse("schools:file", args=["xlsx"]), {"level": "TH"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == ["Trường Tiểu học Đông Khê"]


def test_unknown_kind_of_file_is_absent(cast: Cast, client: Client) -> None:
    assert client.sign_in(cast.binh).get(reverse("schools:file", args=["pdf"])).status_code == 404


@pytest.mark.parametrize("name", ["loan", "lan", "hung"])
def test_who_has_one_school_goes_to_its_page(cast: Cast, client: Client, name: str) -> None:
    response = client.sign_in(getattr(cast, name)).get(reverse("schools:list"))
    assert response["Location"] == reverse("schools:school", args=[cast.school_a.code])


def test_figures_open_their_rows_only_for_whoever_may_see_them(cast: Cast, client: Client) -> None:
    url = reverse("schools:school", args=[cast.school_a.code])
    rows = reverse("students:school", args=[cast.school_a.code])

    def opens(name: str) -> set[str]:
        kpis = client.sign_in(getattr(cast, name)).get(url).context["kpis"]
        return {str(kpi["label"]) for kpi in kpis if kpi.get("url", "").startswith(rows)}

    assert len(opens("loan")) == 2
    assert opens("lan") == set()
    assert opens("thanh") == set()


def test_history_tells_what_was_done_here(cast: Cast, client: Client) -> None:
    actions.open_class(
        actor=actor_of(cast.loan),
        school_id=cast.school_a.pk,
        academic_year=make_year(),
        grade_level=make_grade("6"),
        name="6C",
        session="MORNING",
        now=NOW,
    )
    client.sign_in(cast.hung)
    page = client.get(reverse("schools:history", args=[cast.school_a.code]))
    first = page.context["events"][0]
    assert "6C" in first.title
    assert first.text.startswith("Phan Thị Loan")


def test_nothing_of_another_school_is_in_the_history(cast: Cast, client: Client) -> None:
    make_class("8K", school=cast.school_b)
    make_class("8H", school=cast.school_a)

    def told(person: Any, school: School) -> str:
        page = client.sign_in(person).get(reverse("schools:history", args=[school.code]))
        assert page.status_code == 200
        return " ".join(event.title for event in page.context["events"])

    assert "8K" in told(cast.thanh, cast.school_b)
    for person in (cast.hung, cast.thanh):
        here = told(person, cast.school_a)
        assert "8H" in here
        assert "8K" not in here
