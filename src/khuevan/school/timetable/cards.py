"""What of timetables stands on first pages: a teacher's next lessons, what waits for a school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.clock import VIETNAM
from khuevan.registry.schools.api import School, academic_year_on, schools
from khuevan.school.timetable.rule_models import WishState
from khuevan.school.timetable.selectors.days import HeldLesson, by_day, lessons_of_person
from khuevan.school.timetable.selectors.days_off import days_off_of_person
from khuevan.school.timetable.selectors.standing_in import lessons_without_teacher
from khuevan.school.timetable.selectors.wishes import wishes_of
from khuevan.school.timetable.shown import held_line
from khuevan.ui.formats import weekday
from khuevan.ui.home import Task
from khuevan.ui.request import Request

DAYS_AHEAD = 7
"""How far the card looks for a day with lessons."""
ONE_DAY = timedelta(days=1)


def lessons_card(request: Request) -> dict[str, Any] | None:
    """Return the lessons a teacher still has today, else those of the next day that has some."""
    person_id, today = request.actor.person_id, request.actor.today
    if person_id is None:
        return None
    last = today + timedelta(days=DAYS_AHEAD)
    found = by_day(
        held
        for held in lessons_of_person(person_id, today, last)
        if held_line(held, person_id=person_id)["counts"]
    )
    on = _next_day(found, today)
    off = days_off_of_person(person_id, today, today).get(today, "")
    if on is None and not off:
        return None
    return {
        "title": _("My lessons today") if on == today else _("Next lessons"),
        "day": weekday(on) if on and on != today else "",
        "off": off,
        "lines": [held_line(held, person_id=person_id) for held in found[on]] if on else [],
        "url": reverse("timetable:own"),
    }


def _next_day(found: dict[date, list[HeldLesson]], today: date) -> date | None:
    """Return the first day with lessons that are not over yet."""
    at = clock.now().astimezone(VIETNAM).time()
    for on in sorted(found):
        ends = [held.bell.ends_at for held in found[on]]
        if on > today or any(end is None or end > at for end in ends):
            return on
    return None


def school_tasks(request: Request) -> Iterable[Task]:
    """Yield what waits for the school one acts in: lessons that nobody gives, wishes."""
    school = _own_school(request)
    if school is not None:
        yield from _lessons_to_cover(request, school)
        yield from _wishes_to_answer(request, school)


def _lessons_to_cover(request: Request, school: School) -> Iterable[Task]:
    """Yield the days, today and tomorrow, on which lessons of people on leave have nobody yet."""
    today = request.actor.today
    found = lessons_without_teacher(
        actor=request.actor, school=school, first=today, last=today + ONE_DAY
    )
    for on, held in sorted(by_day(found).items()):
        said = ngettext(
            "%(count)s lesson has nobody who stands in",
            "%(count)s lessons have nobody who stands in",
            len(held),
        )
        yield Task(
            label=said % {"count": len(held)},
            url=f"{reverse('timetable:day', args=[school.code])}?on={on}",
            icon="arrow-left-right",
            note=_away(held),
            due=_("Today") if on == today else _("Tomorrow"),
            tone="warn",
            count=len(held),
            order=5,
        )


def _wishes_to_answer(request: Request, school: School) -> Iterable[Task]:
    """Yield how many wishes of teachers wait for the school's answer."""
    year = academic_year_on(request.actor.today)
    if year is None:
        return
    rows = wishes_of(actor=request.actor, school=school, year=year)
    count = sum(row.state == WishState.ASKED for row in rows)
    if count:
        said = ngettext(
            "%(count)s wish for the timetable waits for an answer",
            "%(count)s wishes for the timetable wait for an answer",
            count,
        )
        url = reverse("timetable:wishes", args=[school.code])
        yield Task(said % {"count": count}, url, "message-square", count=count, order=60)


def _away(held: Sequence[HeldLesson]) -> str:
    """Return who is away, each once."""
    names = (one.lesson.person.full_name for one in held if one.lesson.person)
    return ", ".join(dict.fromkeys(names))


def _own_school(request: Request) -> School | None:
    """Return the school one acts in."""
    hat = request.actor.hat
    reach = schools(actor=request.actor, on=request.actor.today)
    return reach.filter(pk=hat.unit_id).first() if hat else None
