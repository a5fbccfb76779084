"""Campuses and rooms of a school, and how it is reached."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.areas.api import Area, communes_of
from khuevan.platform.organizations.api import version_of
from khuevan.registry.schools import actions, places
from khuevan.registry.schools.forms import CampusForm, ClosePlaceForm, ContactForm, RoomForm
from khuevan.registry.schools.frame import class_url, held_on, school_frame
from khuevan.registry.schools.models import School
from khuevan.registry.schools.permissions import MANAGE_CAMPUSES, VIEW_SCHOOLS
from khuevan.registry.schools.selectors import get_school_for
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(VIEW_SCHOOLS, methods=("GET",))
def campuses(request: Request, code: str) -> HttpResponse:
    """Show where a school teaches: each campus with its rooms and classes."""
    school = get_school_for(request.actor, code)
    uses = places.campus_uses(actor=request.actor, school=school, on=request.actor.today)
    people = places.people_at(request.actor, school, request.actor.today)
    shown = [{**_shown(school, use), "people": people.get(use.campus.pk, [])} for use in uses]
    context = {
        "shown": shown,
        "rooms": sum(len(use.rooms) for use in uses),
        "may_manage": held_on(request.actor, MANAGE_CAMPUSES, school),
    }
    frame = school_frame(request, school, "campuses")
    return render_page(request, "schools/campuses.html", {**frame, **context})


@page(MANAGE_CAMPUSES)
def campus_new(request: Request, code: str) -> HttpResponse:
    """Open a satellite campus."""
    school = get_school_for(request.actor, code, MANAGE_CAMPUSES)
    form = CampusForm(
        request.POST or None,
        areas=_areas(school, request),
        is_new=True,
        initial={"starts_on": request.actor.today},
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            campus = actions.add_campus(
                actor=request.actor,
                school_id=school.pk,
                data=form.campus,
                starts_on=form.cleaned_data["starts_on"],
                now=clock.now(),
            )
            messages.success(request, _("Campus %(name)s is open.") % {"name": campus.name})
            return done(request, _back(code))
    return _form_page(request, school, form, _("Add a campus"), _("Add the campus"))


@page(MANAGE_CAMPUSES)
def campus_edit(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Write down a campus anew."""
    school = get_school_for(request.actor, code, MANAGE_CAMPUSES)
    campus = places.get_campus_for(request.actor, uuid, MANAGE_CAMPUSES)
    form = CampusForm(
        request.POST or None,
        areas=_areas(school, request),
        is_new=False,
        initial={
            "name": campus.name,
            "address": campus.address,
            "area": campus.area_id,
            "distance_km": campus.distance_km,
            "phone": campus.phone,
        },
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.change_campus(actor=request.actor, uuid=uuid, data=form.campus, now=clock.now())
            messages.success(request, _("Saved."))
            return done(request, _back(code))
    close = "" if campus.is_main else reverse("schools:campus_close", args=[code, uuid])
    title = _("Edit %(name)s") % {"name": campus.name}
    return _form_page(request, school, form, title, _("Save changes"), close_url=close)


@page(MANAGE_CAMPUSES)
def campus_close(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Close a satellite campus."""
    school = get_school_for(request.actor, code, MANAGE_CAMPUSES)
    campus = places.get_campus_for(request.actor, uuid, MANAGE_CAMPUSES)
    form = ClosePlaceForm(request.POST or None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.close_campus(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Campus %(name)s is closed.") % {"name": campus.name})
            return done(request, _back(code))
    title = _("Close %(name)s") % {"name": campus.name}
    return _form_page(request, school, form, title, _("Close the campus"))


@page(MANAGE_CAMPUSES)
def room_new(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Add a room to a campus."""
    school = get_school_for(request.actor, code, MANAGE_CAMPUSES)
    campus = places.get_campus_for(request.actor, uuid, MANAGE_CAMPUSES)
    form = RoomForm(request.POST or None, is_new=True, initial={"starts_on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            room = actions.add_room(
                actor=request.actor,
                campus_uuid=uuid,
                data=form.room,
                starts_on=form.cleaned_data["starts_on"],
                now=clock.now(),
            )
            messages.success(request, _("Room %(name)s is added.") % {"name": room.name})
            return done(request, _back(code))
    title = _("Add a room at %(name)s") % {"name": campus.name}
    return _form_page(request, school, form, title, _("Add the room"))


@page(MANAGE_CAMPUSES)
def room_edit(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Write down a room anew."""
    school = get_school_for(request.actor, code, MANAGE_CAMPUSES)
    room = places.get_room_for(request.actor, uuid, MANAGE_CAMPUSES)
    initial = {one.name: getattr(room, one.name) for one in fields(actions.RoomData)}
    form = RoomForm(request.POST or None, is_new=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.change_room(actor=request.actor, uuid=uuid, data=form.room, now=clock.now())
            messages.success(request, _("Saved."))
            return done(request, _back(code))
    title = _("Edit %(name)s") % {"name": room.name}
    close = reverse("schools:room_close", args=[code, uuid])
    return _form_page(request, school, form, title, _("Save changes"), close_url=close)


@page(MANAGE_CAMPUSES)
def room_close(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Take a room out of use."""
    school = get_school_for(request.actor, code, MANAGE_CAMPUSES)
    room = places.get_room_for(request.actor, uuid, MANAGE_CAMPUSES)
    form = ClosePlaceForm(request.POST or None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.close_room(actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Room %(name)s is out of use.") % {"name": room.name})
            return done(request, _back(code))
    title = _("Take %(name)s out of use") % {"name": room.name}
    return _form_page(request, school, form, title, _("Take out of use"))


@page(MANAGE_CAMPUSES)
def contact(request: Request, code: str) -> HttpResponse:
    """Write down how the school is reached."""
    school = get_school_for(request.actor, code, MANAGE_CAMPUSES)
    initial = {name: getattr(school, name) for name in ("phone", "website", "address")}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_contact(
            actor=request.actor, school_id=school.pk, now=clock.now(), **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return done(request, reverse("schools:school", args=[code]))
    back = reverse("schools:school", args=[code])
    return _form_page(
        request, school, form, _("Contact details"), _("Save changes"), back, tab="overview"
    )


def _shown(school: School, use: places.CampusUse) -> dict[str, Any]:
    return {
        "campus": use.campus,
        "place": use.campus.address or (use.campus.area.full_name if use.campus.area else ""),
        "rooms": [
            {"room": one.room, "classes": [_linked(school, room) for room in one.classes]}
            for one in use.rooms
        ],
        "classes": [_linked(school, room) for room in use.classes],
        "seats": sum(one.room.capacity or 0 for one in use.rooms),
    }


def _linked(school: School, room: Any) -> dict[str, str]:
    return {"name": room.name, "url": class_url(school, room)}


def _areas(school: School, request: Request) -> list[Area]:
    """Return the communes of the school's province, to choose from."""
    version = version_of(school.pk, on=request.actor.today)
    parent_code = version.area.parent_code if version and version.area else ""
    return list(communes_of(parent_code, request.actor.today)) if parent_code else []


def _back(code: str) -> str:
    return reverse("schools:campuses", args=[code])


def _form_page(
    request: Request,
    school: School,
    form: Form,
    title: str,
    submit: str,
    back: str = "",
    *,
    tab: str = "campuses",
    close_url: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "form_title": title,
        "submit": submit,
        "cancel_url": back or _back(school.code),
        "close_url": close_url,
    }
    frame = school_frame(request, school, tab)
    return render_page(
        request, "schools/form.html", {**frame, **context}, status=form_status(request)
    )
