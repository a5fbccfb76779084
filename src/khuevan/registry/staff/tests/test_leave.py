"""Being away: classes close, colleagues stand in, a return on another day moves everything."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY

from khuevan.platform.access.api import actor_for_person, grants_differing
from khuevan.registry.schools.api import VIEW_CLASSES
from khuevan.registry.staff import actions
from khuevan.registry.staff.actions import NewLeave
from khuevan.registry.staff.errors import AwayToo, NotTheirDuty, OnLeaveAlready
from khuevan.registry.staff.models import StaffLeave, StaffMember

BACK = TODAY + timedelta(days=30)


def member(person: Any) -> StaffMember:
    """Return somebody as a staff member."""
    return StaffMember.objects.unscoped(because="a test").get(person=person)


def away(cast: Cast, *, pauses: bool = True) -> StaffLeave:
    """Let Ms Lan, in charge of 6A, be away for a month."""
    return actions.record_leave(
        actor=actor_of(cast.hung),
        member_uuid=member(cast.lan).uuid,
        school_id=cast.school_a.pk,
        new=NewLeave("MATERNITY", TODAY, BACK, pauses_classes=pauses),
        now=NOW,
    )


def stand_in(cast: Cast, leave: StaffLeave, who: Any = None, duty: str = "HOMEROOM") -> Any:
    """Let Mr Toàn stand in for her."""
    return actions.add_substitute(
        actor=actor_of(cast.hung),
        leave_uuid=leave.uuid,
        room=cast.class_6a,
        duty=duty,
        subject_name="Thiên văn" if duty == "TEACHING" else "",
        member_uuid=member(who or cast.toan).uuid,
        starts_on=TODAY,
        ends_on=BACK,
        now=NOW,
    )


def reaches(person: Any, room: Any, on: date) -> bool:
    """Return whether somebody opens a class on a day, in some hat."""
    actor = actor_for_person(person, on=on, now=NOW)
    return room.pk in actor.reach(VIEW_CLASSES, "class")


def test_classes_close_with_the_leave_and_open_with_the_return(cast: Cast) -> None:
    away(cast)
    seen = [
        reaches(cast.lan, cast.class_6a, day) for day in (TODAY, BACK - timedelta(days=1), BACK)
    ]
    assert seen == [False, False, True]


def test_the_school_may_leave_them_open(cast: Cast) -> None:
    away(cast, pauses=False)
    assert reaches(cast.lan, cast.class_6a, TODAY)


def test_back_early_everything_follows_at_once(cast: Cast) -> None:
    leave = away(cast)
    row = stand_in(cast, leave)
    early = TODAY + timedelta(days=5)
    actions.change_return(actor=actor_of(cast.hung), uuid=leave.uuid, on=early, now=NOW)
    row.refresh_from_db()
    assert row.ends_on == early
    assert reaches(cast.lan, cast.class_6a, early)
    assert grants_differing() == []


def test_away_for_longer_who_stands_in_goes_on(cast: Cast) -> None:
    leave = away(cast)
    row = stand_in(cast, leave)
    later = BACK + timedelta(days=10)
    actions.change_return(actor=actor_of(cast.hung), uuid=leave.uuid, on=later, now=NOW)
    row.refresh_from_db()
    assert row.ends_on == later
    assert not reaches(cast.lan, cast.class_6a, BACK)


def test_nobody_stands_in_for_themself_or_for_a_duty_there_is_not(cast: Cast) -> None:
    leave = away(cast)
    with pytest.raises(AwayToo):
        stand_in(cast, leave, cast.lan)
    with pytest.raises(NotTheirDuty):
        stand_in(cast, leave, duty="TEACHING")


def test_two_leaves_do_not_overlap(cast: Cast) -> None:
    away(cast)
    with pytest.raises(OnLeaveAlready):
        away(cast)
