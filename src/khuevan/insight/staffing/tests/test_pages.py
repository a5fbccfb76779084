"""The pages: offices see figures of all schools, the school its rows; one teacher less."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from python_calamine import load_workbook
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_staff, make_year

from khuevan.insight.staffing import selectors
from khuevan.insight.staffing.behind import pupils_by_level
from khuevan.insight.staffing.models import PostCount
from khuevan.insight.staffing.selectors import Asked
from khuevan.insight.staffing.upkeep import refresh
from khuevan.registry.curriculum.actions import set_zone
from khuevan.registry.curriculum.api import fill_plans
from khuevan.registry.staff.models import StaffSubject

pytestmark = pytest.mark.django_db
TABLES = (
    "/staffing/",
    "/staffing/?by=commune",
    "/staffing/?by=school",
    "/staffing/?level=THCS",
    "/staffing/?level=THCS&post=Toán&by=school",
    "/staffing/?level=THCS&post=Toán&by=commune",
)


def counted(cast: Cast) -> None:
    """Plan the classes of school A, with a teacher more of mathematics, and count all schools."""
    fill_plans(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    member = make_staff("Lê Thị Dôi", school=cast.school_a)
    StaffSubject.objects.unscoped(because="a test").create(
        staff_member=member, person=member.person, subject_name="Toán", tie="TEACHES",
        starts_on=TODAY,
    )  # fmt: skip
    refresh(on=TODAY, now=NOW)


def post(cast: Cast, subject: str) -> str:
    """Return the address of a post of school A."""
    return f"/staffing/schools/{cast.school_a.code}/THCS/{subject}/"


def test_an_office_sees_every_table_and_no_name(cast: Cast, client: Client) -> None:
    counted(cast)
    client.sign_in(cast.binh)
    for path in TABLES:
        response = client.get(path)
        assert response.status_code == 200, path
        assert "Lê Thị Dôi" not in response.content.decode(), path
    assert client.get("/staffing/?commune=nowhere").status_code == 404
    assert client.get("/staffing/?post=Thiên+văn").status_code == 404


def test_before_the_first_count_the_page_says_so(cast: Cast, client: Client) -> None:
    said = client.sign_in(cast.binh).get("/staffing/").content.decode()
    assert "Mỗi đêm máy đếm giáo viên" in said


def test_a_principal_comes_to_the_own_school_and_sees_who(cast: Cast, client: Client) -> None:
    counted(cast)
    client.sign_in(cast.hung)
    response = client.get("/staffing/")
    assert response.headers["Location"].endswith(f"/staffing/schools/{cast.school_a.code}/")
    assert "Toán" in client.get(response.headers["Location"]).content.decode()
    said = client.get(post(cast, "Toán")).content.decode()
    assert "Lê Thị Dôi" in said
    assert cast.class_6b.name in said


@pytest.mark.parametrize("who", ["lan", "huong"])
def test_teachers_and_families_see_nothing(cast: Cast, client: Client, who: str) -> None:
    counted(cast)
    client.sign_in(getattr(cast, who))
    for path in ("/staffing/", f"/staffing/schools/{cast.school_a.code}/", post(cast, "Toán")):
        assert client.get(path).status_code in {403, 404}, path


def test_one_teacher_less_is_told_before_and_after(cast: Cast, client: Client) -> None:
    counted(cast)
    client.sign_in(cast.hung)
    page = client.get(post(cast, "Toán")).content.decode()
    links = re.findall(r'href="([^"]*without=[0-9a-f-]{36}[^"]*)"', page)
    assert links
    before = selectors.by_post(actor=actor_of(cast.hung), on=TODAY, asked=Asked("THCS", "Toán"))[0]
    for link in (links[0].split("#")[0], f"{post(cast, 'Toán')}?without=one"):
        said = client.get(link).content.decode()
        assert 'id="without"' in said
        whole = int(before.sums.available) - 1
        assert f"<strong>{whole}</strong>" in said
    assert client.get(f"{post(cast, 'Toán')}?without={cast.hung.uuid}").status_code == 404


def test_sums_are_those_of_the_rows(cast: Cast) -> None:
    counted(cast)
    actor = actor_of(cast.binh)
    rows = PostCount.objects.unscoped(because="a test").filter(needed__isnull=False)
    needed = sum(row.needed or 0 for row in rows.exclude(post=""))
    for read in (selectors.by_post, selectors.by_commune, selectors.by_school):
        lines = read(actor=actor, on=TODAY, asked=Asked())
        total = selectors.total(one.sums for one in lines)
        assert total.needed == needed
        assert total.difference == total.spare - total.missing
        missing = [one.sums.missing for one in lines]
        assert missing == sorted(missing, reverse=True), "most missing first"


def test_the_file_names_nobody_and_has_every_row(cast: Cast, client: Client) -> None:
    counted(cast)
    response = client.sign_in(cast.binh).get("/staffing/staffing.xlsx")
    book = load_workbook(BytesIO(response.content))
    assert len(book.sheet_names) == 4
    told = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
            for cell in row]  # fmt: skip
    assert cast.school_a.code in told
    assert "Toán" in told
    assert "Lê Thị Dôi" not in told


def test_queries_do_not_grow_with_schools(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    counted(cast)
    actor = actor_of(cast.binh)
    for read in (selectors.by_post, selectors.by_commune, selectors.by_school):
        with django_assert_max_num_queries(6):  # type: ignore[operator]
            read(actor=actor, on=TODAY, asked=Asked())


def test_programs_read_the_same(cast: Cast, client: Client) -> None:
    counted(cast)
    client.sign_in(cast.binh)
    told = client.get("/api/v1/staffing/subjects?level=THCS").json()
    assert {one["level"] for one in told["items"]} == {"THCS"}
    one = client.get(f"/api/v1/staffing/schools/{cast.school_a.code}").json()
    toan = next(row for row in one["posts"] if row["post"] == "Toán")
    listed = next(row for row in told["items"] if row["code"] == "Toán")
    assert toan["needed"] == pytest.approx(listed["needed"])
    assert toan["word"] in {"short", "met", "over"}


def test_a_school_sees_how_many_classes_its_pupils_are_by_the_average(
    cast: Cast, client: Client
) -> None:
    counted(cast)
    pupils = pupils_by_level(cast.school_a, TODAY)["THCS"]
    assert pupils
    client.sign_in(cast.hung)
    told = client.get(f"/staffing/schools/{cast.school_a.code}/").content.decode()
    assert f"{pupils} học sinh chia 45 học sinh/lớp ở vùng 3" in told
    set_zone(
        actor=actor_of(cast.hung), school=cast.school_a, zone=1, basis="", starts_on=TODAY, now=NOW
    )
    told = client.get(f"/staffing/schools/{cast.school_a.code}/").content.decode()
    assert f"{pupils} học sinh chia 35 học sinh/lớp ở vùng 1" in told
