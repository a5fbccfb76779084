"""Bell times of a school by level and half-day, and which half-day each grade attends."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum.api import frame_of, session_words
from khuevan.registry.schools.api import (
    MANAGE_CLASSES,
    EducationLevel,
    HomeroomClass,
    School,
    Session,
    academic_year_on,
    get_school_for,
    held_on,
    school_frame,
    set_grade_session,
)
from khuevan.school.timetable.actions.bells import drop_bells, set_bells
from khuevan.school.timetable.actions.rules import touch
from khuevan.school.timetable.bell_rules import BellTime, usual_times
from khuevan.school.timetable.bells import bells_after, bells_by_level
from khuevan.school.timetable.grids import Bell
from khuevan.school.timetable.models import MOST_PERIODS, Half
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.rule_forms import BellsForm
from khuevan.school.timetable.selectors.rules import Place, classes_of
from khuevan.school.timetable.selectors.versions import halves_of_classes
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

USUAL_PERIODS = 5
"""Lines of a half-day that are offered to be filled in."""


@page(MANAGE_TIMETABLES)
def bells(request: Request, code: str) -> HttpResponse:
    """Show the bell times of a level on a day, and set them from a day on."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    level = _level(school, request.GET.get("level", ""))
    on = request.actor.today
    held = bells_by_level(school.pk, on)
    rows, unread = _times(request, school, level, held)
    form = BellsForm(request.POST or None, initial={"starts_on": on})
    if request.method == "POST" and form.is_valid():
        if unread:
            form.add_error(None, _("%(time)s is no time. Write it like 07:55.") % {"time": unread})
        else:
            with form.domain_errors():
                set_bells(
                    actor=request.actor,
                    school=school,
                    level=level,
                    bells=rows,
                    starts_on=form.cleaned_data["starts_on"],
                    now=clock.now(),
                )
                messages.success(request, _("The bell times are set."))
                return done(request, _url(school, level))
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "form": form,
        "halves": _halves(rows),
        "is_usual": level not in held and request.method != "POST",
        "later": _later(school, level, on),
        "level": level,
        "options": _levels(school, level),
        "grades": _grades(request, school),
        "faults": _session_faults(request, school),
        "sessions": Session.choices,
    }
    return render_page(request, "timetable/bells.html", context, status=form_status(request))


@page(MANAGE_TIMETABLES, methods=("POST",))
def drop(request: Request, code: str) -> HttpResponse:
    """Take back bell times that do not hold yet."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    level = _level(school, request.POST.get("level", ""))
    try:
        starts_on = date.fromisoformat(request.POST.get("starts_on", ""))
    except ValueError as error:
        raise NotFound from error
    drop_bells(
        actor=request.actor, school=school, level=level, starts_on=starts_on, now=clock.now()
    )
    messages.success(
        request, _("The bell times from %(day)s are taken back.") % {"day": day(starts_on)}
    )
    return done(request, _url(school, level))


@page(MANAGE_CLASSES, methods=("POST",))
def grade_session(request: Request, code: str) -> HttpResponse:
    """Let the classes of a grade learn in one half-day, or all day."""
    school = get_school_for(request.actor, code, MANAGE_CLASSES)
    year = academic_year_on(request.actor.today)
    session = request.POST.get("session", "")
    rows = classes_of(request.actor, Place(school, year), MANAGE_CLASSES) if year else []
    wanted = request.POST.get("grade", "")
    grade = next((one.grade_level for one in rows if one.grade_level.code == wanted), None)
    if grade is None or year is None or session not in Session.values:
        raise NotFound
    count = set_grade_session(
        actor=request.actor,
        school=school,
        year=year,
        grade=grade,
        session=Session(session),
        now=clock.now(),
    )
    touch(school.pk)
    said = ngettext("%(count)s class changed.", "%(count)s classes changed.", count)
    messages.success(request, said % {"count": count})
    return done(request, _url(school, ""))


def _later(school: School, level: str, on: date) -> list[dict[str, Any]]:
    """Return the bell times that begin later, each half-day's in a line."""
    return [
        {
            "starts_on": starts_on,
            "halves": [
                (label, ", ".join(_span(one) for one in found if one.half == half))
                for half, label in Half.choices
                if any(one.half == half for one in found)
            ],
        }
        for starts_on, found in bells_after(school.pk, level, on).items()
    ]


def _span(bell: Bell) -> str:
    begins, ends = bell.begins_at, bell.ends_at
    return f"{begins:%H:%M}–{ends:%H:%M}" if begins and ends else ""


def _level(school: School, asked: str) -> str:
    return asked if asked in school.levels else ""


def _url(school: School, level: str) -> str:
    address = reverse("timetable:bells", args=[school.code])
    return f"{address}?level={level}" if level else address


def _levels(school: School, current: str) -> list[dict[str, Any]]:
    """Return the levels a school may have times of its own for, where it teaches several."""
    levels = list(school.levels) if len(school.levels) > 1 else []
    options = [("", _("All levels")), *((one, EducationLevel(one).label) for one in levels)]
    return [
        {"label": label, "url": _url(school, level), "current": level == current}
        for level, label in options
        if levels
    ]


def _times(
    request: Request, school: School, level: str, held: dict[str, Any]
) -> tuple[list[BellTime], str]:
    """Return the times that were written, else those that hold, else usual ones."""
    if request.method == "POST":
        return _written(request)
    known = held.get(level) or held.get("") or ()
    rows = [
        BellTime(one.half, one.number, one.begins_at, one.ends_at)
        for one in known
        if one.begins_at and one.ends_at
    ]
    only = level or (school.levels[0] if len(school.levels) == 1 else "")
    return rows or usual_times(only), ""


def _written(request: Request) -> tuple[list[BellTime], str]:
    """Return the times of a form, and the first text that is no time."""
    rows: list[BellTime] = []
    for half in Half.values:
        for number in range(1, MOST_PERIODS + 1):
            texts = [
                request.POST.get(f"{half}-{number}-{end}", "").strip() for end in ("from", "to")
            ]
            if not any(texts):
                continue
            times = [_time(one) for one in texts]
            begins, ends = times
            if begins is None or ends is None:
                return rows, next(
                    (text or "–" for text, at in zip(texts, times, strict=True) if at is None), ""
                )
            rows.append(BellTime(half, number, begins, ends))
    return rows, ""


def _time(text: str) -> time | None:
    for form in ("%H:%M", "%Hh%M", "%H.%M"):
        try:
            return datetime.strptime(text, form).time()  # noqa: DTZ007 (a time of any day)
        except ValueError:
            continue
    return None


def _halves(rows: list[BellTime]) -> list[dict[str, Any]]:
    """Return both half-days with a line for each period there may be."""
    known = {(one.half, one.number): one for one in rows}
    return [
        {
            "label": label,
            "half": half,
            "rows": [
                {
                    "number": number,
                    "from": f"{one.begins_at:%H:%M}" if one else "",
                    "to": f"{one.ends_at:%H:%M}" if one else "",
                }
                for number in range(1, MOST_PERIODS + 1)
                for one in (known.get((half, number)),)
                if one is not None or number <= USUAL_PERIODS
            ],
        }
        for half, label in Half.choices
    ]


def _grades(request: Request, school: School) -> list[dict[str, Any]]:
    """Return the grades of the year with the half-days their classes attend."""
    year = academic_year_on(request.actor.today)
    may_set = held_on(request.actor, MANAGE_CLASSES, school)
    rows = classes_of(request.actor, Place(school, year)) if year else []
    by_grade: defaultdict[str, list[HomeroomClass]] = defaultdict(list)
    for room in rows:
        by_grade[room.grade_level.code].append(room)
    found = []
    for code, rooms in by_grade.items():
        count = Counter(room.session for room in rooms)
        words = [_session_words(Session(one), count[one]) for one in Session.values if count[one]]
        found.append(
            {
                "code": code,
                "label": rooms[0].grade_level.label,
                "classes": ", ".join(room.name for room in rooms),
                "session": next(iter(count)) if len(count) == 1 else "",
                "words": ", ".join(words),
                "may_set": may_set,
            }
        )
    return found


def _session_words(session: Session, count: int) -> str:
    """Return a half-day with how many classes have it."""
    said = ngettext("%(half)s: %(count)s class", "%(half)s: %(count)s classes", count)
    return said % {"half": session.label, "count": count}


def _session_faults(request: Request, school: School) -> list[str]:
    """Return the classes whose present week breaks the limits of sessions, each with a sentence."""
    today = request.actor.today
    return [
        _("%(room)s: %(fault)s") % {"room": room.name, "fault": fault}
        for room, days in halves_of_classes(school.pk, today).items()
        for fault in session_words(room, frame_of(room.grade_level.level, today), days)
    ]
