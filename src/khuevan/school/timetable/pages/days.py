"""A day of a school: who is away, who stands in, which lessons are off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.schools.api import School, get_school_for, school_frame
from khuevan.registry.staff.api import StaffMember
from khuevan.school.timetable import actions
from khuevan.school.timetable.forms import StandInForm
from khuevan.school.timetable.models import ScheduledLesson
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.selectors.days import lessons_of_school
from khuevan.school.timetable.selectors.days_off import day_off_of_school
from khuevan.school.timetable.selectors.standing_in import (
    candidates_for,
    change_key,
    change_of,
    lessons_without_teacher,
)
from khuevan.school.timetable.shown import held_line
from khuevan.school.timetable.substitutes import Candidate
from khuevan.ui.asked import asked_day, day_of_deed
from khuevan.ui.formats import day, number, weekday
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

ONE_DAY = timedelta(days=1)


@page(MANAGE_TIMETABLES, methods=("GET",))
def school_day(request: Request, code: str) -> HttpResponse:
    """Show the lessons of a day that need somebody: of people away; and what was changed."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    on = asked_day(request)
    open_lessons = lessons_without_teacher(actor=request.actor, school=school, first=on, last=on)
    needed = {one.lesson.pk for one in open_lessons}
    lines: list[dict[str, Any]] = []
    teachers: dict[str, str] = {}
    for held in lessons_of_school(school.pk, on):
        line = held_line(held, of_class=True)
        line["teacher"] = held.lesson.person.full_name if held.lesson.person else ""
        line["needs"] = held.lesson.pk in needed and not held.is_off
        line["changed"] = held.change is not None
        lines.append(line)
        if held.lesson.person:
            teachers[held.lesson.person.full_name] = held.lesson.person.sort_key
    asked = request.GET.get("teacher", "")
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "on": on,
        "label": weekday(on),
        "open": [line for line in lines if line["needs"]],
        "changed": [line for line in lines if line["changed"]],
        "teachers": sorted(teachers, key=teachers.__getitem__),
        "asked": asked,
        "of_teacher": [line for line in lines if asked and line["teacher"] == asked],
        "has_lessons": bool(lines),
        "why_off": "" if lines else day_off_of_school(school, on),
        "before": _day_url(school, (on - ONE_DAY).isoformat()),
        "after": _day_url(school, (on + ONE_DAY).isoformat()),
    }
    return render_page(request, "timetable/day.html", context)


@page(MANAGE_TIMETABLES)
def lesson_day(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Let somebody stand in for a lesson on a day: who is free, the best first."""
    school = get_school_for(request.actor, code, MANAGE_TIMETABLES)
    on = day_of_deed(request)
    rows = ScheduledLesson.objects.visible_to(request.actor, MANAGE_TIMETABLES)
    rows = rows.filter(school=school).select_related("homeroom_class__grade_level", "person")
    row = rows.one(uuid)
    found = candidates_for(actor=request.actor, school=school, lesson=row, on=on)
    form = StandInForm(request.POST or None, members=[(one.key, _told(one)) for one in found])
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in found if one.key == form.cleaned_data["member"])
        members = StaffMember.objects.visible_to(request.actor, MANAGE_TIMETABLES)
        with form.domain_errors():
            actions.substitute_lesson(
                actor=request.actor,
                lesson=uuid,
                on=on,
                member=members.select_related("person").one(UUID(chosen.key)),
                teaches_subject=chosen.teaches_subject,
                reason=form.cleaned_data["reason"],
                instead_of=request.POST.get("instead_of"),
                now=clock.now(),
            )
            messages.success(request, _("%(name)s stands in.") % {"name": chosen.name})
            return done(request, _day_url(school, on.isoformat()))
    words = {
        "subject": row.subject_label,
        "room": row.homeroom_class.name,
        "period": row.period,
        "day": day(on),
    }
    context = {
        **school_frame(request, school, "timetables"),
        "form": form,
        "form_title": _("%(subject)s, class %(room)s, period %(period)s on %(day)s") % words,
        "submit": _("Save"),
        "hidden": {"instead_of": change_key(change_of(row, on))},
        "cancel_url": _day_url(school, on.isoformat()),
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


@page(MANAGE_TIMETABLES, methods=("POST",))
def off(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Let a lesson be off on a day."""
    school, on = get_school_for(request.actor, code, MANAGE_TIMETABLES), day_of_deed(request)
    actions.cancel_lesson(actor=request.actor, lesson=uuid, on=on, now=clock.now())
    messages.success(request, _("The lesson is off that day."))
    return done(request, _day_url(school, on.isoformat()))


@page(MANAGE_TIMETABLES, methods=("POST",))
def usual(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Let a lesson of a day be as usual again."""
    school, on = get_school_for(request.actor, code, MANAGE_TIMETABLES), day_of_deed(request)
    actions.restore_day(actor=request.actor, lesson=uuid, on=on, now=clock.now())
    messages.success(request, _("The lesson is held as usual again."))
    return done(request, _day_url(school, on.isoformat()))


def _told(one: Candidate) -> str:
    """Return a candidate with what there is to choose by."""
    parts = [_("of the subject") if one.is_of_subject else _("looks after the class")]
    if one.limit is not None:
        over = number(round(float(abs(one.over)), 2)).removesuffix(",0")
        said = _("%(over)s periods over what is owed") if one.over >= 0 else _("%(over)s too few")
        parts.append(said % {"over": over})
    if one.breaks_limit:
        parts.append(_("above the limit of overtime"))
    parts.append(_("stood in %(count)s times") % {"count": one.stood_in})
    return f"{one.name}: {', '.join(parts)}"


def _day_url(school: School, on: str) -> str:
    return f"{reverse('timetable:day', args=[school.code])}?on={on}"
