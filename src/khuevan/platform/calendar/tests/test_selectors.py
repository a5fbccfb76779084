"""The recorded days: loading them, reading a working calendar, and what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from khuevan.platform.calendar import actions, rules, selectors
from khuevan.platform.calendar.models import Holiday, SwappedDay

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing() -> None:
    actions.load_days()
    assert actions.load_days() == 0


def test_loading_keeps_a_correction() -> None:
    actions.load_days()
    Holiday.objects.filter(on=date(2027, 2, 5)).update(decision="123/TB-BNV", is_verified=True)
    actions.load_days()
    assert Holiday.objects.get(on=date(2027, 2, 5)).decision == "123/TB-BNV"


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        (date(2026, 11, 20), 5, date(2026, 11, 30)),
        (date(2026, 2, 9), 20, date(2026, 3, 16)),
        (date(2026, 8, 21), 2, date(2026, 8, 24)),  # Saturday 22/8 is worked
        (date(2026, 8, 28), 1, date(2026, 9, 3)),  # Monday 31/8 is off
    ],
)
def test_a_limit_follows_the_recorded_days(start: date, limit: int, due: date) -> None:
    actions.load_days()
    assert rules.add_working_days(start, limit, selectors.calendar_from(start)) == due


def test_a_year_nobody_recorded_follows_the_law() -> None:
    actions.load_days()
    calendar = selectors.working_calendar(date(2030, 2, 1), date(2030, 2, 28))
    assert not rules.is_working_day(date(2030, 2, 4), calendar)


def test_from_october_a_missing_notice_is_told() -> None:
    actions.load_days()
    assert selectors.years_without_notice(on=date(2026, 9, 30)) == []
    assert selectors.years_without_notice(on=date(2026, 11, 22)) == [2027]


def test_every_swap_has_its_other_half() -> None:
    actions.load_days()
    off, worked = (SwappedDay.objects.filter(works=works).count() for works in (False, True))
    assert off == worked
    assert all(day.on.weekday() >= rules.SATURDAY for day in SwappedDay.objects.filter(works=True))
