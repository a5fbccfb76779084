"""A lesson of a day at another time: moved to a free one, or swapped with another lesson."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.schools.api import School, get_school_for, school_frame
from khuevan.school.timetable import actions
from khuevan.school.timetable.forms import MoveForm, SwapForm
from khuevan.school.timetable.models import ScheduledLesson
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.places import Place
from khuevan.school.timetable.selectors.days import HeldLesson
from khuevan.school.timetable.selectors.openings import free_places, swaps
from khuevan.school.timetable.shown import period_words
from khuevan.ui.asked import day_in, day_of_deed
from khuevan.ui.formats import day, weekday
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

DAYS_OFFERED = 14
WEEK = timedelta(days=7)


@page(MANAGE_TIMETABLES)
def move_day(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Move a lesson of a day to another time at which class and teacher are free."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    on, row = day_of_deed(request), _lesson(request, school, uuid)
    first = _first_day(request, on)
    places = free_places(row, on, first=first, days=DAYS_OFFERED)
    form = MoveForm(request.POST or None, times=_offered(places))
    if request.method == "POST" and form.is_valid():
        to = next(one for one in places if _key(one) == form.cleaned_data["to"])
        with form.domain_errors():
            actions.move_lesson_of_day(
                actor=request.actor,
                lesson=uuid,
                on=on,
                to=to,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            words = {"day": day(to.on), "place": period_words(to.half, to.first)}
            messages.success(request, _("The lesson is held on %(day)s, %(place)s.") % words)
            return done(request, _day_url(school, to.on))
    return _page(request, school, row, on, first, move=form)


@page(MANAGE_TIMETABLES, methods=("POST",))
def swap_day(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Swap a lesson of a day with another one of the class."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    on, row = day_of_deed(request), _lesson(request, school, uuid)
    found = swaps(row, on, since=request.actor.today)
    form = SwapForm(request.POST, lessons=[(_swap_key(one), _swap_told(one)) for one in found])
    if form.is_valid():
        other = next(one for one in found if _swap_key(one) == form.cleaned_data["other"])
        with form.domain_errors():
            actions.swap_lessons_of_day(
                actor=request.actor,
                lesson=uuid,
                on=on,
                other=other.lesson.uuid,
                other_on=other.origin,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The two lessons are swapped; both teachers are told."))
            return done(request, _day_url(school, on))
    return _page(request, school, row, on, on, swap=form)


def _page(
    request: Request,
    school: School,
    row: ScheduledLesson,
    on: date,
    first: date,
    *,
    move: MoveForm | None = None,
    swap: SwapForm | None = None,
) -> HttpResponse:
    """Show both ways, the one that was tried with what is wrong."""
    if move is None:
        places = free_places(row, on, first=first, days=DAYS_OFFERED)
        move = MoveForm(times=_offered(places))
    if swap is None:
        swap = SwapForm(
            lessons=[
                (_swap_key(one), _swap_told(one))
                for one in swaps(row, on, since=request.actor.today)
            ]
        )
    words = {
        "subject": row.subject_label,
        "room": row.homeroom_class.name,
        "period": row.period,
        "day": day(on),
    }
    here = reverse("timetable:move_day", args=[school.code, row.uuid])
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "form": move,
        "swap_form": swap,
        "swap_url": f"{reverse('timetable:swap_day', args=[school.code, row.uuid])}?on={on}",
        "title": _("%(subject)s, class %(room)s, period %(period)s on %(day)s") % words,
        "teacher": row.person.full_name if row.person else "",
        "span": _("%(first)s to %(last)s")
        % {"first": day(first), "last": day(first + timedelta(days=DAYS_OFFERED - 1))},
        "earlier": f"{here}?on={on}&from={first - WEEK}",
        "later": f"{here}?on={on}&from={first + WEEK}",
        "cancel_url": _day_url(school, on),
    }
    return render_page(request, "timetable/move_day.html", context, status=form_status(request))


def _lesson(request: Request, school: School, uuid: UUID) -> ScheduledLesson:
    rows = ScheduledLesson.objects.visible_to(request.actor, MANAGE_TIMETABLES)
    rows = rows.filter(school=school).select_related(
        "homeroom_class__grade_level", "person", "timetable__academic_year"
    )
    found: ScheduledLesson = rows.one(uuid)
    return found


def _first_day(request: Request, on: date) -> date:
    """Return from which day on times are offered: as asked, else today or that day."""
    return day_in(request.GET.get("from", "")) or max(on, request.actor.today)


def _offered(places: list[Place]) -> list[tuple[str, Any]]:
    by_day: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in places:
        told = f"{period_words(one.half, one.first)}, {day(one.on)}"
        by_day[weekday(one.on)].append((_key(one), told))
    return [("", "–"), *by_day.items()]


def _key(place: Place) -> str:
    return f"{place.on.isoformat()} {place.half} {place.first}"


def _swap_key(held: HeldLesson) -> str:
    return f"{held.lesson.uuid} {held.origin.isoformat()}"


def _swap_told(held: HeldLesson) -> str:
    words = {
        "day": weekday(held.on),
        "period": held.bell.number,
        "subject": held.lesson.subject_label,
        "name": held.teacher.full_name if held.teacher else "",
    }
    return _("%(day)s, period %(period)s: %(subject)s, %(name)s") % words


def _day_url(school: School, on: date) -> str:
    return f"{reverse('timetable:day', args=[school.code])}?on={on.isoformat()}"
