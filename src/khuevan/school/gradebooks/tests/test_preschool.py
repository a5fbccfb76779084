"""What a young child has reached: no plan, no marks, at the end of an age."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, make_school, make_staff, make_student, make_year

from khuevan.registry.schools.api import GradeLevel, HomeroomClass, School, open_class
from khuevan.registry.staff.api import Position
from khuevan.school.gradebooks.actions import open_books
from khuevan.school.gradebooks.columns import columns_of, period_label
from khuevan.school.gradebooks.models import Gradebook, Mark
from khuevan.school.gradebooks.periods import proposed_windows
from khuevan.school.gradebooks.slots import BookForm

WHY = "a test"
POSITIONS = {"NT": 1, "MG5": 4}


@pytest.fixture
def nursery(cast: Cast) -> School:
    """Give a preschool."""
    return make_school(
        "Trường Mầm non Đông Khê", levels=("MN",), school_type="PRESCHOOL", code="42000101"
    )


def room_of(school: School, code: str, name: str) -> HomeroomClass:
    """Make a class of an age."""
    grade, _created = GradeLevel.objects.get_or_create(
        code=code,
        defaults={"name": name, "level": "MN", "position": POSITIONS[code], "usual_age": 3},
    )
    return open_class(
        actor=EVERYTHING,
        school_id=school.pk,
        academic_year=make_year(),
        grade_level=grade,
        name=name,
        now=NOW,
    )


def test_each_class_has_a_record_of_development(nursery: School, client: Client) -> None:
    oldest, youngest = room_of(nursery, "MG5", "Lớn A"), room_of(nursery, "NT", "Nhà trẻ A")
    head = make_staff("Lý Thị Mầm", school=nursery, position=Position.PRINCIPAL).person
    teacher = make_staff("Vi Thị Non", school=nursery, homeroom=oldest).person
    child = make_student("Bùi Bé An", homeroom_class=oldest, birth_date=date(2021, 3, 3))
    opened = open_books(actor=actor_of(head), school=nursery, year=make_year(), now=NOW)
    assert (opened.made, opened.planless) == (2, ())
    books = {
        one.homeroom_class_id: one
        for one in Gradebook.objects.unscoped(because=WHY).filter(school=nursery)
    }
    book = books[oldest.pk]
    assert (book.form, book.regulation, book.grade) == (BookForm.DEVELOPMENT, "TT51-2020", 0)
    names = [one.title for one in columns_of(book, book.slots, frozenset())]
    assert names[0] == "Thể chất"
    assert len(names) == 5
    assert len(books[youngest.pk].slots) == 4, "aesthetics comes with the fourth year of life"
    assert period_label(book, 1) == "Cuối độ tuổi"
    page = client.sign_in(teacher).get(f"/gradebooks/{book.uuid}/")
    assert "Bùi Bé An" in page.content.decode()
    cell = {"op": "1", "student": str(child.uuid), "slot": book.slots[0], "typed": "d", "base": 0}
    answer = client.post(
        f"/gradebooks/{book.uuid}/marks/", {"cells": [cell]}, content_type="application/json"
    )
    assert answer.status_code == 200, answer.content
    assert Mark.objects.unscoped(because=WHY).get(student=child).value == 1


def test_a_preschool_enters_at_the_end_of_the_year_alone() -> None:
    terms = [(date(2026, 9, 7), date(2027, 1, 16)), (date(2027, 1, 18), date(2027, 5, 31))]
    (window,) = proposed_windows("MN", terms)
    assert (window.period, window.closes_on) == (1, date(2027, 5, 31))
    assert proposed_windows("MN", []) == []
