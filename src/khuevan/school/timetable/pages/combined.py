"""Classes that have a subject together: combined, taken apart, and groups of pupils beside them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.registry.schools.api import get_school_for, school_frame
from khuevan.registry.staff.api import subject_label
from khuevan.school.timetable import actions
from khuevan.school.timetable.forms import CombineForm
from khuevan.school.timetable.models import ScheduledLesson, Timetable
from khuevan.school.timetable.pages.versions import editor_url
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.selectors.versions import get_timetable_for, lessons_of
from khuevan.ui.asked import posted_uuid
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_TIMETABLES)
def combined(request: Request, uuid: UUID) -> HttpResponse:
    """Show which classes learn together, and let more of them."""
    timetable = get_timetable_for(request.actor, uuid)
    school = get_school_for(request.actor, timetable.school.code, MANAGE_TIMETABLES)
    lessons = list(lessons_of(timetable))
    asked = request.GET.get("subject", "")
    form = CombineForm(
        request.POST or None,
        classes=_classes(lessons, asked),
        members=_members(lessons, asked),
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        with form.domain_errors():
            count = actions.combine_classes(
                actor=request.actor,
                uuid=uuid,
                subject=asked,
                classes=[UUID(one) for one in values["classes"]],
                member=UUID(values["member"]),
                now=clock.now(),
            )
            said = ngettext(
                "%(count)s lesson is taught together now.",
                "%(count)s lessons are taught together now.",
                count,
            )
            messages.success(request, said % {"count": count})
            return done(request, _here(timetable))
    subjects = sorted({one.subject_name for one in lessons}, key=subject_label)
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "timetable": timetable,
        "title": _("Combined classes"),
        "subjects": [
            {"value": one, "label": subject_label(one), "current": one == asked} for one in subjects
        ],
        "asked": asked,
        "form": form if asked else None,
        "together": _together(lessons),
        "back": editor_url(timetable),
    }
    return render_page(request, "timetable/combined.html", context, status=form_status(request))


@page(MANAGE_TIMETABLES, methods=("POST",))
def apart(request: Request, uuid: UUID) -> HttpResponse:
    """Let classes that have a subject together have it each alone."""
    timetable = get_timetable_for(request.actor, uuid)
    lesson = posted_uuid(request, "lesson")
    count = actions.take_apart(actor=request.actor, uuid=uuid, lesson=lesson, now=clock.now())
    said = ngettext(
        "%(count)s lesson is each class's own again.",
        "%(count)s lessons are each class's own again.",
        count,
    )
    messages.success(request, said % {"count": count})
    return done(request, _here(timetable))


def _here(timetable: Timetable) -> str:
    return reverse("timetable:combined", args=[timetable.uuid])


def _classes(lessons: list[ScheduledLesson], subject: str) -> list[tuple[str, str]]:
    """Return the classes that have a subject each alone, with how many lessons and of whom."""
    found: defaultdict[Any, list[ScheduledLesson]] = defaultdict(list)
    for one in lessons:
        if one.subject_name == subject and one.joint is None and one.group_id is None:
            found[one.homeroom_class].append(one)
    told = []
    for room, own in found.items():
        teachers = sorted({one.person.full_name for one in own if one.person})
        periods = sum(one.length for one in own)
        count = ngettext("%(count)s period", "%(count)s periods", periods) % {"count": periods}
        told.append((str(room.uuid), ", ".join([f"{room.name}: {count}", *teachers])))
    return told


def _members(lessons: list[ScheduledLesson], subject: str) -> list[tuple[str, str]]:
    """Return who may teach classes together: the teachers of the subject first, then the others."""
    found: dict[str, tuple[bool, str, str]] = {}
    for one in sorted(lessons, key=lambda one: one.subject_name != subject):
        if one.staff_member and one.person:
            told = (one.subject_name != subject, one.person.sort_key, one.person.full_name)
            found.setdefault(str(one.staff_member.uuid), told)
    ordered = sorted(found.items(), key=lambda item: item[1])
    return [(key, name) for key, (_other, _sort, name) in ordered]


def _together(lessons: list[ScheduledLesson]) -> list[dict[str, Any]]:
    """Return who learns what together: each set of classes and each group once."""
    joints: defaultdict[object, list[ScheduledLesson]] = defaultdict(list)
    for one in lessons:
        if one.joint is not None or one.group_id is not None:
            joints[one.joint or one.pk].append(one)
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for rows in joints.values():
        head = rows[0]
        names = tuple(dict.fromkeys(row.homeroom_class.name for row in rows))
        line = found.setdefault(
            (head.subject_name, head.group_id, names),
            {
                "lesson": head.uuid,
                "subject": head.subject_label,
                "group": head.group.name if head.group else "",
                "classes": ", ".join(names),
                "teacher": head.person.full_name if head.person else _("no teacher"),
                "count": 0,
            },
        )
        line["count"] += head.length
    return list(found.values())
