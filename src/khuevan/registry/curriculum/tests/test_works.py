"""Converted work, second schools, leaves and zones, in the load of a teacher."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_staff, make_year

from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.actions import NewWork
from khuevan.registry.curriculum.errors import AgreementNeeded, FactorUnfit, UnknownWork, ZoneKnown
from khuevan.registry.curriculum.load_rules import LoadFault
from khuevan.registry.curriculum.norms import Circumstances, norm_for
from khuevan.registry.curriculum.selectors.loads import TeacherLoad, teacher_loads
from khuevan.registry.curriculum.selectors.owed import serving_in
from khuevan.registry.curriculum.selectors.works import zone_on
from khuevan.registry.schools.models import SchoolVersion
from khuevan.registry.staff.api import (
    NewLeave,
    Position,
    Post,
    add_substitute,
    appoint_second,
    record_leave,
)
from khuevan.registry.staff.models import ProfessionalTitle

ONE_DAY = timedelta(days=1)


def load(cast: Cast, member: Any, *, school: Any = None) -> TeacherLoad:
    """Return somebody's load at school A, or another one."""
    found = teacher_loads(
        actor=EVERYTHING, school=school or cast.school_a, year=make_year(), on=TODAY, term=0
    )
    return next(one for one in found if one.member.pk == member.pk)


def credited(cast: Cast, member: Any) -> Fraction:
    """Return what counts of somebody's work at school A, who owes something there."""
    found = load(cast, member).load
    assert found is not None
    return found.credited


def give(room: Any, subject: str, member: Any, count: int) -> None:
    """Let somebody give a class so many periods a week of a subject."""
    planned = actions.plan_subject(
        actor=EVERYTHING,
        class_uuid=room.uuid,
        subject_name=subject,
        kind="COMPULSORY",
        weeks=[count] * 35,
        now=NOW,
    )
    actions.assign_subject(
        actor=EVERYTHING,
        uuid=planned.uuid,
        member=member,
        starts_on=TODAY,
        weeks=None,
        takes_over=False,
        now=NOW,
    )


def work(cast: Cast, member: Any, code: str, periods: str, tenths: int, **more: Any) -> Any:
    """Record work of somebody at school A."""
    told = {"pace": "WEEK", "starts_on": TODAY, "ends_on": None, **more}
    return actions.record_work(
        actor=actor_of(cast.hung),
        school=cast.school_a,
        member=member,
        new=NewWork(code, Decimal(periods), tenths=tenths, **told),
        now=NOW,
    )


@pytest.mark.parametrize(
    ("code", "periods", "tenths", "credited"),
    [("REMEDIAL", "10", 15, 15), ("TEAM", "6", 20, 12), ("JUROR", "2", 10, 2)],
)
def test_work_counts_in_the_load_with_its_article(
    cast: Cast, code: str, periods: str, tenths: int, credited: int
) -> None:
    teacher = make_staff("Hồ Thị Viên", school=cast.school_a)
    work(cast, teacher, code, periods, tenths, agreement="Nghị quyết 12")
    found = load(cast, teacher).load
    assert found is not None
    assert found.credited == credited
    assert found.taught[0].source.endswith("Điều 13")


def test_a_factor_outside_the_law_is_refused_and_a_chosen_one_asks_for_the_council(
    cast: Cast,
) -> None:
    teacher = make_staff("Hồ Thị Viên", school=cast.school_a)
    with pytest.raises(FactorUnfit, match="2,5"):
        work(cast, teacher, "TEAM", "6", 25, agreement="NQ")
    with pytest.raises(AgreementNeeded):
        work(cast, teacher, "TEAM", "6", 15)
    with pytest.raises(UnknownWork):
        work(cast, teacher, "SINGING", "6", 10)
    with pytest.raises(NotFound):
        actions.record_work(
            actor=actor_of(cast.mai),
            school=cast.school_a,
            member=teacher,
            new=NewWork("JUROR", Decimal(1), "WEEK", 10, TODAY, None),
            now=NOW,
        )
    made = work(cast, teacher, "TEAM", "6", 10)
    actions.end_work(actor=EVERYTHING, uuid=made.uuid, on=TODAY + ONE_DAY, now=NOW)
    assert credited(cast, teacher) == 6


def test_work_of_once_is_no_part_of_a_usual_week(cast: Cast) -> None:
    teacher = make_staff("Hồ Thị Viên", school=cast.school_a)
    work(cast, teacher, "DEMONSTRATION", "1", 15, pace="ONCE")
    assert credited(cast, teacher) == 0


def test_twelve_periods_here_and_eight_at_a_second_school_are_twenty(cast: Cast) -> None:
    teacher = make_staff("Hồ Thị Viên", school=cast.school_a)
    give(make_class("6V", school=cast.school_a), "Ngữ văn", teacher, 12)
    appoint_second(
        actor=EVERYTHING,
        member_uuid=teacher.uuid,
        school_id=cast.school_b.pk,
        post=Post(
            position=Position.TEACHER,
            starts_on=TODAY,
            is_primary=False,
            weekly_periods=8,
            decision="QĐ 5",
        ),
        now=NOW,
    )
    here, there = load(cast, teacher), load(cast, teacher, school=cast.school_b)
    assert here.load is not None
    assert there.load is not None
    assert here.load.credited == 20
    assert here.load.taught[-1].source == "Nghị định 93/2026/NĐ-CP, Điều 13"
    assert not here.counts_elsewhere
    assert there.counts_elsewhere
    assert there.load.credited == 12
    assert there.lessons == {}


def test_who_stands_in_has_the_lessons_and_who_is_away_owes_nothing(cast: Cast) -> None:
    away, stands_in = (
        make_staff(name, school=cast.school_a) for name in ("Lê Thị Hòa", "Hồ Thị Viên")
    )
    room = make_class("6V", school=cast.school_a)
    give(room, "Ngữ văn", away, 4)
    leave = record_leave(
        actor=EVERYTHING,
        member_uuid=away.uuid,
        school_id=cast.school_a.pk,
        new=NewLeave("MATERNITY", TODAY, TODAY + timedelta(days=60)),
        now=NOW,
    )
    add_substitute(
        actor=EVERYTHING,
        leave_uuid=leave.uuid,
        room=room,
        duty="TEACHING",
        subject_name="Ngữ văn",
        member_uuid=stands_in.uuid,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=60),
        now=NOW,
    )
    gone, there = load(cast, away), load(cast, stands_in)
    assert gone.away_until == TODAY + timedelta(days=60)
    assert gone.load is not None
    assert gone.load.credited == 0
    assert gone.load.required == 0
    assert LoadFault.UNDER not in gone.load.faults
    assert there.load is not None
    assert there.load.credited == 4


def test_the_zone_of_a_school_decides_the_norm_of_the_youth_leader(cast: Cast) -> None:
    assert zone_on(cast.school_a.pk, TODAY) == 3
    actions.set_zone(
        actor=actor_of(cast.hung),
        school=cast.school_a,
        zone=1,
        basis="QĐ 861",
        starts_on=TODAY,
        now=NOW,
    )
    assert zone_on(cast.school_a.pk, TODAY) == 1
    assert zone_on(cast.school_a.pk, TODAY - ONE_DAY) == 3
    with pytest.raises(ZoneKnown):
        actions.set_zone(
            actor=actor_of(cast.hung),
            school=cast.school_a,
            zone=1,
            basis="QĐ 861",
            starts_on=TODAY + ONE_DAY,
            now=NOW,
        )
    on = date(2026, 11, 23)
    asked = {
        (classes, zone): norm_for(
            "YOUTH_LEADER", Circumstances("THCS", classes=classes, zone=zone), on=on
        ).periods
        for classes, zone in ((20, 3), (30, 3), (20, 1))
    }
    assert asked == {(20, 3): 6, (30, 3): 2, (20, 1): 2}


def test_more_teachers_take_no_more_queries(cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as told:
            teacher_loads(
                actor=EVERYTHING, school=cast.school_a, year=make_year(), on=TODAY, term=0
            )
        return len(told)

    one = make_staff("Hồ Thị Viên", school=cast.school_a)
    work(cast, one, "JUROR", "1", 10)
    before = count()
    for name in ("Lê Thị Một", "Lê Thị Hai", "Lê Thị Ba"):
        work(cast, make_staff(name, school=cast.school_a), "JUROR", "1", 10)
    assert count() == before
    assert credited(cast, one) == 1


def test_at_a_school_of_several_levels_the_title_says_the_norm(cast: Cast) -> None:
    actions.fill_plans(actor=EVERYTHING, school=cast.school_a, year=make_year(), now=NOW)
    primary, other = (
        make_staff(name, school=cast.school_a, teaches=(cast.class_6b,), subject=subject)
        for name, subject in (("Đỗ Thị Tiểu", "Toán"), ("Bùi Văn Khác", "Tin học"))
    )
    ProfessionalTitle.objects.create(
        staff_member=primary, person=primary.person, code="V.07.03.29", starts_on=TODAY
    )

    def norms() -> list[tuple[int, bool]]:
        found = [load(cast, member) for member in (primary, other)]
        return [(one.load.norm.periods, one.is_by_title) for one in found if one.load]

    assert norms() == [(19, False), (19, False)], "a school of one level has its norm"
    rows = SchoolVersion.objects.unscoped(because="a test").filter(school=cast.school_a)
    rows.update(levels=["TH", "THCS"])
    assert norms() == [(23, True), (19, False)]
    monday = TODAY - TODAY.weekday() * ONE_DAY
    weeks = serving_in(cast.school_a, [monday + 7 * ONE_DAY], levels={primary.pk: "THCS"})
    of_week = {one.member: load for one in weeks for load in one.weeks.values() if load}
    assert [of_week[one].norm.periods for one in (primary, other)] == [23, 19]
