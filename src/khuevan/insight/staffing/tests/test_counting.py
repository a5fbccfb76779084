"""Counting a school: plans, lessons, positions, leaves and duties become posts with their rows."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY, make_class, make_person, make_staff, make_year

from khuevan.insight.staffing.counting import Counted, count_now
from khuevan.insight.staffing.days import read_day
from khuevan.insight.staffing.facts import read_facts
from khuevan.insight.staffing.models import PostCount
from khuevan.insight.staffing.rules import Post
from khuevan.insight.staffing.upkeep import refresh, write_counts
from khuevan.registry.curriculum.actions import NewDuty, record_duty, set_zone
from khuevan.registry.curriculum.api import fill_plans
from khuevan.registry.schools.models import SchoolVersion
from khuevan.registry.staff.models import Appointment, ProfessionalTitle, StaffLeave, StaffSubject

pytestmark = pytest.mark.django_db
WHY = "a test"


def planned(cast: Cast) -> None:
    """Make the plans of school A."""
    fill_plans(actor=actor_of(cast.hung), school=cast.school_a, year=make_year(), now=NOW)


def counted(cast: Cast) -> Counted:
    """Count school A now."""
    return count_now(TODAY, [cast.school_a.pk])[cast.school_a.pk]


def test_a_post_is_its_plan_its_duties_and_its_people(cast: Cast) -> None:
    planned(cast)
    found = counted(cast)
    classes = found.levels["THCS"].classes
    assert classes
    assert found.levels["THCS"].quota == classes * found.levels["THCS"].rates[0][1]  # type: ignore[operator]
    toan = found.posts["THCS", "Toán"]
    here = [one for one in found.placed if one.key == ("THCS", "Toán")]
    assert toan.heads == len([one for one in here if one.one.is_main])
    assert toan.cuts == sum(one.cuts for one in here)
    own = 140 * classes
    shared = sum(annual for _who, key, _what, annual in found.shares if key == ("THCS", "Toán"))
    assert toan.annual == own + shared
    assert toan.needed == Fraction(toan.annual, 35 * 19) + Fraction(toan.cuts, 19)


def test_every_period_of_the_plans_stands_in_one_post(cast: Cast) -> None:
    planned(cast)
    found = counted(cast)
    assert sum(one.annual for one in found.posts.values()) == 1015 * found.levels["THCS"].classes


def test_without_plans_no_need_is_told(cast: Cast) -> None:
    found = counted(cast)
    assert found.levels["THCS"].unplanned == found.levels["THCS"].classes
    assert {one.needed for one in found.posts.values()} == {None}


def test_a_teacher_on_a_long_leave_is_told_apart_and_on_a_short_one_not(cast: Cast) -> None:
    planned(cast)
    member = make_staff("Lê Thị Vắng", school=cast.school_a)
    StaffSubject.objects.unscoped(because=WHY).create(
        staff_member=member, person=member.person, subject_name="Toán", tie="TEACHES",
        starts_on=TODAY - timedelta(days=400),
    )  # fmt: skip
    before = counted(cast).posts["THCS", "Toán"]
    leave = StaffLeave.objects.unscoped(because=WHY).create(
        staff_member=member, person=member.person, school=cast.school_a, kind="MATERNITY",
        starts_on=TODAY, ends_on=TODAY + timedelta(days=180),
        expected_on=TODAY + timedelta(days=180),
    )  # fmt: skip
    away = counted(cast).posts["THCS", "Toán"]
    assert (away.heads, away.away) == (before.heads, before.away + 1)
    assert away.available == before.available - 1
    leave.ends_on = TODAY + timedelta(days=5)
    leave.save()
    assert counted(cast).posts["THCS", "Toán"] == before


def test_a_second_school_has_the_periods_and_the_first_lacks_them(cast: Cast) -> None:
    planned(cast)
    member = make_staff("Lê Thị Hai", school=cast.school_b)
    Appointment.objects.unscoped(because=WHY).create(
        staff_member=member, person=member.person, unit_id=cast.school_a.pk, position="TEACHER",
        is_primary=False, weekly_periods=8, starts_on=TODAY,
    )  # fmt: skip
    StaffSubject.objects.unscoped(because=WHY).create(
        staff_member=member, person=member.person, subject_name="Tin học", tie="TEACHES",
        starts_on=TODAY,
    )  # fmt: skip
    found = count_now(TODAY, [cast.school_a.pk, cast.school_b.pk])
    here = found[cast.school_a.pk].posts["THCS", "Tin học"]
    there = [one for one in found[cast.school_b.pk].placed if one.one.member == member.pk]
    assert here.borrowed == 8
    assert [one.one.lent for one in there] == [8]


def test_who_retires_within_a_year_is_counted(cast: Cast) -> None:
    planned(cast)
    person = make_person("Lê Thị Già", sex="FEMALE", birth_date=date(TODAY.year - 57, 6, 1))
    member = make_staff(school=cast.school_a, person=person)
    told = {one.one.member: one for one in counted(cast).placed}
    assert told[member.pk].retires is not None
    assert told[member.pk].is_leaving
    assert counted(cast).levels["THCS"].leaving >= 1


def test_what_is_written_is_what_was_counted(cast: Cast) -> None:
    planned(cast)
    assert refresh(on=TODAY, now=NOW) >= 2
    rows = PostCount.objects.unscoped(because=WHY).filter(school=cast.school_a)
    written = {(row.level, row.post): row for row in rows}
    found = counted(cast).posts
    assert written.keys() == found.keys()
    for key, post in found.items():
        row = written[key]
        told = Post(
            row.norm, row.annual, row.cuts, row.heads, row.away, row.borrowed, row.lent, row.leaving
        )
        assert told == post
        assert row.needed is None or abs(Fraction(row.needed) - (post.needed or 0)) < Fraction(
            1, 10**9
        )
    write_counts([cast.school_a.pk], on=TODAY, now=NOW)
    assert rows.count() == len(found), "a new count replaces the one before"


def test_the_number_of_statements_is_that_of_one_school(
    cast: Cast, django_assert_num_queries: object
) -> None:
    planned(cast)
    with django_assert_num_queries(11):  # type: ignore[operator]
        count_now(TODAY, [cast.school_a.pk])
    with django_assert_num_queries(11):  # type: ignore[operator]
        count_now(TODAY, [cast.school_a.pk, cast.school_b.pk])


def test_periods_of_leaders_are_there_and_who_stands_in_makes_no_teacher_more(cast: Cast) -> None:
    planned(cast)
    before = counted(cast).posts["THCS", "Toán"]
    make_staff(
        "Võ Thị Phó", school=cast.school_a, position="VICE_PRINCIPAL",
        teaches=(cast.class_6b,), subject="Toán",
    )  # fmt: skip
    after = counted(cast).posts["THCS", "Toán"]
    assert after.led in {70, 140}, "the whole subject, or the half that another teacher leaves"
    assert after.heads == before.heads
    assert after.available == before.available + Fraction(after.led, 35 * 19)


def test_a_day_of_last_year_counts_who_was_there_then(cast: Cast) -> None:
    planned(cast)
    member = make_staff("Lê Thị Mới", school=cast.school_a)
    rows = Appointment.objects.unscoped(because=WHY).filter(staff_member=member)
    rows.update(starts_on=TODAY)
    then = count_now(TODAY - timedelta(days=1), [cast.school_a.pk])[cast.school_a.pk]
    now = counted(cast)
    assert now.levels["THCS"].heads == then.levels["THCS"].heads + 1


def test_days_are_read_as_people_write_them() -> None:
    assert read_day("1/9/2025", TODAY) == date(2025, 9, 1)
    assert read_day("2025-09-01", TODAY) == date(2025, 9, 1)
    assert {read_day(text, TODAY) for text in ("", "x", "1/9/0001", "31/12/9999")} == {TODAY}


def of_two_levels(cast: Cast) -> None:
    """Let school A have primary classes too."""
    rows = SchoolVersion.objects.unscoped(because=WHY).filter(school=cast.school_a)
    rows.update(levels=["TH", "THCS"])
    make_class("1A", school=cast.school_a, grade="1")


def test_the_zone_and_what_the_principal_sets_reach_the_count(cast: Cast) -> None:
    planned(cast)
    teacher = make_staff("Đỗ Văn Vụ", school=cast.school_a)
    actor = actor_of(cast.hung)
    record_duty(
        actor=actor,
        school=cast.school_a,
        member=teacher,
        new=NewDuty("STUDENT_AFFAIRS", TODAY, periods=3),
        now=NOW,
    )
    set_zone(actor=actor, school=cast.school_a, zone=1, basis="QĐ 861", starts_on=TODAY, now=NOW)
    assert read_facts(TODAY, [cast.school_a.pk])[cast.school_a.pk].zone == 1
    (placed,) = [one for one in counted(cast).placed if one.one.member == teacher.pk]
    assert placed.cuts == 3


def test_who_gives_lessons_at_another_level_is_lent_to_it(cast: Cast) -> None:
    of_two_levels(cast)
    planned(cast)
    teacher = make_staff(
        "Đỗ Thị Tiểu", school=cast.school_a, teaches=(cast.class_6b,), subject="Toán"
    )
    before = counted(cast)
    (placed,) = [one for one in before.placed if one.one.member == teacher.pk]
    assert placed.key == ("THCS", "Toán"), "no title is recorded: where most lessons are"
    ProfessionalTitle.objects.create(
        staff_member=teacher, person=teacher.person, code="V.07.03.29", starts_on=TODAY
    )
    after = counted(cast)
    (placed,) = [one for one in after.placed if one.one.member == teacher.pk]
    assert placed.key == ("TH", "CLASS_TEACHER")
    given = sum(placed.one.given.values())
    assert given
    there, here = after.posts["THCS", "Toán"], after.posts["TH", "CLASS_TEACHER"]
    assert [there.crossed, here.crossed] == [given, -given]
    lost = before.posts["THCS", "Toán"].available - there.available
    assert lost == 1 - Fraction(given, 35 * 19)
    assert here.available == 1 - Fraction(given, 35 * 23)
