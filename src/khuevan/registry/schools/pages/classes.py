"""Describing a class anew, and closing it; its page belongs to the pupils' app."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools import actions
from khuevan.registry.schools.class_forms import ClassForm, CloseClassForm
from khuevan.registry.schools.frame import class_url, school_frame
from khuevan.registry.schools.models import ClassGrade, HomeroomClass, School
from khuevan.registry.schools.permissions import MANAGE_CLASSES
from khuevan.registry.schools.places import place_choices
from khuevan.registry.schools.selectors import (
    class_names,
    get_class_for,
    get_school_for,
    grade_levels,
)
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_CLASSES)
def class_edit(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Give a class another name, place, time or mark."""
    school, room = _found(request, code, uuid)
    form = ClassForm(
        request.POST or None,
        grades=grade_levels(school.levels),
        places=place_choices(request.actor, school, request.actor.today),
        is_new=False,
        own_grade=room.grade_level_id,
        initial=_initial(request.actor, room),
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            changed = actions.edit_class(
                actor=request.actor,
                uuid=uuid,
                name=form.cleaned_data["name"],
                details=form.details,
                now=clock.now(),
            )
            messages.success(request, _("Saved."))
            return done(request, class_url(school, changed))
    close = reverse("schools:class_close", args=[code, uuid])
    title = _("Edit class %(name)s") % {"name": room.name}
    return _form_page(request, school, room, form, title, _("Save changes"), close_url=close)


@page(MANAGE_CLASSES)
def class_close(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Close a class from a day on."""
    school, room = _found(request, code, uuid)
    names = class_names(actor=request.actor, year=room.academic_year, permission=MANAGE_CLASSES)
    form = CloseClassForm(
        request.POST or None,
        others=list(names.filter(school=school).exclude(pk=room.pk)),
        initial={"on": request.actor.today},
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.close_class(
                actor=request.actor,
                uuid=uuid,
                on=form.cleaned_data["on"],
                merged_into=form.others.get(form.cleaned_data["merged_into"]),
                now=clock.now(),
            )
            messages.success(request, _("Class %(name)s is closed.") % {"name": room.name})
            return done(request, class_url(school, room))
    title = _("Close class %(name)s") % {"name": room.name}
    return _form_page(request, school, room, form, title, _("Close the class"))


def _initial(actor: Actor, room: HomeroomClass) -> dict[str, Any]:
    further = ClassGrade.objects.visible_to(actor, MANAGE_CLASSES).filter(homeroom_class=room)
    place = ""
    if room.room is not None:
        place = f"room:{room.room.uuid}"
    elif room.campus is not None and not room.campus.is_main:
        place = f"campus:{room.campus.uuid}"
    return {
        "name": room.name,
        "session": room.session,
        "sessions_a_week": room.sessions_a_week,
        "place": place,
        "further_grades": list(further.values_list("grade_level_id", flat=True)),
        "is_inclusive": room.is_inclusive,
        "is_gifted": room.is_gifted,
        "subject_combination": room.subject_combination,
    }


def _found(request: Request, code: str, uuid: UUID) -> tuple[School, HomeroomClass]:
    school = get_school_for(request.actor, code, MANAGE_CLASSES)
    room = get_class_for(request.actor, uuid, MANAGE_CLASSES)
    if room.school_id != school.pk:
        raise NotFound
    return school, room


def _form_page(
    request: Request,
    school: School,
    room: HomeroomClass,
    form: Any,
    title: str,
    submit: str,
    *,
    close_url: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "form_title": title,
        "submit": submit,
        "cancel_url": class_url(school, room),
        "close_url": close_url,
    }
    frame = school_frame(request, school, "classes")
    return render_page(
        request, "schools/form.html", {**frame, **context}, status=form_status(request)
    )
