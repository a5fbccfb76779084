"""A second school beside the main one: read there, kept by the main one, counted once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_staff

from khuevan.kernel.errors import NotFound
from khuevan.registry.staff.api import Position
from khuevan.registry.students import actions
from khuevan.registry.students.errors import (
    NoSuchDay,
    ReasonNeeded,
    SchoolUnknown,
    SecondAlready,
    SecondIsMain,
)
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
    listed = {row.student_id for row in on_roll(actor=clerk, on=TODAY)}
    assert child.pk not in listed
    client.sign_in(cast.loan)
    page = client.get(reverse("students:schooling", args=[child.uuid])).content.decode()
    assert reverse("students:second_end", args=[child.uuid, made.uuid]) in page
    ended = actions.end_second(actor=clerk, enrollment_uuid=made.uuid, on=SOON, now=NOW)
    assert ended.ends_on == SOON


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"school_code": "99999999"}, SchoolUnknown),
        ({"school_code": "42000501"}, SecondIsMain),
        ({"reason": " "}, ReasonNeeded),
        ({"until": TODAY}, NoSuchDay),
    ],
)
def test_refused(cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        _start(cast, **changes)


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
