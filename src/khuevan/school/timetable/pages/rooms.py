"""The rooms of a school under a timetable: what stands in each on a day, which are free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.registry.schools.api import Room, get_school_for, school_frame
from khuevan.registry.staff.api import subject_label
from khuevan.school.timetable import actions
from khuevan.school.timetable.asked.facts import classes_at_once
from khuevan.school.timetable.forms import OWN_ROOM, SubjectRoomForm
from khuevan.school.timetable.grids import Week
from khuevan.school.timetable.models import Half
from khuevan.school.timetable.pages.versions import editor_url
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.problems import rooms_on, week_of
from khuevan.school.timetable.rooming import Standing, room_words, standing, teaching_rooms
from khuevan.school.timetable.selectors.versions import get_timetable_for, lessons_of
from khuevan.ui.asked import whole_number
from khuevan.ui.formats import WEEKDAYS
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_TIMETABLES)
def rooms(request: Request, uuid: UUID) -> HttpResponse:
    """Show who is in which room on a day of the week; put all lessons of a subject into one."""
    timetable = get_timetable_for(request.actor, uuid)
    school = get_school_for(request.actor, timetable.school.code, MANAGE_TIMETABLES)
    lessons, week = list(lessons_of(timetable)), week_of(timetable)
    found = teaching_rooms(rooms_on(timetable))
    many = len({room.campus_id for room in found}) > 1
    words = {room.pk: room_words(room, with_campus=many) for room in found}
    subjects = sorted({one.subject_name for one in lessons}, key=subject_label)
    form = SubjectRoomForm(
        request.POST or None,
        subjects=[(one, subject_label(one)) for one in subjects],
        rooms=[(str(room.uuid), words[room.pk]) for room in found],
    )
    here = reverse("timetable:rooms", args=[uuid])
    if request.method == "POST" and form.is_valid():
        room = form.cleaned_data["room"]
        with form.domain_errors():
            put, left = actions.choose_rooms(
                actor=request.actor,
                uuid=uuid,
                subject=form.cleaned_data["subject"],
                room=None if room == OWN_ROOM else UUID(room),
                now=clock.now(),
            )
            _say(request, put, left)
            return done(request, here)
    there = standing(lessons, week)
    asked = whole_number(request.GET.get("day", "")) or 0
    day = asked - 1 if 1 <= asked <= week.days else 0
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "timetable": timetable,
        "title": _("Rooms"),
        "days": [
            {"url": f"?day={at + 1}", "label": WEEKDAYS[at], "current": at == day}
            for at in range(week.days)
        ],
        "halves": [
            {"label": Half(half).label, "count": sum(one.half == half for one in week.bells)}
            for half in week.halves
        ],
        "periods": week.bells,
        "rows": _rows(found, there, week, day, words),
        "free": _free(found, there, week, day),
        "form": form if not timetable.is_published else None,
        "back": editor_url(timetable),
    }
    return render_page(request, "timetable/rooms.html", context, status=form_status(request))


def _say(request: Request, put: int, left: int) -> None:
    said = ngettext("%(count)s lesson has that room.", "%(count)s lessons have that room.", put)
    messages.success(request, said % {"count": put})
    if left:
        said = ngettext(
            "%(count)s lesson of a class at another campus stays where it was.",
            "%(count)s lessons of classes at other campuses stay where they were.",
            left,
        )
        messages.warning(request, said % {"count": left})


def _rows(
    found: Sequence[Room],
    there: Standing,
    week: Week,
    day: int,
    words: dict[int, str],
) -> list[dict[str, Any]]:
    return [
        {
            "label": words[room.pk],
            "most": classes_at_once(room),
            "cells": [
                [
                    (one.homeroom_class.name, one.subject_label)
                    for one in there.get((room.pk, (day, hour)), ())
                ]
                for hour in range(len(week.bells))
            ],
        }
        for room in found
    ]


def _free(found: Sequence[Room], there: Standing, week: Week, day: int) -> list[int]:
    """Return how many rooms are free in each period of a day."""
    return [
        sum((room.pk, (day, hour)) not in there for room in found)
        for hour in range(len(week.bells))
    ]
