"""What the editor draws of a timetable: one week, where a picked lesson fits, what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.registry.schools.api import (
    Room,
    School,
    Session,
    get_school_for,
    held_on,
    school_frame,
)
from khuevan.school.timetable.boards import Desk, desk_of
from khuevan.school.timetable.foreseen import foreseen
from khuevan.school.timetable.models import Half, ScheduledLesson, Timetable, Weeks
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES, VIEW_TIMETABLES
from khuevan.school.timetable.problems import week_of
from khuevan.school.timetable.rooming import own_room_words, room_choices, teaching_rooms
from khuevan.school.timetable.selectors.versions import lessons_of, may_redo, may_undo
from khuevan.school.timetable.shown import (
    KINDS,
    Fits,
    View,
    findings_told,
    views_of,
    waiting_cells,
    waiting_elsewhere,
    weeks_rows,
)
from khuevan.school.timetable.wrong import broken_rules
from khuevan.ui.page import render_page
from khuevan.ui.request import Request


@dataclass(frozen=True, slots=True)
class Shown:
    """One week of a timetable: whose, which of its lessons, the one that is picked up."""

    views: Sequence[View]
    view: View | None
    lessons: Sequence[ScheduledLesson]
    chosen: ScheduledLesson | None

    @property
    def of_class(self) -> bool:
        """Whether it is a class's week."""
        return self.view is None or self.view.kind == "class"

    @property
    def closed(self) -> list[str]:
        """Return the half-day in which a class has no lessons."""
        if not self.of_class:
            return []
        sessions = {one.homeroom_class.session for one in self.lessons}
        halves = {Session.MORNING: Half.AFTERNOON, Session.AFTERNOON: Half.MORNING}
        return [str(halves[Session(one)]) for one in sessions if Session(one) in halves][:1]


def draw(request: Request, timetable: Timetable, picked: str, *, refusal: str = "") -> HttpResponse:
    """Answer with one week of a timetable: the whole page, or its week alone to htmx."""
    school = get_school_for(request.actor, timetable.school.code, VIEW_TIMETABLES)
    manages = held_on(request.actor, MANAGE_TIMETABLES, school)
    edits = manages and not timetable.is_published
    desk = desk_of(timetable) if edits else None
    lessons = desk.setting.ordered if desk else list(lessons_of(timetable))
    of = request.POST.get("of", "") or request.GET.get("of", "")
    shown = _shown(
        lessons, desk.setting.rooms.values() if desk else (), of, picked if edits else ""
    )
    week = desk.setting.week if desk else week_of(timetable)
    hand = (
        _in_hand(desk, shown)
        if desk
        else {"rows": weeks_rows(week, shown.lessons, of_class=shown.of_class, closed=shown.closed)}
    )
    context = {
        **(school_frame(request, school, "timetables") if not request.htmx else _frame(school)),
        "actions": (),
        "timetable": timetable,
        "views": _choices(shown.views, shown.view) if not request.htmx else (),
        "view": shown.view,
        "of": f"{shown.view.kind}:{shown.view.key}" if shown.view else "",
        "edits": edits,
        "manages": manages,
        "days": week.grid.days,
        "chosen": shown.chosen,
        "may_undo": edits and may_undo(timetable),
        "may_redo": edits and may_redo(timetable),
        "refusal": refusal,
        "foreseen": foreseen(desk.setting, desk.names) if desk and not request.htmx else (),
        "placed": sum(one.is_placed for one in lessons),
        "all_count": len(lessons),
        **hand,
    }
    return render_page(request, "timetable/editor.html", context, partial="week")


def _frame(school: School) -> dict[str, Any]:
    """Return what the week alone needs of its school."""
    return {"school": school}


def _shown(
    lessons: Sequence[ScheduledLesson], rooms: Collection[Room], of: str, picked: str
) -> Shown:
    views = views_of(lessons, teaching_rooms(rooms))
    view = next(
        (one for one in views if f"{one.kind}:{one.key}" == of), views[0] if views else None
    )
    own = [one for one in lessons if view is not None and one.pk in view.ids]
    chosen = next((one for one in own if str(one.uuid) == picked), None) if picked else None
    return Shown(views, view, own, chosen)


def _in_hand(desk: Desk, shown: Shown) -> dict[str, Any]:
    """Return the week under somebody's hand, and what is wrong with the whole timetable."""
    names = desk.names
    found = desk.board.findings()
    wrong = {
        row
        for one in found.hard
        for lesson in one.lessons
        for row in desk.setting.members.get(lesson, ())
    }
    chosen = shown.chosen
    return {
        "rows": weeks_rows(
            desk.setting.week,
            shown.lessons,
            clashing=wrong,
            fits=_fits(desk, shown, names) if chosen is not None else None,
            chosen=chosen,
            of_class=shown.of_class,
            closed=shown.closed,
        ),
        "waiting": waiting_cells(shown.lessons, chosen, of_class=shown.of_class),
        "elsewhere": waiting_elsewhere(desk.setting.ordered, shown.lessons),
        "findings": findings_told(found, names),
        "broken": broken_rules(desk, found),
        "rooms": room_choices(desk, chosen) if chosen is not None else (),
        "own_room": own_room_words(chosen) if chosen is not None else "",
        "weeks": Weeks.choices,
        "chosen_name": names[chosen.pk] if chosen is not None else "",
    }


def _fits(desk: Desk, shown: Shown, names: Mapping[int, str]) -> Fits:
    """Return what putting the picked lesson anywhere shown, or changing places, would do."""
    chosen, week = shown.chosen, desk.setting.week
    if chosen is None:
        return Fits({}, {}, names)
    head, room = desk.setting.heads[chosen.pk], desk.setting.room_of(desk.setting.heads[chosen.pk])
    slots = [
        slot
        for slot in week.grid.slots()
        if week.bells[slot[1]].half not in shown.closed and week.holds(slot, chosen.length)
    ]
    own = week.slot_of(chosen)
    others: dict[int, int] = {}
    for one in shown.lessons:
        other, slot = desk.setting.heads[one.pk], week.slot_of(one)
        if slot is None or other == head or one.is_locked or not week.holds(slot, chosen.length):
            continue
        if own is None or week.holds(own, one.length):
            others[one.pk] = other
    answers = desk.board.check_move(head, slots, room)
    swaps = desk.board.check_swap(head, set(others.values()), room)
    return Fits(answers, {pk: swaps[other] for pk, other in others.items()}, names)


def _choices(views: Sequence[View], current: View | None) -> list[dict[str, Any]]:
    """Return the views by kind, to choose one."""
    words = {
        "class": _("Classes"),
        "teacher": pgettext("whose weeks", "Teachers"),
        "room": _("Rooms"),
    }
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
