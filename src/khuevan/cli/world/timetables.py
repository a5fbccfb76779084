"""Timetables of the schools that the demo's cast works at: bell times, a published week."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import translation

from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import academic_year_on, get_school_for
from khuevan.school.timetable.api import (
    MANAGE_TIMETABLES,
    BellPeriod,
    Half,
    Timetable,
    make_timetable,
    place_rest,
    publish_timetable,
)

WHY = "the demo's own timetables"
BELLS = {
    Half.MORNING: ((7, 0), (7, 55), (8, 55), (9, 50), (10, 45)),
    Half.AFTERNOON: ((13, 0), (13, 55), (14, 55), (15, 50), (16, 45)),
}
"""As a school wrote them down: breaks of ten minutes, the long one of a quarter after period 2."""
PERIOD = timedelta(minutes=45)


def publish_weeks(codes: tuple[str, ...], *, actor: Actor, now: datetime) -> int:
    """Give schools bell times and a timetable that holds since the year's first Monday; once."""
    year = academic_year_on(actor.today)
    if year is None:
        return 0
    monday = year.starts_on + timedelta(days=-year.starts_on.weekday() % 7)
    made = 0
    for code in codes:
        school = get_school_for(actor, code, MANAGE_TIMETABLES)
        if Timetable.objects.unscoped(because=WHY).filter(school=school).exists():
            continue
        _ring(school.pk, year.starts_on)
        with translation.override(settings.LANGUAGE_CODE):
            draft = make_timetable(
                actor=actor,
                school=school,
                year=year,
                name="Thời khóa biểu số 1",
                starts_on=monday,
                days=6,
                now=now,
            )
        place_rest(actor=actor, uuid=draft.uuid, now=now)
        publish_timetable(
            actor=actor,
            uuid=draft.uuid,
            accepts_clashes=True,
            reason="Áp dụng từ đầu năm học",
            now=now,
        )
        made += 1
    return made


def _ring(school_id: int, since: date) -> None:
    BellPeriod.objects.unscoped(because=WHY).bulk_create(
        BellPeriod(
            school_id=school_id,
            half=half,
            number=number,
            begins_at=time(*begins),
            ends_at=(datetime(2000, 1, 1, *begins) + PERIOD).time(),  # noqa: DTZ001 (a time of day)
            starts_on=since,
        )
        for half, starts in BELLS.items()
        for number, begins in enumerate(starts, 1)
    )
