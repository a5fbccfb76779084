"""A timetable under the hand: the week of a class, teacher or room, with each clash as it comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.school.timetable import actions
from khuevan.school.timetable.actions import Move
from khuevan.school.timetable.errors import NoSuchSpot
from khuevan.school.timetable.grids import read_spot
from khuevan.school.timetable.models import Timetable, Weeks
from khuevan.school.timetable.pages.drawing import draw
from khuevan.school.timetable.pages.versions import editor_url
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES, VIEW_TIMETABLES
from khuevan.school.timetable.selectors.versions import count_unplaced, get_timetable_for
from khuevan.ui.asked import posted_uuid, whole_number
from khuevan.ui.page import done, page
from khuevan.ui.request import Request


@page(VIEW_TIMETABLES, methods=("GET",))
def editor(request: Request, uuid: UUID) -> HttpResponse:
    """Show one week of a timetable; who makes it picks a lesson up and sees where it fits."""
    timetable = get_timetable_for(request.actor, uuid, VIEW_TIMETABLES)
    return draw(request, timetable, request.GET.get("lesson", ""))


@page(MANAGE_TIMETABLES, methods=("POST",))
def move(request: Request, uuid: UUID) -> HttpResponse:
    """Put a lesson at a spot, or away, or let it change places with another."""
    lesson = posted_uuid(request, "lesson")
    told: dict[str, Any] = {
        "actor": request.actor,
        "uuid": uuid,
        "lesson": lesson,
        "revision": _seen(request),
    }

    def act() -> Timetable:
        if request.POST.get("with"):
            other = posted_uuid(request, "with")
            return actions.swap_lessons(**told, other=other, now=clock.now())
        spot = request.POST.get("spot", "")
        to = Move(read_spot(spot))
        if spot and to.spot is None:
            raise NoSuchSpot
        return actions.move_lesson(**told, to=to, now=clock.now())

    return _acted(request, uuid, act)


@page(MANAGE_TIMETABLES, methods=("POST",))
def lock(request: Request, uuid: UUID) -> HttpResponse:
    """Pin a lesson where it stands, or let it go."""
    lesson = posted_uuid(request, "lesson")
    is_locked = request.POST.get("locked") == "1"

    def act() -> Timetable:
        return actions.lock_lesson(
            actor=request.actor, uuid=uuid, lesson=lesson, is_locked=is_locked, now=clock.now()
        )

    return _acted(request, uuid, act)


@page(MANAGE_TIMETABLES, methods=("POST",))
def room(request: Request, uuid: UUID) -> HttpResponse:
    """Choose the room of a lesson; none is the own room of its class."""
    lesson = posted_uuid(request, "lesson")
    chosen = posted_uuid(request, "room") if request.POST.get("room") else None

    def act() -> Timetable:
        return actions.choose_room(
            actor=request.actor,
            uuid=uuid,
            lesson=lesson,
            room=chosen,
            revision=_seen(request),
            now=clock.now(),
        )

    return _acted(request, uuid, act, keeps=str(lesson))


@page(MANAGE_TIMETABLES, methods=("POST",))
def shape(request: Request, uuid: UUID) -> HttpResponse:
    """Split a lesson, join it with another of its kind, or let it be held every other week."""
    lesson, deed = posted_uuid(request, "lesson"), request.POST.get("deed", "")
    told: dict[str, Any] = {"actor": request.actor, "uuid": uuid, "lesson": lesson}

    def act() -> Timetable:
        told.update(revision=_seen(request), now=clock.now())
        if deed == "split":
            return actions.split_lesson(**told)
        if deed == "join":
            return actions.join_lesson(**told)
        if deed not in Weeks.values:
            raise NotFound
        return actions.alternate_lesson(**told, weeks=deed)

    return _acted(request, uuid, act, keeps=str(lesson))


@page(MANAGE_TIMETABLES, methods=("POST",))
def undo(request: Request, uuid: UUID) -> HttpResponse:
    """Take back the last step."""
    return _acted(
        request,
        uuid,
        lambda: actions.undo_step(
            actor=request.actor, uuid=uuid, revision=_seen(request), now=clock.now()
        ),
    )


@page(MANAGE_TIMETABLES, methods=("POST",))
def redo(request: Request, uuid: UUID) -> HttpResponse:
    """Do again the step that was taken back last."""
    return _acted(
        request,
        uuid,
        lambda: actions.redo_step(
            actor=request.actor, uuid=uuid, revision=_seen(request), now=clock.now()
        ),
    )


@page(MANAGE_TIMETABLES, methods=("POST",))
def rest(request: Request, uuid: UUID) -> HttpResponse:
    """Put the lessons without a place where they clash with nothing."""

    def act() -> Timetable:
        count = actions.place_rest(actor=request.actor, uuid=uuid, now=clock.now())
        timetable = get_timetable_for(request.actor, uuid)
        left = count_unplaced(timetable)
        said = ngettext("%(count)s lesson placed.", "%(count)s lessons placed.", count)
        if not left:
            messages.success(request, said % {"count": count})
        else:
            messages.warning(request, f"{said % {'count': count}} {_nowhere(left)}")
        return timetable

    return _acted(request, uuid, act)


def _nowhere(left: int) -> str:
    """Return how many lessons fit nowhere, and what can be done."""
    said = ngettext(
        "%(count)s lesson fits nowhere without a clash: please choose it below, or move others "
        "out of its way.",
        "%(count)s lessons fit nowhere without a clash: please choose one below, or move others "
        "out of their way.",
        left,
    )
    return said % {"count": left}


def _seen(request: Request) -> int | None:
    """Return the revision on which somebody looked when they did this."""
    return whole_number(request.POST.get("revision", ""))


def _acted(
    request: Request, uuid: UUID, act: Callable[[], Timetable], *, keeps: str = ""
) -> HttpResponse:
    """Do a step, and answer with the week as it is then; a refusal stands above it.

    `keeps` is a lesson that stays in the hand.
    """
    refusal = ""
    try:
        timetable = act()
    except DomainError as error:
        refusal = str(error)
        timetable = get_timetable_for(request.actor, uuid)
    if request.htmx:
        return draw(request, get_timetable_for(request.actor, uuid), keeps, refusal=refusal)
    if refusal:
        messages.error(request, refusal)
    return done(request, f"{editor_url(timetable)}?{_of(request.POST.get('of', ''))}")


def _of(text: str) -> str:
    return urlencode({"of": text}) if text else ""
