"""The page of a class."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_full_class, make_student

from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.students import actions


def url_of(cast: Cast, route: str = "class") -> str:
    """Return an address of class 6A."""
    return reverse(f"students:{route}", args=[cast.school_a.code, cast.class_6a.uuid])


def test_whole_roll_stands_in_two_columns(cast: Cast, client: Client) -> None:
    room = make_full_class("8A", school=cast.school_a, size=45)
    url = reverse("students:class", args=[cast.school_a.code, room.uuid])
    page = client.sign_in(cast.loan).get(url)
    assert [len(half) for half in page.context["halves"]] == [23, 22]
    assert page.context["roll"][-1].number == 45


def test_who_sees_no_names_is_told_the_number(cast: Cast, client: Client) -> None:
    page = client.sign_in(cast.thanh).get(url_of(cast))
    seen = client.sign_in(cast.loan).get(url_of(cast))
    assert page.context["roll"] == []
    told = page.context["size"], page.context["girls"]
    assert told == (seen.context["size"], seen.context["girls"]) != (0, 0)
    assert "chưa có học sinh" not in page.content.decode()


def test_small_class_stands_in_one(cast: Cast, client: Client) -> None:
    page = client.sign_in(cast.lan).get(url_of(cast))
    (half,) = page.context["halves"]
    assert [row.name for row in half] == ["Lê Ngọc Khánh An", "Phạm Minh Anh", "Trần Đức Anh"]


def test_head_tells_size_girls_and_teacher(cast: Cast, client: Client) -> None:
    context = client.sign_in(cast.toan).get(url_of(cast)).context
    assert (context["size"], context["girls"], context["teacher"]) == (3, 3, "Nguyễn Thị Lan")


def test_numbers_are_masked_or_missing(cast: Cast, client: Client) -> None:
    content = client.sign_in(cast.loan).get(url_of(cast)).content.decode()
    assert "042315 ••• 482" in content
    assert "042315000482" not in content


def test_boxes_are_for_the_office(cast: Cast, client: Client) -> None:
    box = f'value="{cast.minh_anh.uuid}"'
    assert box in client.sign_in(cast.loan).get(url_of(cast)).content.decode()
    assert box not in client.sign_in(cast.lan).get(url_of(cast)).content.decode()


def test_who_leaves_soon_and_who_is_new_stands_out(cast: Cast, client: Client) -> None:
    make_student("Chu Anh Tuấn", homeroom_class=cast.class_6a, starts_on=TODAY)
    actions.end_enrollment(
        actor=actor_of(cast.loan),
        uuid=cast.minh_anh.uuid,
        exit_kind="ABROAD",
        on=TODAY + timedelta(days=7),
        now=NOW,
    )
    roll = client.sign_in(cast.loan).get(url_of(cast)).context["roll"]
    assert {row.name: row.pill.tone for row in roll if row.pill} == {
        "Phạm Minh Anh": "warn",
        "Chu Anh Tuấn": "info",
    }


def test_director_sees_the_class_but_no_pupil(cast: Cast, client: Client) -> None:
    page = client.sign_in(cast.thanh).get(url_of(cast))
    assert page.context["roll"] == []
    assert "Phạm Minh Anh" not in page.content.decode()


def test_paper_is_a_pdf_with_the_roll_and_is_noted(cast: Cast, client: Client) -> None:
    response = client.sign_in(cast.lan).get(url_of(cast, "class_pdf"))
    text = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert "Phạm Minh Anh" in text
    assert "18/07/2015" in text
    entry = AuditEntry.objects.unscoped(because="a test").get(code="students.exported")
    assert (entry.details["what"], entry.details["count"]) == ("6A", 3)


@pytest.mark.parametrize(("size", "expected"), [(5, 5), (45, 45)])
def test_print_page_holds_everybody(cast: Cast, client: Client, size: int, expected: int) -> None:
    room = make_full_class("9A", school=cast.school_a, size=size)
    url = reverse("students:class_print", args=[cast.school_a.code, room.uuid])
    assert len(client.sign_in(cast.hung).get(url).context["roll"]) == expected
