"""Lists of pupils: filters in the address, parts, counts, paper and files."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.cast import Cast, Client, actor_of
from tests.factories import make_full_class, make_student

from khuevan.platform.audit.api import AuditEntry, entries
from khuevan.registry.students.tables import StudentTable


def names(page: Any) -> list[str]:
    """Return the names that a page of the list shows."""
    return [row.label for row in page.context["table"].rows]


def listed(client: Client, **query: Any) -> Any:
    """Open the list."""
    return client.get(reverse("students:list"), query)


def test_count_says_how_many_of_how_many(cast: Cast, client: Client) -> None:
    table = listed(client.sign_in(cast.loan), **{"class": str(cast.class_6a.uuid)}).context["table"]
    assert (table.matching_count, table.total_count) == (3, 4)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "minh anh"}, ["Phạm Minh Anh"]),
        ({"q": "Đức  ANH"}, ["Trần Đức Anh"]),
        ({"q": "042315000482"}, ["Phạm Minh Anh"]),
        ({"q": "042 315 000 482"}, ["Phạm Minh Anh"]),
        ({"sex": "MALE"}, ["Bùi Quốc Bảo"]),
        ({"sex": "MALE", "q": "anh"}, []),
        ({"lacking": "ethnicity", "sex": "MALE"}, ["Bùi Quốc Bảo"]),
        ({"grade": "7"}, []),
        (
            {"grade": "nonsense"},
            ["Lê Ngọc Khánh An", "Phạm Minh Anh", "Trần Đức Anh", "Bùi Quốc Bảo"],
        ),
        ({"sort": "-name"}, ["Bùi Quốc Bảo", "Trần Đức Anh", "Phạm Minh Anh", "Lê Ngọc Khánh An"]),
        ({"sort": "class"}, ["Lê Ngọc Khánh An", "Phạm Minh Anh", "Trần Đức Anh", "Bùi Quốc Bảo"]),
    ],
)
def test_address_narrows_and_orders(
    cast: Cast, client: Client, query: dict[str, str], expected: list[str]
) -> None:
    assert names(listed(client.sign_in(cast.loan), **query)) == expected


def grades_offered(page: Any) -> set[str]:
    """Return the codes of the grades that the list can be narrowed to."""
    bound = next(one for one in page.context["table"].bound if one.filter.key == "grade")
    return {choice.value for choice in bound.filter.choices}


def test_a_lower_secondary_school_is_offered_its_own_grades(cast: Cast, client: Client) -> None:
    assert grades_offered(listed(client.sign_in(cast.loan))) <= {"6", "7", "8", "9"}


def test_a_level_asked_for_narrows_the_grades(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    assert grades_offered(listed(client, level="THCS")) <= {"6", "7", "8", "9"}


def test_class_of_another_school_is_no_filter(cast: Cast, client: Client) -> None:
    page = listed(client.sign_in(cast.loan), **{"class": str(cast.class_b.uuid)})
    assert len(names(page)) == 4


def test_parts_follow_each_other_without_gap_or_double(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StudentTable, "page_size", 20)
    make_full_class("8A", school=cast.school_a, size=45)
    make_student("Tạ Yến Nhi", school=cast.school_a)
    client.sign_in(cast.loan)
    for sort in ("name", "-name", "class", "-class"):
        seen: list[str] = []
        url = f"{reverse('students:list')}?sort={sort}"
        while url:
            page = client.get(url)
            seen += [row.key for row in page.context["table"].rows]
            url = page.context["table"].more_url
        assert len(seen) == len(set(seen)) == 50, sort


def test_htmx_gets_the_next_rows_alone(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StudentTable, "page_size", 2)
    client.sign_in(cast.loan)
    url = listed(client).context["table"].more_url
    answer = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert answer.count("<tr") == 2
    assert "<html" not in answer
    assert 'id="more"' in answer


def test_place_that_nobody_signed_is_the_beginning(cast: Cast, client: Client) -> None:
    page = listed(client.sign_in(cast.loan), after="WyJ4Il0:1abc:forged")
    assert len(names(page)) == 4


def test_search_without_a_hit_offers_to_clear(cast: Cast, client: Client) -> None:
    page = listed(client.sign_in(cast.loan), q="không có ai")
    assert page.context["table"].is_empty
    assert f'href="{reverse("students:list")}"' in page.content.decode()


def test_officer_sees_the_school_beside_the_name(cast: Cast, client: Client) -> None:
    content = listed(client.sign_in(cast.binh)).content.decode()
    assert "THCS Ninh Hải" in content
    assert "Tiểu học Đông Khê" in content


def test_officer_narrows_by_school(cast: Cast, client: Client) -> None:
    page = listed(client.sign_in(cast.binh), school=cast.school_b.code)
    assert names(page) == ["Hồ Đăng Khoa"]


def test_print_holds_the_same_rows(cast: Cast, client: Client) -> None:
    page = client.sign_in(cast.loan).get(reverse("students:print"), {"sex": "MALE"})
    assert [row.label for row in page.context["rows"]] == ["Bùi Quốc Bảo"]
    noted = entries(actor=actor_of(cast.hung)).filter(code="students.exported").get()
    assert noted.details["count"] == 1


def test_paper_leaves_by_the_right_that_files_take(cast: Cast, client: Client) -> None:
    for reader in (cast.binh, cast.hoa, cast.huong):
        assert client.sign_in(reader).get(reverse("students:print")).status_code in {403, 404}


def export(client: Client, *, query: str = "", **values: Any) -> Any:
    """Send the form that asks for a file."""
    sent = {"purpose": "EXAM", "note": "thi tháng 12", "kind": "xlsx"} | values
    return client.post(reverse("students:export") + query, sent)


def sheet(response: Any) -> list[list[Any]]:
    """Return the cells of the first sheet of a workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    return book.get_sheet_by_index(0).to_python()


def test_file_holds_what_the_list_shows_and_nothing_private(cast: Cast, client: Client) -> None:
    response = export(client.sign_in(cast.lan), query="?sex=FEMALE")
    rows = sheet(response)
    assert [row[0] for row in rows[1:]] == ["Lê Ngọc Khánh An", "Phạm Minh Anh", "Trần Đức Anh"]
    assert "042315000482" not in str(rows)
    entry = AuditEntry.objects.unscoped(because="a test").get(code="students.exported")
    assert entry.details["count"] == 3
    assert entry.details["purpose"] == "EXAM: thi tháng 12"


def test_purpose_has_to_be_given(cast: Cast, client: Client) -> None:
    response = export(client.sign_in(cast.lan), purpose=" ")
    assert response.status_code == 422
    assert not AuditEntry.objects.unscoped(because="a test").filter(code="students.exported")


def test_office_may_ask_for_numbers_as_text(cast: Cast, client: Client) -> None:
    rows = sheet(export(client.sign_in(cast.loan), columns=["personal_number", "ethnicity"]))
    row = next(row for row in rows if row[0] == "Phạm Minh Anh")
    assert "042315000482" in row
    assert "Kinh" in row


def test_teacher_cannot_ask_for_numbers(cast: Cast, client: Client) -> None:
    response = export(client.sign_in(cast.lan), columns=["personal_number"])
    assert response.status_code == 422


def test_formula_in_a_name_stays_letters(cast: Cast, client: Client) -> None:
    person = make_student("Vũ Đan Anh", school=cast.school_a).person
    person.set_name("=HYPERLINK", "", "Anh")  # as it may stand in data from elsewhere
    person.save()
    client.sign_in(cast.loan)
    text = export(client, kind="csv").content.decode("utf-8-sig")
    first = [row[0] for row in csv.reader(io.StringIO(text))]
    assert "'=HYPERLINK Anh" in first
    assert "=HYPERLINK Anh" in [row[0] for row in sheet(export(client))]
