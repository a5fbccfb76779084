"""A second school beside the main one: read there, kept by the main one, counted once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, UNITS_START, make_school, make_staff

from khuevan.kernel.errors import NotFound
from khuevan.platform.search.api import search
from khuevan.registry.schools.api import School, SchoolNotFound
from khuevan.registry.staff.api import Position
from khuevan.registry.students import actions
from khuevan.registry.students.errors import (
    NoSuchDay,
    NothingToUndo,
    NotInMainSchool,
    ReasonNeeded,
    SecondAlready,
    SecondIsMain,
)
from khuevan.registry.students.frame import pill_of, read_record
from khuevan.registry.students.models import Enrollment
from khuevan.registry.students.permissions import EDIT_STUDENTS, VIEW_STUDENTS
from khuevan.registry.students.selectors import get_student_for, on_roll, standing_of

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=30)


def _start(cast: Cast, **changes: Any) -> Enrollment:
    told = {"school_code": cast.school_b.code, "on": TODAY, "reason": "Học vẽ", **changes}
    return actions.start_second(actor=actor_of(cast.loan), uuid=cast.minh_anh.uuid, now=NOW, **told)


def _clerk_of_b(cast: Cast) -> Any:
    return actor_of(make_staff("Tô Văn Thư", school=cast.school_b, position=Position.CLERK).person)


def test_the_second_school_reads_and_the_main_one_keeps(cast: Cast, client: Client) -> None:
    clerk = _clerk_of_b(cast)
    with pytest.raises(NotFound):
        get_student_for(clerk, cast.minh_anh.uuid)
    made = _start(cast)
    child = get_student_for(clerk, cast.minh_anh.uuid)
    standing = standing_of(child, on=TODAY)
    assert standing.allows(clerk, VIEW_STUDENTS)
    assert not standing.allows(clerk, EDIT_STUDENTS)
    assert standing.school_id == cast.school_a.pk
    with pytest.raises(NotFound):
        actions.correct_student(
            actor=clerk, uuid=child.uuid, version=1, changes={"phone": "0912000111"}, now=NOW
        )
    with pytest.raises(NotFound):
        actions.place_students(actor=clerk, classes={child.uuid: cast.class_b}, on=TODAY, now=NOW)
    with pytest.raises(NotFound):
        actions.end_enrollment(actor=clerk, uuid=child.uuid, on=SOON, exit_kind="DROPPED", now=NOW)
    record = read_record(clerk, child, standing)
    assert pill_of(record).label == "Trường thứ hai"
    assert record.main_name == read_record(actor_of(cast.loan), child, standing).main_name
    listed = {row.student_id for row in on_roll(actor=clerk, on=TODAY)}
    assert child.pk not in listed
    client.sign_in(cast.loan)
    page = client.get(reverse("students:schooling", args=[child.uuid])).content.decode()
    assert reverse("students:second_end", args=[child.uuid, made.uuid]) in page
    assert reverse("students:second_undo", args=[child.uuid, made.uuid]) in page
    ended = actions.end_second(actor=clerk, enrollment_uuid=made.uuid, on=SOON, now=NOW)
    assert ended.ends_on == SOON


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"school_code": "99999999"}, SchoolNotFound),
        ({"school_code": "42000501"}, SecondIsMain),
        ({"reason": " "}, ReasonNeeded),
        ({"until": TODAY}, NoSuchDay),
    ],
)
def test_refused(cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        _start(cast, **changes)


def test_refused_without_a_main_school_or_at_a_closed_one(cast: Cast) -> None:
    with pytest.raises(NotInMainSchool):
        _start(cast, on=UNITS_START)
    gone = make_school("Trường năng khiếu", code="42000599")
    School.objects.unscoped(because="tests").filter(pk=gone.pk).update(closed_on=TODAY)
    with pytest.raises(NoSuchDay):
        _start(cast, school_code=gone.code)


def test_it_ends_within_its_days_and_is_not_undone_later(cast: Cast) -> None:
    made = _start(cast, on=TODAY - timedelta(days=3), until=SOON)
    given: dict[str, Any] = {"actor": actor_of(cast.loan), "enrollment_uuid": made.uuid, "now": NOW}
    for day in (made.starts_on, SOON + timedelta(days=1)):
        with pytest.raises(NoSuchDay):
            actions.end_second(**given, on=day)
    with pytest.raises(NothingToUndo):
        actions.undo_second(**given)
    with pytest.raises(NotFound):
        actions.end_second(**{**given, "enrollment_uuid": cast.minh_anh.uuid}, on=SOON)
    stranger: dict[str, Any] = {**given, "actor": actor_of(cast.toan)}
    with pytest.raises(NotFound):
        actions.end_second(**stranger, on=SOON)
    with pytest.raises(NotFound):
        actions.undo_second(**stranger)


def test_the_second_school_finds_its_pupil_in_its_list_and_search(
    cast: Cast, client: Client
) -> None:
    made = _start(cast)
    person = make_staff("Tô Văn Thư", school=cast.school_b, position=Position.CLERK).person
    clerk = actor_of(person)
    client.sign_in(person)
    page = client.get(reverse("students:list")).content.decode()
    assert "Phạm Minh Anh" in page
    assert "Học thêm tại đây" in page
    assert "ở trường chính" in page
    assert "1 em có trường chính khác" in page
    row = page[page.index("Phạm Minh Anh") :].split("</tr>")[0]
    assert "6A" not in row
    for query, is_there in (("main=here", False), ("main=elsewhere", True), ("grade=6", False)):
        page = client.get(f"{reverse('students:list')}?{query}").content.decode()
        assert ("Phạm Minh Anh" in page) == is_there
    [hit] = _hits(clerk, "minh anh")
    assert "học thêm" in hit.detail
    shown = client.get("/api/v1/students").json()["items"]
    assert [one["class_name"] for one in shown if not one["is_main"]] == [""]
    actions.undo_second(actor=clerk, enrollment_uuid=made.uuid, now=NOW)
    assert _hits(clerk, "minh anh") == []


def test_others_find_the_pupil_once_at_the_main_school(cast: Cast, client: Client) -> None:
    _start(cast)
    for somebody in (cast.loan, cast.lan, cast.binh, cast.huong):
        [hit] = _hits(actor_of(somebody), "pham minh anh")
        assert "học thêm" not in hit.detail
        client.sign_in(somebody)
        page = client.get(reverse("students:list"), follow=True).content.decode()
        assert "Học thêm tại đây" not in page
    client.sign_in(cast.binh)
    page = client.get(reverse("students:school", args=[cast.school_b.code])).content.decode()
    assert "Phạm Minh Anh" in page


def _hits(actor: Any, words: str) -> list[Any]:
    groups = search(actor=actor, query=words)
    return [hit for group in groups if group.code == "students" for hit in group.hits]


def test_a_refusal_stands_at_its_field_and_in_the_answer(cast: Cast, client: Client) -> None:
    loan = client.sign_in(cast.loan)
    page = reverse("students:second_new", args=[cast.minh_anh.uuid])
    answer = loan.post(page, {"school_code": "99999999", "on": "1/9/2026", "reason": "Học vẽ"})
    assert answer.status_code == 422
    assert "99999999" in answer.content.decode()
    told = loan.post(
        f"/api/v1/students/{cast.minh_anh.uuid}/second-schools",
        {"school_code": "99999999", "on": "2026-09-10", "reason": "Học vẽ"},
        content_type="application/json",
    )
    assert (told.status_code, told.json()["code"]) == (400, "schools.school_not_found")


def test_never_twice_and_never_two_main_ones(cast: Cast) -> None:
    made = _start(cast)
    with pytest.raises(SecondAlready):
        _start(cast, on=SOON)
    rows = Enrollment.objects.unscoped(because="tests").filter(pk=made.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(is_primary=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(is_primary=True, entry_kind="ADMITTED")


def test_a_death_ends_it_and_a_mistake_is_taken_back(cast: Cast) -> None:
    made = _start(cast)
    assert (
        actions.undo_second(actor=actor_of(cast.loan), enrollment_uuid=made.uuid, now=NOW)
        == cast.minh_anh.uuid
    )
    made = _start(cast, on=date(2026, 9, 10))
    actions.end_enrollment(
        actor=EVERYTHING, uuid=cast.minh_anh.uuid, on=TODAY, exit_kind="DECEASED", now=NOW
    )
    made.refresh_from_db()
    assert made.ends_on == TODAY
