"""The sheet, the lists of gradebooks, and the address where marks are sent."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_staff, make_students, make_year

from khuevan.registry.curriculum.api import (
    GroupData,
    PlanKind,
    fill_plans,
    make_group,
    set_group_pupils,
)
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.gradebooks.actions import open_books
from khuevan.school.gradebooks.models import Arrangement, ArrangementKind, Gradebook, Mark
from khuevan.school.gradebooks.selectors.books import filled, own_books, period_now
from khuevan.school.gradebooks.selectors.learners import learners_of
from khuevan.school.gradebooks.slots import FINAL, MIDTERM, How, Word, slot

TEST = "a test"
GK, CK = slot(1, MIDTERM), slot(1, FINAL)


@pytest.fixture
def math(cast: Cast) -> Gradebook:
    """Give the gradebook of mathematics of 6A, which Toàn teaches."""
    fill_plans(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    open_books(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    return book_of(cast, "Toán")


def book_of(cast: Cast, subject: str) -> Gradebook:
    """Return a gradebook of 6A."""
    books = Gradebook.objects.unscoped(because=TEST)
    return books.get(homeroom_class=cast.class_6a, subject_name=subject)


def send(client: Client, book: Gradebook, *cells: tuple[Any, ...], how: str = "typed") -> Any:
    """Send cells (pupil, column, what was typed, version seen) as the page does."""
    told = [
        {"op": f"op{at}", "student": str(pupil.uuid), "slot": where, "typed": typed, "base": base}
        for at, (pupil, where, typed, base) in enumerate(cells)
    ]
    return client.post(
        f"/gradebooks/{book.uuid}/marks/",
        json.dumps({"how": how, "cells": told}),
        content_type="application/json",
    )


def test_what_is_typed_is_saved_and_answered_cell_by_cell(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    client.sign_in(cast.toan)
    first, second = cast.minh_anh, cast.others_6a[0]
    answer = send(client, math, (first, GK, "75", 0), (second, GK, "85,5", 0), (second, CK, "b", 0))
    told = {one["op"]: one for one in answer.json()["cells"]}
    assert (told["op0"]["state"], told["op0"]["value"], told["op0"]["text"]) == ("saved", 75, "7,5")
    assert told["op1"]["state"] == "invalid"
    assert "85,5" in told["op1"]["message"]
    assert (told["op2"]["value"], told["op2"]["text"]) == (Word.MAKE_UP_DUE, "bù")
    rows = Mark.objects.unscoped(because=TEST).filter(gradebook=math)
    assert {(one.student_id, one.slot, one.value) for one in rows} == {
        (first.pk, GK, 75),
        (second.pk, CK, Word.MAKE_UP_DUE),
    }
    assert {one.how for one in rows} == {How.TYPED}
    regular = [(first, column, "8", 0) for column in math.slots[:4]]
    averages = send(client, math, *regular, (first, CK, "8", 0), how="pasted").json()["averages"]
    assert averages == {str(first.uuid): [79, None, None]}, "(4 x 8 + 2 x 7,5 + 3 x 8) : 9"


def test_a_conflict_tells_whose_value_stands_there(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    other = make_staff("Đỗ Thị Yến", school=cast.school_a, teaches=[cast.class_6a], subject="Toán")
    client.sign_in(other.person)
    send(client, math, (cast.minh_anh, CK, "6", 0))
    client.sign_in(cast.toan)
    (told,) = send(client, math, (cast.minh_anh, CK, "58", 0)).json()["cells"]
    assert (told["state"], told["text"], told["by"]) == ("conflict", "6", "Đỗ Thị Yến")
    (kept,) = send(client, math, (cast.minh_anh, CK, "58", told["version"])).json()["cells"]
    assert (kept["state"], kept["value"]) == ("saved", 58)


def test_who_may_not_enter_is_told_in_a_sentence_or_finds_nothing(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    cell = (cast.minh_anh, CK, "8", 0)
    refused = send(client.sign_in(cast.lan), math, cell)
    assert refused.status_code == 403
    assert refused.json()["code"] == "not_your_book"
    assert send(client.sign_in(cast.mai), math, cell).status_code == 404
    assert send(client.sign_in(cast.hung), math, cell).status_code == 403
    assert send(Client(), math, cell).status_code == 401
    assert not Mark.objects.unscoped(because=TEST).exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"cells": []}',
        '{"cells": [1]}',
        '{"cells": [{"op": 1, "student": "x", "slot": 1, "base": 0}]}',
        '{"cells": [{"op": "a", "student": "00000000-0000-4000-8000-000000000000", '
        '"slot": true, "base": -1}]}',
        '{"cells": [{"op": "a"}]}',
    ],
)
def test_what_no_page_sends_is_refused(
    cast: Cast, math: Gradebook, client: Client, body: str
) -> None:
    client.sign_in(cast.toan)
    answer = client.post(f"/gradebooks/{math.uuid}/marks/", body, content_type="application/json")
    assert answer.status_code == 400


def test_the_sheet_shows_pupils_marks_and_what_is_closed(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    client.sign_in(cast.toan)
    send(client, math, (cast.minh_anh, GK, "75", 0))
    math.closed_slots = [GK]
    math.save(update_fields=["closed_slots"])
    page = client.get(f"/gradebooks/{math.uuid}/?period=1").content.decode()
    (row,) = re.findall(rf'<tr data-s="{cast.minh_anh.uuid}".*?</tr>', page)
    assert 'locked" data-v="75" data-n="1"' in row
    assert row.count("mark-cell") == 6
    told = json.loads(re.search(r'id="gb-script"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    assert told["mayEnter"]
    assert [one["locked"] for one in told["columns"]] == [False] * 4 + [True, False]
    other = client.sign_in(cast.lan).get(f"/gradebooks/{math.uuid}/").content.decode()
    assert '"mayEnter": false' in other, "the homeroom teacher reads it"
    assert client.sign_in(cast.mai).get(f"/gradebooks/{math.uuid}/").status_code == 404


def test_every_form_of_gradebook_is_drawn(cast: Cast, math: Gradebook, client: Client) -> None:
    client.sign_in(cast.lan)
    comments = book_of(cast, "Âm nhạc")
    for period in ("", "?period=1", "?period=2", "?period=0", "?period=9", "?period=x"):
        for book in (math, comments):
            assert client.get(f"/gradebooks/{book.uuid}/{period}").status_code == 200
            assert client.get(f"/gradebooks/{book.uuid}/print/{period}").status_code == 200


def test_names_are_escaped(cast: Cast, math: Gradebook, client: Client) -> None:
    make_students(["Nguyễn <b>Văn</b> O'Xấu"], homeroom_class=cast.class_6a)
    page = client.sign_in(cast.toan).get(f"/gradebooks/{math.uuid}/").content.decode()
    assert "<b>Văn" not in page
    assert "&lt;b&gt;" in page


def test_the_queries_of_a_sheet_do_not_grow_with_its_rows(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    client.sign_in(cast.toan)
    client.get(f"/gradebooks/{math.uuid}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/gradebooks/{math.uuid}/")
    more = make_students([f"Trần Thị Mai {n}" for n in "ABCDEFGHIK"], homeroom_class=cast.class_6a)
    with CaptureQueriesContext(connection) as one:
        send(client, math, (more[0], GK, "7", 0))
    with CaptureQueriesContext(connection) as ten:
        send(client, math, *[(pupil, CK, "7", 0) for pupil in more])
    with CaptureQueriesContext(connection) as many:
        client.get(f"/gradebooks/{math.uuid}/")
    assert len(many) <= len(few)
    assert len(ten) <= len(one)


def test_who_learns_in_groups_stands_there_alone(cast: Cast, math: Gradebook) -> None:
    data = GroupData("Toán 1", "Toán", PlanKind.COMPULSORY, (cast.class_6a.pk,))
    group = make_group(actor=EVERYTHING, school=cast.school_a, year=make_year(), data=data, now=NOW)
    set_group_pupils(
        actor=EVERYTHING, uuid=group.uuid, student_ids=[cast.minh_anh.pk], on=TODAY, now=NOW
    )
    assert [one.id for one in learners_of(math, TODAY)] == [cast.minh_anh.pk]
    assert filled([math], TODAY)[math.pk].cells == 6
    assert len(learners_of(book_of(cast, "Ngữ văn"), TODAY)) == 3


def test_who_left_came_late_or_is_exempt_is_told(cast: Cast, math: Gradebook) -> None:
    rows = ClassPlacement.objects.unscoped(because=TEST).filter(homeroom_class=cast.class_6a)
    rows.filter(student=cast.minh_anh).update(ends_on=TODAY)
    late = cast.others_6a[0]
    rows.filter(student=late).update(starts_on=TODAY - timedelta(days=3))
    Arrangement.objects.create(
        school=cast.school_a,
        academic_year=make_year(),
        student=cast.others_6a[1],
        person=cast.others_6a[1].person,
        kind=ArrangementKind.EXEMPT,
        subject_name="Toán",
        reason="theo quyết định",
        decided_at=NOW,
    )
    found = {one.id: one for one in learners_of(math, TODAY)}
    assert found[cast.minh_anh.pk].left_on == TODAY
    assert not found[cast.minh_anh.pk].is_writable
    assert found[cast.others_6a[1].pk].is_exempt
    names = [one.name for one in found.values()]
    assert names == ["Lê Ngọc Khánh An", "Phạm Minh Anh", "Trần Đức Anh"], "by given name"


def test_a_teacher_keeps_the_gradebooks_of_what_she_gives(
    cast: Cast, math: Gradebook, client: Client
) -> None:
    mine = own_books(actor=actor_of(cast.toan), year=make_year())
    assert {(one.homeroom_class.name, one.subject_name) for one in mine} == {
        ("6A", "Toán"),
        ("7A", "Toán"),
    }
    client.sign_in(cast.toan)
    send(client, math, (cast.minh_anh, slot(period_now(math, TODAY), MIDTERM), "75", 0))
    page = client.get("/my/gradebooks/").content.decode()
    assert str(math.uuid) in page
    assert filled([math], TODAY)[math.pk].given == 1


def test_the_school_opens_its_gradebooks_by_a_press(cast: Cast, client: Client) -> None:
    fill_plans(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)
    client.sign_in(cast.loan)
    address = f"/schools/{cast.school_a.code}/gradebooks/"
    assert "gb-board" not in client.get(address).content.decode()
    client.post(f"{address}open/")
    page = client.get(address).content.decode()
    assert page.count("gb-cell") == Gradebook.objects.unscoped(because=TEST).count() > 20
    assert client.get("/gradebooks/").headers["Location"] == address
    assert client.sign_in(cast.mai).get(address).status_code == 404
