"""The first page of every hat, the dashboard's parts, its files and its cost."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.cast import Cast, Client
from tests.factories import make_person, make_school, make_staff

from khuevan.insight.dashboard.tests.factories import (
    make_pupil,
    make_sized_class,
    make_upper_secondary,
)

pytestmark = pytest.mark.usefixtures("pinned_day")

MOST_QUERIES = 28


def home(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_signed_out_leads_to_the_sign_in_page(client: Client, db: None) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_department_opens_on_the_province(cast: Cast, client: Client) -> None:
    page = home(client.sign_in(cast.binh))
    assert "Toàn tỉnh hôm nay" in page
    assert "Thứ Hai, 23/11/2026 · tuần 12 học kỳ I · số liệu lúc" in page


def test_commune_opens_on_itself(cast: Cast, client: Client) -> None:
    assert "UBND xã Đông Khê hôm nay" in home(client.sign_in(cast.hoa))


def test_school_opens_on_its_classes_and_gaps(cast: Cast) -> None:
    for person in (cast.hung, cast.loan):
        page = home(Client().sign_in(person))
        assert "Lớp và sĩ số" in page
        assert "Chưa có số định danh" in page
        assert reverse("students:class", args=[cast.school_a.code, cast.class_6a.uuid]) in page
        assert ("Lượt xem hồ sơ học sinh" in page) == (person == cast.hung)


def test_teacher_opens_on_her_own_classes_only(cast: Cast, client: Client) -> None:
    make_pupil(cast.class_6b, "Đinh Của Lớp Bạn")
    page = home(client.sign_in(cast.lan))
    assert "Lớp 6A tôi chủ nhiệm" in page
    assert "Lê Ngọc Khánh An" in page
    assert "hồ sơ còn thiếu thông tin" in page
    assert "Hiện không có việc nào chờ" not in page
    assert "Đinh Của Lớp Bạn" not in page
    assert "Hồ Đăng Khoa" not in page


def test_subject_teacher_has_no_names(cast: Cast, client: Client) -> None:
    page = home(client.sign_in(cast.toan))
    assert "Toán · 3 em" in page
    assert "Lê Ngọc Khánh An" not in page


def test_teacher_without_a_class_is_told_so(cast: Cast, client: Client) -> None:
    newcomer = make_staff("Vũ Thị Mới", school=cast.school_a).person
    assert "chưa có lớp" in home(client.sign_in(newcomer))


def test_protection_officer_opens_on_the_logs(cast: Cast, client: Client) -> None:
    page = home(client.sign_in(cast.hien))
    assert "Nhật ký thao tác" in page
    assert "Lượt xem hồ sơ học sinh" in page


def test_family_opens_on_the_child(cast: Cast, client: Client) -> None:
    assert "Chủ nhiệm" in home(client.sign_in(cast.huong))


def test_somebody_without_a_role_is_told_what_to_do(client: Client, db: None) -> None:
    assert "chưa có vai trò nào" in home(client.sign_in(make_person("Cao Không Vai")))


def test_the_dashboard_moves_when_a_pupil_comes(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    before = client.get("/").context["kpis"][0]["value"]
    make_pupil(cast.class_6a)
    assert int(client.get("/").context["kpis"][0]["value"]) == int(before) + 1


def test_filters_narrow_every_part(cast: Cast, client: Client) -> None:
    _department, upper = make_upper_secondary()
    make_sized_class("10A", upper, 1)
    client.sign_in(cast.binh)
    narrowed = client.get("/", {"level": "THPT"}).context
    assert narrowed["kpis"][0]["value"] == "1"
    assert [bar.label for bar in narrowed["bars"]] == ["THPT"]
    of_department = client.get("/", {"unit": "42-SO"}).context
    assert of_department["kpis"][0]["value"] == "1"
    assert [row.label for row in of_department["heat"].rows] == ["THPT Đông Khê"]


def test_charts_have_their_table_one_press_away(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    chart = client.get("/").content.decode()
    assert "grades=table" in chart
    table = client.get("/", {"grades": "table", "levels": "table"}).content.decode()
    assert "Khối 6" in table
    assert "Sĩ số bình quân" in table


def test_without_history_nothing_is_compared(cast: Cast, client: Client) -> None:
    context = client.sign_in(cast.binh).get("/").context
    assert context["since"] == ""
    assert all(bar.change is None for bar in context["bars"])


def test_schools_without_a_list_wait_for_the_officer(cast: Cast, client: Client) -> None:
    make_school("Trường THCS Chưa Nhập")
    labels = [str(task.label) for task in client.sign_in(cast.binh).get("/").context["tasks"]]
    assert "1 trường chưa có danh sách học sinh" in labels


def test_files_hold_the_same_numbers_and_no_names(cast: Cast) -> None:
    for person in (cast.binh, cast.hoa, cast.hung):
        client = Client().sign_in(person)
        response = client.get(reverse("dashboard:figure_file", args=["pupils"]))
        book = CalamineWorkbook.from_filelike(BytesIO(response.content))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        rows = [row for sheet in sheets for row in sheet]
        shown = client.get(reverse("dashboard:figure", args=["pupils"])).context["kpi"]["value"]
        by_school = [
            int(str(row[-1]).split(".")[0]) for row in sheets[1] if str(row[2]).isdecimal()
        ]
        assert sum(by_school) == int(shown)
        assert not any("Minh Anh" in str(cell) for row in rows for cell in row)


def test_all_figures_as_a_file(cast: Cast, client: Client) -> None:
    response = client.sign_in(cast.binh).get(reverse("dashboard:all_file"))
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    assert len(book.sheet_names) == 2


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_more_schools_cost_no_more_queries(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    addresses = ("/", "/figures/", "/figures/records/", "/figures/over-norm/")
    before = [queries_of(client, address) for address in addresses]
    for number in range(3):
        make_sized_class("6A", make_school(f"Trường THCS Thêm {number}"), 1)
    assert [queries_of(client, address) for address in addresses] <= before
    assert max(before) <= MOST_QUERIES


def test_figures_are_found_by_those_who_may_open_them(cast: Cast) -> None:
    address = reverse("dashboard:figure", args=["class-size"])
    for name, finds in (("hung", True), ("binh", True), ("lan", False), ("huong", False)):
        client = Client().sign_in(getattr(cast, name))
        page = client.get(reverse("search:results"), {"q": "sĩ số bình quân"})
        assert (address in page.content.decode()) == finds, name
