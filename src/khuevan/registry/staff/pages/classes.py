"""Who is responsible for the classes of a school: seen, assigned, handed over, ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.periods import holds, last_day
from khuevan.registry.schools.api import (
    HomeroomClass,
    School,
    get_class_for,
    get_school_for,
    school_frame,
)
from khuevan.registry.staff import actions
from khuevan.registry.staff.forms import AssignForm, OnForm
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.selectors import (
    class_staff,
    colleagues,
    get_homeroom_for,
    get_lesson_for,
    get_member_for,
)
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_STAFF, methods=("GET",))
def one_class(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Show everybody responsible for a class this year, now and before."""
    school, room = _room(request, code, uuid)
    on = request.actor.today
    staff = class_staff(actor=request.actor, class_ids=[room.pk], permission=MANAGE_STAFF)[room.pk]
    context = {
        **school_frame(request, school, "assignments"),
        "actions": (),
        "room": room,
        "homerooms": [_row(row, on) for row in staff.homerooms],
        "lessons": [_row(row, on) for row in staff.lessons],
    }
    return render_page(request, "staff/class.html", context)


@page(MANAGE_STAFF)
def homeroom(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Put a teacher in charge of a class from a day on."""
    school, room = _room(request, code, uuid)
    form = _form(request, room, in_charge=True)

    def act(values: dict[str, Any]) -> str:
        member = get_member_for(request.actor, UUID(values["member"]), MANAGE_STAFF)
        actions.assign_homeroom(
            actor=request.actor,
            homeroom_class=room,
            member=member,
            starts_on=values["starts_on"],
            now=clock.now(),
        )
        words = {"name": member.person.full_name, "room": room.name}
        return _("%(name)s is in charge of class %(room)s.") % words

    title = _("Homeroom teacher of class %(name)s") % {"name": room.name}
    return _asked(request, school, form, title=title, act=act, to=_class_url(room, code))


@page(MANAGE_STAFF)
def lessons(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Let a teacher teach a subject in a class from a day on."""
    school, room = _room(request, code, uuid)
    form = _form(request, room, in_charge=False)

    def act(values: dict[str, Any]) -> str:
        member = get_member_for(request.actor, UUID(values["member"]), MANAGE_STAFF)
        row = actions.assign_teaching(
            actor=request.actor,
            homeroom_class=room,
            member=member,
            subject_name=values["subject_name"],
            starts_on=values["starts_on"],
            is_shared=False,
            takes_over=values["takes_over"],
            now=clock.now(),
        )
        words = {
            "name": member.person.full_name,
            "subject": row.subject_label,
            "room": room.name,
        }
        return _("%(name)s teaches %(subject)s in class %(room)s.") % words

    title = _("Lessons in class %(name)s") % {"name": room.name}
    return _asked(request, school, form, title=title, act=act, to=_class_url(room, code))


@page(MANAGE_STAFF)
def end_homeroom(request: Request, uuid: UUID) -> HttpResponse:
    """Let a class be without a homeroom teacher from a day on."""
    row = get_homeroom_for(request.actor, uuid)
    room = row.homeroom_class
    form = OnForm(request.POST or None, initial={"on": request.actor.today})

    def act(values: dict[str, Any]) -> str:
        actions.end_homeroom(actor=request.actor, uuid=uuid, now=clock.now(), **values)
        return _("Recorded.")

    words = {"name": row.person.full_name, "room": room.name}
    title = _("%(name)s is no longer in charge of class %(room)s") % words
    school = get_school_for(request.actor, room.school.code, MANAGE_STAFF)
    return _asked(request, school, form, title=title, act=act, to=_class_url(room, school.code))


@page(MANAGE_STAFF)
def end_lessons(request: Request, uuid: UUID) -> HttpResponse:
    """End somebody's lessons in a class on a day."""
    row = get_lesson_for(request.actor, uuid)
    room = row.homeroom_class
    form = OnForm(request.POST or None, initial={"on": request.actor.today})

    def act(values: dict[str, Any]) -> str:
        if values["on"] > row.starts_on:
            actions.end_teaching(actor=request.actor, uuid=uuid, now=clock.now(), **values)
        else:  # given by mistake: of what had not begun nothing stays
            actions.withdraw_teaching(
                actor=request.actor,
                homeroom_class=room,
                member=row.staff_member,
                subject_name=row.subject_name,
                on=values["on"],
                now=clock.now(),
            )
        return _("Recorded.")

    words = {"name": row.person.full_name, "subject": row.subject_label, "room": room.name}
    title = _("%(name)s no longer teaches %(subject)s in class %(room)s") % words
    school = get_school_for(request.actor, room.school.code, MANAGE_STAFF)
    return _asked(request, school, form, title=title, act=act, to=_class_url(room, school.code))


def _form(request: Request, room: HomeroomClass, *, in_charge: bool) -> AssignForm:
    actor = request.actor
    start = max(actor.today, room.academic_year.starts_on)
    members = colleagues(actor=actor, school_id=room.school_id, on=actor.today)
    return AssignForm(
        request.POST or None,
        members=[(str(one.uuid), one.person.full_name) for one in members],
        levels=[room.grade_level.level],
        in_charge=in_charge,
        initial={"starts_on": start, "subject_name": request.GET.get("subject", "")},
    )


def _asked(
    request: Request,
    school: School,
    form: Form,
    *,
    title: str,
    act: Callable[[dict[str, Any]], str],
    to: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            messages.success(request, act(form.cleaned_data))
            return done(request, to)
    context = {
        **school_frame(request, school, "assignments"),
        "actions": (),
        "form": form,
        "title": title,
        "cancel_url": to,
    }
    return render_page(request, "staff/class_form.html", context, status=form_status(request))


def _room(request: Request, code: str, uuid: UUID) -> tuple[School, HomeroomClass]:
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    room = get_class_for(request.actor, uuid, MANAGE_STAFF)
    return school, room


def _row(row: Any, on: Any) -> dict[str, Any]:
    return {
        "row": row,
        "last_day": last_day(row.ends_on) if row.ends_on else None,
        "now": holds(row, on),
        "open": row.ends_on is None or row.ends_on > on,
    }


def _class_url(room: HomeroomClass, code: str) -> str:
    return reverse("staff:class", args=[code, room.uuid])
