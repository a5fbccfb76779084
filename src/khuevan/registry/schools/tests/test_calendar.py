"""Which days are taught: the frame, days off, closures, days made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_year

from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.organizations.api import versions_on
from khuevan.registry.schools import actions, calendar, errors
from khuevan.registry.schools.actions import FrameData
from khuevan.registry.schools.calendar_rules import (
    MakeUpFault,
    SchoolDays,
    TermFault,
    is_teaching_day,
    make_up_fault,
    teaching_days,
    term_fault,
)
from khuevan.registry.schools.models import Closure

FIRST, END = date(2026, 9, 7), date(2027, 6, 1)
DAYS = st.dates(FIRST - timedelta(days=10), END + timedelta(days=10))
FRAME = FrameData(
    returns_on=date(2026, 9, 5),
    starts_on=date(2026, 9, 7),
    ends_on=END,
    terms=((date(2026, 9, 7), date(2027, 1, 18)), (date(2027, 1, 18), END)),
    decision="2100/QĐ-UBND",
)


@given(day=DAYS, off=st.sets(DAYS), made_up=st.sets(DAYS), start=DAYS, length=st.integers(1, 9))
def test_a_day_is_taught_for_a_reason(
    day: date, off: set[date], made_up: set[date], start: date, length: int
) -> None:
    closed = ((start, start + timedelta(days=length)),)
    days = SchoolDays(FIRST, END, True, frozenset(off), closed, frozenset(made_up))
    in_frame = FIRST <= day < END
    is_closed = start <= day < start + timedelta(days=length)
    usual = day.weekday() != 6 and day not in off
    assert is_teaching_day(day, days) == (in_frame and not is_closed and (usual or day in made_up))


@given(first=DAYS, length=st.integers(0, 60), off=st.sets(DAYS))
def test_closing_days_never_adds_any(first: date, length: int, off: set[date]) -> None:
    days = SchoolDays(FIRST, END, days_off=frozenset(off))
    closed = replace(days, closed=((first, first + timedelta(days=length)),))
    all_days, fewer = teaching_days((FIRST, END), days), teaching_days((FIRST, END), closed)
    assert set(fewer) <= set(all_days)
    lost = set(all_days) - set(fewer)
    assert all(first <= day < first + timedelta(days=length) for day in lost)


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        ([(FIRST, date(2027, 1, 18)), (date(2027, 1, 18), END)], None),
        ([(FIRST, date(2027, 1, 17)), (date(2027, 1, 18), END)], None),  # a Sunday between
        ([(FIRST, date(2027, 1, 15)), (date(2027, 1, 18), END)], TermFault.GAP),
        ([(FIRST, date(2027, 1, 20)), (date(2027, 1, 18), END)], TermFault.OVERLAP),
        ([(FIRST, date(2027, 1, 18)), (date(2027, 1, 18), date(2027, 7, 1))], TermFault.OUTSIDE),
        ([(FIRST, FIRST)], TermFault.BACKWARD),
        ([], TermFault.NONE_GIVEN),
    ],
)
def test_terms_follow_each_other(terms: list[tuple[date, date]], fault: TermFault | None) -> None:
    found = term_fault((FIRST, END), terms)
    assert (found[0] if found else None) is fault


def decide(cast: Cast, by: str = "thanh", data: FrameData = FRAME) -> None:
    """Write down the lower-secondary year as somebody of the cast."""
    actions.set_frame(
        actor=actor_of(getattr(cast, by)), year=make_year(), level="THCS", data=data, now=NOW
    )


def close(cast: Cast, by: str, unit_id: int) -> Closure:
    """Close three days of October as somebody of the cast."""
    return actions.close_days(
        actor=actor_of(getattr(cast, by)),
        unit_id=unit_id,
        levels=(),
        starts_on=date(2026, 10, 14),
        ends_on=date(2026, 10, 17),
        reason="STORM",
        note="Bão số 8",
        decision="512/UBND-VX",
        now=NOW,
    )


@pytest.mark.parametrize("by", ["binh", "hoa", "hung", "loan"])
def test_only_the_director_decides_the_year(cast: Cast, by: str) -> None:
    with pytest.raises(NotFound):
        decide(cast, by)


def test_terms_with_a_gap_are_refused(cast: Cast) -> None:
    gap = replace(FRAME, terms=((FIRST, date(2027, 1, 11)), (date(2027, 1, 18), END)))
    with pytest.raises(errors.TermsLeaveAGap):
        decide(cast, data=gap)


def test_terms_move_both_ways(cast: Cast) -> None:
    for middle in (date(2027, 1, 25), date(2027, 1, 11)):
        decide(cast, data=replace(FRAME, terms=((FIRST, middle), (middle, END))))
    ends = [term.ends_on for term in _year("THCS").terms]
    assert ends == [date(2027, 1, 11), END]


def test_a_storm_takes_days_and_a_saturday_gives_one_back(cast: Cast) -> None:
    decide(cast)
    term = _year("THCS").terms[0]
    pk = cast.school_a.pk
    usual = calendar.teaching_days(pk, "THCS", term)
    parent = _commune(cast)
    storm = close(cast, "hoa", parent)
    after = calendar.teaching_days(pk, "THCS", term)
    lost = {date(2026, 10, day) for day in (14, 15, 16)}
    assert set(usual) - set(after) == lost
    assert set(calendar.teaching_days(cast.school_b.pk, "THCS", term)) == set(usual)
    actions.add_make_up_day(
        actor=actor_of(cast.hoa), uuid=storm.uuid, on=date(2026, 10, 24), now=NOW
    )
    assert calendar.is_teaching_day(pk, "THCS", on=date(2026, 10, 24))
    actions.withdraw_closure(actor=actor_of(cast.hoa), uuid=storm.uuid, now=NOW)
    assert calendar.teaching_days(pk, "THCS", term) == usual


def test_nobody_closes_what_is_above(cast: Cast) -> None:
    with pytest.raises(NotFound):
        close(cast, "hung", _commune(cast))
    with pytest.raises(NotFound):
        close(cast, "hung", cast.school_b.pk)
    assert close(cast, "hung", cast.school_a.pk).unit_id == cast.school_a.pk


def test_lessons_are_made_up_after_the_closure(cast: Cast) -> None:
    decide(cast)
    storm = close(cast, "hung", cast.school_a.pk)
    hung = actor_of(cast.hung)
    with pytest.raises(errors.MakeUpTooEarly):
        actions.add_make_up_day(actor=hung, uuid=storm.uuid, on=date(2026, 10, 15), now=NOW)
    with pytest.raises(errors.MakeUpTaught):
        actions.add_make_up_day(actor=hung, uuid=storm.uuid, on=date(2026, 10, 19), now=NOW)
    actions.add_make_up_day(actor=hung, uuid=storm.uuid, on=date(2026, 10, 24), now=NOW)
    with pytest.raises(errors.MakeUpTwice):
        actions.add_make_up_day(actor=hung, uuid=storm.uuid, on=date(2026, 10, 24), now=NOW)


@pytest.mark.parametrize(
    ("day", "named", "saturdays", "fault"),
    [
        (date(2027, 1, 1), 0, False, MakeUpFault.HOLIDAY),
        (date(2027, 2, 7), 0, False, MakeUpFault.HOLIDAY),
        (date(2027, 6, 6), 0, False, MakeUpFault.OUTSIDE),
        (date(2026, 10, 24), 0, False, None),
        (date(2026, 10, 24), 0, True, MakeUpFault.TAUGHT),
        (date(2026, 10, 25), 0, True, MakeUpFault.MADE_UP),
        (date(2026, 11, 1), 2, True, None),
        (date(2026, 11, 1), 3, True, MakeUpFault.ENOUGH),
    ],
)
def test_lessons_are_made_up_on_free_days_of_the_year(
    day: date, named: int, saturdays: bool, fault: MakeUpFault | None
) -> None:
    """No holiday, no day after the year, no day taken, and no more days than were lost."""
    off = frozenset({date(2027, 1, 1), date(2027, 2, 7)})
    sunday = frozenset({date(2026, 10, 25)})
    days = SchoolDays(FIRST, END, saturdays, off, made_up=sunday)
    closed = (date(2026, 10, 16), date(2026, 10, 20) if saturdays else date(2026, 10, 21))
    found = make_up_fault(
        day, closed=closed, named=named, levels=[days], holidays=off, taken=sunday
    )
    assert found is fault


@pytest.mark.parametrize("decided", [True, False])
def test_a_refused_make_up_day_says_why(cast: Cast, decided: bool) -> None:
    if decided:
        decide(cast, data=replace(FRAME, teaches_saturday=True))
    storm = close(cast, "hung", cast.school_a.pk)
    told: dict[type[Exception], date] = {
        errors.MakeUpHoliday: date(2027, 1, 1),
        errors.MakeUpOutsideYear: date(2027, 12, 5) if not decided else END,
    }
    if decided:
        told[errors.MakeUpTaughtSixDays] = date(2026, 10, 24)
    for error, on in told.items():
        with pytest.raises(error):
            actions.add_make_up_day(actor=actor_of(cast.hung), uuid=storm.uuid, on=on, now=NOW)
    for sunday in (18, 25):
        on = date(2026, 10, sunday)
        actions.add_make_up_day(actor=actor_of(cast.hung), uuid=storm.uuid, on=on, now=NOW)
    other = close(cast, "hung", cast.school_a.pk)
    if decided:
        with pytest.raises(errors.MakeUpTaken):
            actions.add_make_up_day(
                actor=actor_of(cast.hung), uuid=other.uuid, on=date(2026, 10, 25), now=NOW
            )


def test_a_single_make_up_day_is_taken_back(cast: Cast, client: Client) -> None:
    decide(cast)
    storm = close(cast, "hung", cast.school_a.pk)
    days = [date(2026, 10, 24), date(2026, 10, 25)]
    for on in days:
        actions.add_make_up_day(actor=actor_of(cast.hung), uuid=storm.uuid, on=on, now=NOW)
    url = f"/closures/{storm.uuid}/make-up/withdraw/"
    assert client.sign_in(cast.hung).post(url, {"on": "2026-10-24"}).status_code == 302
    assert [one.on for one in storm.make_up_days.all()] == days[1:]
    assert client.post(url, {"on": "2026-10-24"}).status_code == 404
    assert client.post(url, {"on": "x"}).status_code == 404


def test_the_log_names_days_off_in_words(cast: Cast) -> None:
    decide(cast)
    storm = close(cast, "hung", cast.school_a.pk)
    actions.add_make_up_day(
        actor=actor_of(cast.hung), uuid=storm.uuid, on=date(2026, 10, 25), now=NOW
    )
    entry = AuditEntry.objects.unscoped(because="a test").get(code="schools.day_made_up")
    assert entry.target_label == f"{storm.why}, 14/10/2026"


def test_what_is_said_of_a_school_are_the_words_of_the_law() -> None:
    with translation.override("vi"):
        told = [translation.gettext(text) for text in ("Open a school", "Schools that have closed")]
    assert told == ["Thành lập trường", "Trường đã giải thể"]


def test_days_off_to_come_are_told_before_those_that_are_over(cast: Cast) -> None:
    """Days that are over are told because they are made up: after what is still to come."""
    first = close(cast, "hung", cast.school_a.pk)
    actions.add_make_up_day(actor=actor_of(cast.hung), uuid=first.uuid, on=TODAY, now=NOW)
    actions.close_days(
        actor=actor_of(cast.hung), unit_id=cast.school_a.pk, levels=(), reason="STORM", note="",
        starts_on=TODAY + timedelta(days=3), ends_on=TODAY + timedelta(days=4), decision="9",
        now=NOW,
    )  # fmt: skip
    told = calendar.days_ahead(cast.school_a.pk, "THCS", on=TODAY)
    assert [one.first >= TODAY for one in told] == [True, False]


def test_a_year_not_decided_is_told(cast: Cast) -> None:
    with pytest.raises(errors.YearNotDecided):
        calendar.is_teaching_day(cast.school_a.pk, "THCS", on=TODAY)


def test_a_year_not_decided_has_holidays_all_the_same(cast: Cast) -> None:
    make_year()
    first, end = date(2027, 4, 26), date(2027, 5, 4)  # 30/4 a Friday, 1/5 a Saturday, 2/5 a Sunday
    taught = calendar.days_taught(cast.school_a.pk, "THCS", first=first, end=end)
    assert taught >= {date(2027, 4, 26), date(2027, 4, 28), date(2027, 4, 29)}
    assert not taught & {date(2027, 4, 30), date(2027, 5, 1), date(2027, 5, 2)}


def test_the_calendar_page_tells_the_storm(cast: Cast, client: Client) -> None:
    decide(cast)
    close(cast, "hoa", _commune(cast))
    url = f"/schools/{cast.school_a.code}/calendar/"
    page = client.sign_in(cast.loan).get(url)
    assert "Bão số 8" in page.content.decode()
    assert page.context["level_years"][0]["terms"][0]["days"] > 80
    assert client.sign_in(cast.mai).get(url).status_code == 404


def _commune(cast: Cast) -> int:
    version = versions_on(TODAY).get(unit_id=cast.school_a.pk)
    assert version.parent_id is not None
    return version.parent_id


def _year(level: str) -> calendar.LevelYear:
    return next(one for one in calendar.level_years(make_year()) if one.level == level)
