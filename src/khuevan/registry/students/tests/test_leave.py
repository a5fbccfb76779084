"""Leaving a school, and taking that back."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY, YEAR_STARTS

from khuevan.kernel.errors import NotFound
from khuevan.registry.students import actions
from khuevan.registry.students.errors import BackByCase, GoesByCase, NoSuchDay, NothingToUndo
from khuevan.registry.students.models import Enrollment, ExitKind
from khuevan.registry.students.selectors import get_student_for


def leave(cast: Cast, *, by: str = "loan", on: date = TODAY) -> Enrollment:
    """Let Minh Anh leave school A."""
    return actions.end_enrollment(
        actor=actor_of(getattr(cast, by)),
        uuid=cast.minh_anh.uuid,
        exit_kind=ExitKind.ABROAD,
        on=on,
        now=NOW,
    )


def test_school_loses_sight_of_the_record_the_family_does_not(cast: Cast) -> None:
    leave(cast)
    for name in ("loan", "hung", "lan", "toan", "hoa"):
        with pytest.raises(NotFound):
            get_student_for(actor_of(getattr(cast, name)), cast.minh_anh.uuid)
    assert get_student_for(actor_of(cast.huong), cast.minh_anh.uuid) == cast.minh_anh


def test_leaving_on_a_later_day_keeps_the_record_until_then(cast: Cast) -> None:
    leave(cast, on=TODAY + timedelta(days=7))
    assert get_student_for(actor_of(cast.loan), cast.minh_anh.uuid) == cast.minh_anh


@pytest.mark.parametrize("by", ["lan", "toan", "mai", "binh", "huong", "minh_anh"])
def test_nobody_else_records_a_leaving(cast: Cast, by: str) -> None:
    with pytest.raises(NotFound):
        leave(cast, by=by)


def test_day_not_after_the_first_is_refused(cast: Cast) -> None:
    with pytest.raises(NoSuchDay):
        leave(cast, on=YEAR_STARTS)


def test_to_another_school_one_goes_by_a_case_and_comes_back_by_it(cast: Cast) -> None:
    told: dict[str, Any] = {"actor": actor_of(cast.loan), "now": NOW}
    with pytest.raises(GoesByCase):
        actions.end_enrollment(
            uuid=cast.minh_anh.uuid, exit_kind=ExitKind.TRANSFERRED_OUT, on=TODAY, **told
        )
    gone = actions.release_student(
        student_id=cast.minh_anh.pk, school_id=cast.school_a.pk, on=TODAY, **told
    )
    with pytest.raises(BackByCase):
        actions.undo_leaving(enrollment_uuid=gone.uuid, **told)


def test_leaving_twice_is_not_found(cast: Cast) -> None:
    leave(cast, on=TODAY + timedelta(days=7))
    with pytest.raises(NotFound):
        leave(cast, on=TODAY + timedelta(days=8))


def test_taking_back_restores_school_and_class(cast: Cast) -> None:
    enrollment = leave(cast)
    actor = actor_of(cast.loan)
    actions.undo_leaving(actor=actor, enrollment_uuid=enrollment.uuid, now=NOW)
    enrollment.refresh_from_db()
    assert (enrollment.ends_on, enrollment.exit_kind) == (None, "")
    assert get_student_for(actor_of(cast.lan), cast.minh_anh.uuid) == cast.minh_anh


def test_taking_back_is_for_the_school_alone(cast: Cast) -> None:
    enrollment = leave(cast)
    with pytest.raises(NotFound):
        actions.undo_leaving(actor=actor_of(cast.mai), enrollment_uuid=enrollment.uuid, now=NOW)


def test_nothing_to_take_back(cast: Cast) -> None:
    enrollment = Enrollment.objects.unscoped(because="a test").get(student=cast.minh_anh)
    with pytest.raises(NothingToUndo):
        actions.undo_leaving(actor=actor_of(cast.loan), enrollment_uuid=enrollment.uuid, now=NOW)
