"""The own grade of a pupil in a class of several: placed, kept, promoted, counted, listed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_student

from khuevan.registry.schools.api import ClassDetails, ClassGrade, HomeroomClass, edit_class
from khuevan.registry.schools.errors import GradeStillTaught
from khuevan.registry.students import actions
from khuevan.registry.students.errors import GradeNotTaughtHere
from khuevan.registry.students.models import ClassPlacement, Student
from khuevan.registry.students.rules import grade_in_class
from khuevan.registry.students.selectors import GradeCounts, grade_counts, on_roll


@pytest.mark.parametrize(
    ("before", "is_same_year", "grade"),
    [
        (None, False, 1),
        (1, True, 1),
        (2, True, 2),
        (1, False, 2),
        (2, False, 2),
        (4, True, 1),
        (4, False, 1),
    ],
)
def test_the_grade_follows_from_the_class_before(
    before: int | None, is_same_year: bool, grade: int
) -> None:
    assert grade_in_class({1, 2}, 1, before, is_same_year=is_same_year) == grade


@pytest.fixture
def joined(cast: Cast) -> HomeroomClass:
    """Return a class of grades 6 and 7 of school A."""
    room = make_class("6+7", school=cast.school_a, grade="6")
    seventh = cast.class_7a.grade_level
    ClassGrade.objects.create(school=cast.school_a, homeroom_class=room, grade_level=seventh)
    return room


def _place(student: Student, room: HomeroomClass, grade: str = "") -> str:
    actions.place_student(
        actor=EVERYTHING, uuid=student.uuid, homeroom_class=room, grade=grade, on=TODAY, now=NOW
    )
    rows = ClassPlacement.objects.unscoped(because="tests").filter(student=student)
    return rows.get(ends_on__isnull=True).own_grade.code


def _counts(cast: Cast) -> dict[str, GradeCounts]:
    found = grade_counts(actor=actor_of(cast.loan), school_id=cast.school_a.pk, on=TODAY)
    return {one.code: one for one in found}


@pytest.mark.django_db
class TestInAClassOfTwo:
    def test_whoever_comes_keeps_the_grade(self, cast: Cast, joined: HomeroomClass) -> None:
        older = make_student("Lò Văn Bảy", homeroom_class=cast.class_7a)
        assert _place(older, joined) == "7"
        assert _place(cast.student_6b, joined) == "6"
        assert _place(cast.student_6b, joined, "7") == "7"
        with pytest.raises(GradeNotTaughtHere):
            _place(cast.minh_anh, joined, "8")
        with pytest.raises(GradeStillTaught):
            edit_class(
                actor=EVERYTHING, uuid=joined.uuid, name="6+7", details=ClassDetails(), now=NOW
            )

    def test_counts_and_lists_go_by_the_pupils_grade(
        self, cast: Cast, joined: HomeroomClass, client: Client
    ) -> None:
        actor = actor_of(cast.loan)
        make_student("Tạ Yến Nhi", school=cast.school_a)
        before = _counts(cast)
        assert before["unplaced"].pupils == 1
        _place(cast.student_6b, joined, "7")
        told = _counts(cast)
        assert told["7"].pupils == before["7"].pupils + 1
        assert told["6"].pupils == before["6"].pupils - 1
        assert told["6"].classes == before["6"].classes
        listed = on_roll(actor=actor, on=TODAY, school_id=cast.school_a.pk).filter(grade_code="7")
        assert cast.student_6b.pk in {row.student_id for row in listed}
        client.sign_in(cast.loan)
        url = reverse("students:class", args=[cast.school_a.code, joined.uuid])
        assert cast.class_7a.grade_level.name in client.get(url).content.decode()

    def test_programs_name_the_grade(
        self, cast: Cast, joined: HomeroomClass, client: Client
    ) -> None:
        client.sign_in(cast.loan)
        body = {"class_uuid": str(joined.uuid), "grade": "7", "on": TODAY.isoformat()}
        url = f"/api/v1/students/{cast.student_6b.uuid}/placements"
        answer = client.post(url, body, content_type="application/json")
        assert (answer.status_code, answer.json()["grade"]) == (200, "7")
        answer = client.post(url, {**body, "grade": "9"}, content_type="application/json")
        assert answer.status_code == 409

    def test_the_form_offers_a_class_by_grade(
        self, cast: Cast, joined: HomeroomClass, client: Client
    ) -> None:
        client.sign_in(cast.loan)
        url = reverse("students:move", args=[cast.school_a.code])
        page = client.get(f"{url}?student={cast.student_6b.uuid}").content.decode()
        assert f"{joined.uuid}:7" in page
