"""Results of FET that are something else: told in clear words, and nothing changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW

from khuevan.school.timetable import actions
from khuevan.school.timetable.core.values import Grid, Lesson, Problem, StudentSet, Teacher
from khuevan.school.timetable.errors import FileRefused, OtherResult, UnreadableFile
from khuevan.school.timetable.fet.document import Document
from khuevan.school.timetable.fet.results import entries_in
from khuevan.school.timetable.fet.tree import MOST_DEPTH, parse
from khuevan.school.timetable.fet.writing import write_problem
from khuevan.school.timetable.models import EditStep, Timetable
from khuevan.school.timetable.pages import files
from khuevan.school.timetable.tests.test_editing import lessons, state
from khuevan.school.timetable.tests.test_moves import made

__all__ = ["made"]  # a fixture
BOMB = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<Activities_Timetable><Activity>&b;</Activity></Activities_Timetable>"""


def take(cast: Cast, timetable: Timetable, content: bytes, name: str = "x.xml") -> Any:
    return actions.take_places(
        actor=actor_of(cast.hung), uuid=timetable.uuid, content=content, name=name, now=NOW
    )


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"PK\x03\x04rest", UnreadableFile, "zip"),
        (b"  \n", UnreadableFile, "trống"),
        (BOMB, FileRefused, "DOCTYPE"),
        (b"<Activities_Timetable><Activity>", FileRefused, "dòng 1"),
        (b"<a>" * (MOST_DEPTH + 1), FileRefused, "dòng 1"),
        (b"\xff\xfe\x00garbage", FileRefused, "XML"),
        (b"<html></html>", FileRefused, "activities.xml"),
        (b"<Activities_Timetable></Activities_Timetable>", OtherResult, "thời khóa biểu khác"),
    ],
)
def test_what_is_no_result_is_told_by_its_name_and_changes_nothing(
    cast: Cast, made: Timetable, content: bytes, error: type[Exception], words: str
) -> None:
    before = state(made)
    with pytest.raises(error, match=words) as refused:
        take(cast, made, content)
    assert "/tmp" not in str(refused.value)  # noqa: S108 (the words of a page name no folder)
    assert state(made) == before
    assert not EditStep.objects.unscoped(because="a test").filter(timetable=made).exists()


def test_a_refused_file_is_told_beside_its_own_field(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung)
    grid = Grid(("Thứ 2",), ("1",))
    lesson = Lesson(1, ("Lê Thị Thời",), "Ngữ văn", ("6A",))
    people = (Teacher("Lê Thị Thời"),), (StudentSet("6A"),)
    problem = write_problem(Document(Problem(grid, *people, (), (lesson,), ()))).text.encode()
    url = reverse("timetable:from_fet", args=[cast.school_a.code])
    for broken, field in ((("a.fet", b"<a>"), "file"), (("b.xml", b"<a>"), "result")):
        files = {"file": ("a.fet", problem), "result": ("b.xml", b"<a>"), field: broken}
        answer = client.post(url, {key: SimpleUploadedFile(*one) for key, one in files.items()})
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]


def test_a_result_of_another_school_is_refused_as_a_whole(cast: Cast, made: Timetable) -> None:
    """Of three lessons one has a number of ours by chance: it is not moved either."""
    ours = lessons(made)[0].pk
    places = [
        {"activity": number, "day": "Thứ Hai", "hour": "Buổi sáng 1", "room": None}
        for number in (ours, ours + 10_000, ours + 10_001)
    ]
    before = state(made)
    with pytest.raises(OtherResult, match="2"):
        take(cast, made, json.dumps({"placements": places}).encode(), "x.json")
    assert state(made) == before


def test_a_file_that_is_too_large_is_told_before_it_is_read(
    cast: Cast, made: Timetable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 2 * files.MEGABYTE)
    big = SimpleUploadedFile("lớn.xml", b"<a/>" * files.MEGABYTE)
    answer = Client().sign_in(cast.hung).post(f"/timetables/{made.uuid}/result/", {"file": big})
    assert answer.status_code == 422
    assert "lớn hơn 2 MB" in answer.content.decode()


def test_more_elements_than_any_timetable_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khuevan.school.timetable.fet.tree.MOST_NODES", 100)
    with pytest.raises(FileRefused):
        parse(b"<a>" + b"<b/>" * 100 + b"</a>", "x.xml")


@pytest.mark.parametrize("said", ['"\\ud800"', "NaN", "Infinity", "{}", "-1", '"²"', "1e308"])
def test_entries_that_name_no_lesson_are_told_in_letters_that_can_be_shown(
    cast: Cast, made: Timetable, said: str
) -> None:
    entry = f'{{"placements": [{{"activity": {said}, "day": "\\ud800", "hour": "\\udfff"}}]}}'
    hung = Client().sign_in(cast.hung)
    file = SimpleUploadedFile("x.json", entry.encode())
    answer = hung.post(f"/timetables/{made.uuid}/result/", {"file": file})
    assert answer.status_code == 422
    assert "thời khóa biểu khác" in answer.content.decode()
    ours = f'{{"placements": [{{"activity": {lessons(made)[0].pk}, "day": "\\ud800"}}]}}'
    file = SimpleUploadedFile("x.json", ours.encode())
    page = hung.post(f"/timetables/{made.uuid}/result/", {"file": file}, follow=True)
    assert page.status_code == 200
    assert "“?”" in page.content.decode()


def test_a_name_without_end_is_not_repeated() -> None:
    with pytest.raises(FileRefused) as refused:
        entries_in(b"<" + b"a" * 100_000 + b"/>", "x.xml")
    assert len(str(refused.value)) < 300
