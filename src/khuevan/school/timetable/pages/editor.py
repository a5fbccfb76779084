"""A timetable under the hand: the week of a class, teacher or room, with each clash as it comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError
from khuevan.registry.schools.api import Session, get_school_for, held_on, school_frame
from khuevan.school.timetable import actions
from khuevan.school.timetable.actions import Move
from khuevan.school.timetable.boards import desk_of
from khuevan.school.timetable.grids import read_spot
from khuevan.school.timetable.models import Half, ScheduledLesson, Timetable
from khuevan.school.timetable.pages.versions import editor_url
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES, VIEW_TIMETABLES
from khuevan.school.timetable.problems import week_of
from khuevan.school.timetable.selectors.versions import get_timetable_for, lessons_of
from khuevan.school.timetable.shown import (
    KINDS,
    View,
    findings_told,
    lesson_names,
    views_of,
    waiting_cells,
    weeks_rows,
)
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request


@page(VIEW_TIMETABLES, methods=("GET",))
def editor(request: Request, uuid: UUID) -> HttpResponse:
    """Show one week of a timetable; who makes it picks a lesson up and sees where it fits."""
    timetable = get_timetable_for(request.actor, uuid, VIEW_TIMETABLES)
    return _answer(request, timetable, request.GET.get("lesson", ""))


@page(MANAGE_TIMETABLES, methods=("POST",))
def move(request: Request, uuid: UUID) -> HttpResponse:
    """Put a lesson at a spot, or away."""
    to = Move(read_spot(request.POST.get("spot", "")))
    lesson = _uuid(request.POST.get("lesson", ""))
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isdigit() else None

    def act() -> Timetable:
        return actions.move_lesson(
            actor=request.actor, uuid=uuid, lesson=lesson, to=to, revision=revision, now=clock.now()
        )

    return _acted(request, uuid, act)


@page(MANAGE_TIMETABLES, methods=("POST",))
def lock(request: Request, uuid: UUID) -> HttpResponse:
    """Pin a lesson where it stands, or let it go."""
    lesson = _uuid(request.POST.get("lesson", ""))
    is_locked = request.POST.get("locked") == "1"

    def act() -> Timetable:
        return actions.lock_lesson(
            actor=request.actor, uuid=uuid, lesson=lesson, is_locked=is_locked, now=clock.now()
        )

    return _acted(request, uuid, act)


@page(MANAGE_TIMETABLES, methods=("POST",))
def undo(request: Request, uuid: UUID) -> HttpResponse:
    """Take back the last step."""
    return _acted(
        request,
        uuid,
        lambda: actions.undo_step(actor=request.actor, uuid=uuid, now=clock.now()),
    )


@page(MANAGE_TIMETABLES, methods=("POST",))
def redo(request: Request, uuid: UUID) -> HttpResponse:
    """Do again the step that was taken back last."""
    return _acted(
        request,
        uuid,
        lambda: actions.redo_step(actor=request.actor, uuid=uuid, now=clock.now()),
    )


@page(MANAGE_TIMETABLES, methods=("POST",))
def rest(request: Request, uuid: UUID) -> HttpResponse:
    """Put the lessons without a place where they clash with nothing."""

    def act() -> Timetable:
        count = actions.place_rest(actor=request.actor, uuid=uuid, now=clock.now())
        said = ngettext("%(count)s lesson placed.", "%(count)s lessons placed.", count)
        messages.success(request, said % {"count": count})
        return get_timetable_for(request.actor, uuid)

    return _acted(request, uuid, act)


def _acted(request: Request, uuid: UUID, act: Callable[[], Timetable]) -> HttpResponse:
    """Do a step, and answer with the week as it is then; a refusal stands above it."""
    refusal = ""
    try:
        timetable = act()
    except DomainError as error:
        refusal = str(error)
        timetable = get_timetable_for(request.actor, uuid)
    if request.htmx:
        return _answer(request, get_timetable_for(request.actor, uuid), "", refusal=refusal)
    if refusal:
        messages.error(request, refusal)
    return done(request, f"{editor_url(timetable)}?{_of(request.POST.get('of', ''))}")


def _answer(
    request: Request, timetable: Timetable, picked: str, *, refusal: str = ""
) -> HttpResponse:
    school = get_school_for(request.actor, timetable.school.code, VIEW_TIMETABLES)
    manages = held_on(request.actor, MANAGE_TIMETABLES, school)
    edits = manages and not timetable.is_published
    lessons = list(lessons_of(timetable))
    names = lesson_names(lessons)
    views = views_of(lessons)
    of = request.POST.get("of", "") or request.GET.get("of", "")
    view = next(
        (one for one in views if f"{one.kind}:{one.key}" == of), views[0] if views else None
    )
    shown = [one for one in lessons if view is not None and one.pk in view.ids]
    chosen = next((one for one in shown if str(one.uuid) == picked), None) if edits else None
    week = week_of(timetable)
    findings, answers, wrong = None, None, set()
    if edits:
        desk = desk_of(timetable)
        found = desk.board.findings()
        findings = findings_told(found, names)
        wrong = {
            row
            for one in found.hard
            for lesson in one.lessons
            for row in desk.setting.members.get(lesson, ())
        }
        head = _head_of(desk.setting.members, chosen)
        answers = desk.board.check_move(head) if head is not None else None
    of_class = view is None or view.kind == "class"
    context = {
        **school_frame(request, school, "timetables"),
        "actions": (),
        "timetable": timetable,
        "views": _choices(views, view),
        "view": view,
        "of": f"{view.kind}:{view.key}" if view else "",
        "edits": edits,
        "manages": manages,
        "days": week.grid.days,
        "rows": weeks_rows(
            week,
            shown,
            clashing=wrong,
            chosen=chosen,
            answers=answers,
            names=names,
            of_class=of_class,
            closed=_closed_half(shown) if of_class else (),
        ),
        "waiting": waiting_cells(shown, chosen, of_class=of_class),
        "chosen": chosen,
        "findings": findings,
        "may_undo": timetable.position > 0,
        "refusal": refusal,
        "placed": sum(one.is_placed for one in lessons),
        "all_count": len(lessons),
    }
    return render_page(request, "timetable/editor.html", context, partial="week")


def _closed_half(lessons: Sequence[ScheduledLesson]) -> list[str]:
    """Return the half-day in which a class has no lessons."""
    sessions = {one.homeroom_class.session for one in lessons}
    closed = {Session.MORNING: Half.AFTERNOON, Session.AFTERNOON: Half.MORNING}
    return [str(closed[Session(one)]) for one in sessions if Session(one) in closed][:1]


def _choices(views: Sequence[View], current: View | None) -> list[dict[str, Any]]:
    """Return the views by kind, to choose one."""
    words = {"class": _("Classes"), "teacher": _("Teachers"), "room": _("Rooms")}
    return [
        {
            "label": words[kind],
            "options": [
                {"value": f"{one.kind}:{one.key}", "label": one.label, "current": one == current}
                for one in views
                if one.kind == kind
            ],
        }
        for kind in KINDS
        if any(one.kind == kind for one in views)
    ]


def _head_of(members: Any, chosen: ScheduledLesson | None) -> int | None:
    """Return under which number a lesson stands in the problem."""
    if chosen is None:
        return None
    return next((head for head, rows in members.items() if chosen.pk in rows), None)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _of(text: str) -> str:
    return urlencode({"of": text}) if text else ""
