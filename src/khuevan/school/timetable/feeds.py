"""A person's lessons as a calendar file (RFC 5545): the weeks around today, with their changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from khuevan.kernel.clock import VIETNAM
from khuevan.school.timetable.selectors.days import HeldLesson, lessons_of_person
from khuevan.school.timetable.selectors.days_off import days_off_of_person

BACK, AHEAD = timedelta(days=14), timedelta(days=56)


def calendar_of(person_id: int, *, today: date, now: datetime) -> bytes:
    """Return the lessons of somebody from two weeks ago to eight weeks ahead as a calendar."""
    found = lessons_of_person(person_id, today - BACK, today + AHEAD)
    off = days_off_of_person(person_id, today - BACK, today + AHEAD)
    return build_calendar((one for one in found if _is_theirs(one, person_id)), now=now, off=off)


def build_calendar(
    lessons: Iterable[HeldLesson], *, now: datetime, off: Mapping[date, str] | None = None
) -> bytes:
    """Return lessons as a calendar; of which nobody told the times stand as notes of the day.

    Days off stand as notes with their reason.
    """
    made = Calendar()
    made.add("prodid", "-//Khue Van//timetable//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Timetable"))
    for one in lessons:
        made.add_component(_event(one, now))
    for on, why in (off or {}).items():
        made.add_component(_day_off(on, why, now))
    content: bytes = made.to_ical()
    return content


def _event(held: HeldLesson, now: datetime) -> Event:
    lesson, event = held.lesson, Event()
    words = {
        "subject": lesson.subject_label,
        "room": lesson.homeroom_class.name,
        "period": held.bell.number,
    }
    title = _("%(subject)s, class %(room)s") % words
    if held.is_stood_in:
        title = _("%(title)s (stands in)") % {"title": title}
    event.add("uid", f"{lesson.uuid}-{held.origin:%Y%m%d}@khuevan")
    event.add("dtstamp", now)
    event.add("summary", title)
    event.add("description", _("Period %(period)s") % words)
    if held.bell.begins_at and held.bell.ends_at:
        event.add("dtstart", datetime.combine(held.on, held.bell.begins_at, VIETNAM))
        event.add("dtend", datetime.combine(held.on, held.bell.ends_at, VIETNAM))
    else:
        event.add("dtstart", held.on)
    if lesson.room:
        event.add("location", lesson.room.name)
    return event


def _day_off(on: date, why: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"off-{on:%Y%m%d}@khuevan")
    event.add("dtstamp", now)
    event.add("summary", _("Day off: %(why)s") % {"why": why})
    event.add("dtstart", on)
    event.add("transp", "TRANSPARENT")
    return event


def _is_theirs(held: HeldLesson, person_id: int) -> bool:
    return not held.is_off and held.teacher is not None and held.teacher.pk == person_id
