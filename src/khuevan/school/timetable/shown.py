"""A timetable as pages draw it: the week of a class, teacher or room, with what is wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.registry.schools.api import Room
from khuevan.school.timetable.boards import clashing
from khuevan.school.timetable.core.board import Change
from khuevan.school.timetable.core.checking import Findings
from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.grids import Spot, Week, spot_of
from khuevan.school.timetable.models import Half, ScheduledLesson, Weeks
from khuevan.school.timetable.rooming import room_of
from khuevan.school.timetable.selectors.days import HeldLesson
from khuevan.ui.formats import WEEKDAYS, day, number

KINDS = ("class", "teacher", "room")
HUES = 8
CLASHES = "fit-clash"


@dataclass(frozen=True, slots=True)
class View:
    """Whose week is shown: a class, a teacher or a room."""

    kind: str
    key: str
    label: str
    ids: frozenset[int]
    """Numbers of the lessons that belong to it."""


@dataclass(frozen=True, slots=True)
class Fits:
    """Where a picked lesson fits: at each slot, and in each other lesson's place."""

    slots: Mapping[tuple[int, int], Change]
    swaps: Mapping[int, Change]
    names: Mapping[int, str]

    def of_slot(self, slot: tuple[int, int]) -> dict[str, Any] | None:
        """Return how it would fit at a slot; nothing where it can't go."""
        found = self.slots.get(slot)
        return fit_of(found, self.names) if found is not None else None

    def of_swaps(self, lessons: Iterable[ScheduledLesson]) -> list[dict[str, Any]]:
        """Return how it would fit in the place of some lessons, each in its."""
        return [
            {
                **fit_of(self.swaps[one.pk], self.names),
                "uuid": one.uuid,
                "name": self.names.get(one.pk, one.subject_label),
            }
            for one in lessons
            if one.pk in self.swaps
        ]


def weeks_rows(
    week: Week,
    lessons: Sequence[ScheduledLesson],
    *,
    clashing: Iterable[int] = (),
    chosen: ScheduledLesson | None = None,
    fits: Fits | None = None,
    of_class: bool = True,
    closed: Iterable[str] = (),
) -> list[dict[str, Any]]:
    """Return the rows of a week: each half-day's periods down, the days across.

    A half-day that is `closed` to whom the week belongs is left out while nothing stands there.
    """
    wrong = set(clashing)
    standing: defaultdict[tuple[int, int], list[ScheduledLesson]] = defaultdict(list)
    for lesson in lessons:
        slot = week.slot_of(lesson)
        if slot is not None:
            for longer in range(lesson.length):
                standing[slot[0], slot[1] + longer].append(lesson)
    hues = _hues(lessons)
    used = _used_halves(week, standing, closed)
    rows = []
    levels = {one.homeroom_class.grade_level.level for one in lessons} if week.of_levels else ()
    for hour, bell in enumerate(week.bells_for(levels)):
        if bell.half not in used:
            continue
        cells = []
        for weekday in range(week.days):
            spot = week.spot((weekday, hour))
            cells.append(
                {
                    "spot": spot.key,
                    "label": f"{WEEKDAYS[weekday]}, {period_words(bell.half, bell.number)}",
                    "lessons": [
                        lesson_cell(one, hues, wrong, chosen=chosen, of_class=of_class)
                        for one in standing[weekday, hour]
                    ],
                    **_offers(fits, (weekday, hour), _begin(week, standing, weekday, hour)),
                }
            )
        rows.append(
            {
                "half": Half(bell.half).label,
                "begins_half": hour == 0 or week.bells[hour - 1].half != bell.half,
                "number": bell.number,
                "times": _times(bell.begins_at, bell.ends_at),
                "cells": cells,
            }
        )
    return rows


def _offers(
    fits: Fits | None, slot: tuple[int, int], there: Sequence[ScheduledLesson]
) -> dict[str, Any]:
    """Return what may be done with the picked lesson at a slot.

    Where it could change places, going beside who is there is offered only if that clashes with
    nothing: two lessons in alternating weeks.
    """
    if fits is None:
        return {"fit": None, "swaps": ()}
    fit, swaps = fits.of_slot(slot), fits.of_swaps(there)
    if swaps and fit and fit["css"] == CLASHES:
        fit = None
    return {"fit": fit, "swaps": swaps}


def _begin(
    week: Week,
    standing: Mapping[tuple[int, int], Sequence[ScheduledLesson]],
    weekday: int,
    hour: int,
) -> list[ScheduledLesson]:
    """Return the lessons that begin at a slot."""
    return [one for one in standing[weekday, hour] if week.slot_of(one) == (weekday, hour)]


def _used_halves(
    week: Week,
    standing: Mapping[tuple[int, int], Sequence[ScheduledLesson]],
    closed: Iterable[str],
) -> set[str]:
    used = {bell.half for bell in week.bells} - set(closed)
    return used | {week.bells[hour].half for _day, hour in standing if hour < len(week.bells)}


def lesson_cell(
    lesson: ScheduledLesson,
    hues: Mapping[str, int],
    wrong: set[int],
    *,
    chosen: ScheduledLesson | None = None,
    of_class: bool = True,
) -> dict[str, Any]:
    """Return a lesson as the timetable cell draws it."""
    teacher = lesson.person.full_name if lesson.person else _("no teacher")
    text = teacher if of_class else lesson.homeroom_class.name
    text = " · ".join((text, *lesson_notes(lesson)))
    css, icon, state = f"hue-{hues.get(lesson.subject_name, 1)}", "", ""
    if lesson.is_locked:
        css, icon, state = f"{css} lesson-pinned", "pin", _("pinned")
    if lesson.pk in wrong:
        css, icon, state = "lesson-clash", "triangle-alert", _("clashes")
    return {
        "uuid": lesson.uuid,
        "subject": lesson.subject_label,
        "text": text,
        "css": css,
        "icon": icon,
        "state": state,
        "is_locked": lesson.is_locked,
        "is_chosen": chosen is not None and chosen.pk == lesson.pk,
    }


def lesson_notes(lesson: ScheduledLesson) -> list[str]:
    """Return what else there is to say of a lesson: its room, group, length, weeks."""
    told = []
    if lesson.room:
        told.append(lesson.room.name)
    if lesson.group:
        told.append(lesson.group.name)
    elif lesson.joint:
        told.append(_("combined"))
    if lesson.weeks != Weeks.EVERY:
        told.append(str(Weeks(lesson.weeks).label))
    if lesson.length > 1 and not lesson.is_placed:
        told.append(_("%(count)s periods running") % {"count": lesson.length})
    return told


def waiting_cells(
    lessons: Sequence[ScheduledLesson], chosen: ScheduledLesson | None, *, of_class: bool
) -> list[dict[str, Any]]:
    """Return the lessons that have no place yet."""
    hues = _hues(lessons)
    return [
        lesson_cell(one, hues, set(), chosen=chosen, of_class=of_class)
        for one in lessons
        if spot_of(one) is None
    ]


def waiting_elsewhere(
    lessons: Iterable[ScheduledLesson], here: Iterable[ScheduledLesson]
) -> list[dict[str, Any]]:
    """Return the classes that have lessons without a place beside those shown here."""
    seen = {one.pk for one in here}
    left = [one for one in lessons if spot_of(one) is None and one.pk not in seen]
    counts = Counter(one.homeroom_class_id for one in left)
    rooms = {one.homeroom_class_id: one.homeroom_class for one in left}
    return [{"room": rooms[pk], "count": count} for pk, count in counts.items()]


def fit_of(change: Change, names: Mapping[int, str]) -> dict[str, Any]:
    """Return how a lesson would fit at a spot: clashing, dearer, or well."""
    if change.is_clash:
        clashes = [told(one, names) for one in change.clashes]
        return {"css": CLASHES, "text": clashes[0], "more": clashes[1:]}
    if change.penalty > 0:
        wishes = [told(one, names) for one in change.broken if not one.is_hard]
        return {
            "css": "fit-dear",
            "text": "; ".join(wishes[:2]),
            "cost": f"+{number(round(change.penalty, 1))}",
            "more": [],
        }
    return {"css": "fit-well", "text": "", "more": []}


def told(violation: Violation, names: Mapping[int, str]) -> str:
    """Return a violation in words, lessons called by subject and class."""
    facts = dict(violation.facts)
    facts["lessons"] = ", ".join(names.get(one, str(one)) for one in violation.lessons)
    if "lesson" in facts:
        facts["lesson"] = names.get(facts["lesson"], facts["lesson"])
    return str(violation.sentence) % facts


def findings_told(findings: Findings, names: Mapping[int, str]) -> dict[str, Any]:
    """Return what is wrong with a whole timetable: hard first, unplaced lessons counted apart."""
    unplaced = findings.quality.lessons - findings.quality.placed
    hard = clashing(findings)
    return {
        "hard_count": len(hard),
        "unplaced": unplaced,
        "soft_count": len(findings.soft),
        "penalty": number(round(findings.penalty)),
        "gaps": findings.quality.teacher_gaps,
    }


def spot_words(spot: Spot) -> str:
    """Return a spot in words."""
    return f"{WEEKDAYS[spot.weekday - 1]}, {period_words(spot.half, spot.period)}"


def period_words(half: str, count: int) -> str:
    """Return a period of a half-day in words."""
    words = {"half": str(Half(half).label).lower(), "number": count}
    return _("period %(number)s, %(half)s") % words


def _times(begins: Any, ends: Any) -> str:
    return f"{begins:%H:%M}–{ends:%H:%M}" if begins and ends else ""


def _hues(lessons: Iterable[ScheduledLesson]) -> dict[str, int]:
    subjects = sorted({one.subject_name for one in lessons})
    return {name: place % HUES + 1 for place, name in enumerate(subjects)}


def held_line(held: HeldLesson, *, person_id: int = 0, of_class: bool = False) -> dict[str, Any]:
    """Return a lesson of a day as a line: for its teacher, or for its class."""
    lesson, teacher = held.lesson, held.teacher
    is_theirs = not person_id or (teacher is not None and teacher.pk == person_id)
    state, tone = _state_of(held, is_own=is_theirs and bool(person_id))
    if state and not is_theirs:
        tone = "warn"
    if of_class:
        text = teacher.full_name if teacher else ""
    else:
        text = _("class %(room)s") % {"room": lesson.homeroom_class.name}
    notes = [part for part in (lesson.room, lesson.group) if part]
    more = "".join(f" · {part.name}" for part in notes)
    return {
        "number": held.bell.number,
        "half": Half(held.bell.half).label,
        "subject": lesson.subject_label,
        "text": f"{text}{more}",
        "times": _times(held.bell.begins_at, held.bell.ends_at),
        "state": state,
        "tone": tone,
        "counts": is_theirs and not held.is_off,
        "uuid": lesson.uuid,
        "room": lesson.homeroom_class.name,
        "origin": held.origin,
        "is_off": held.is_off,
    }


def _state_of(held: HeldLesson, *, is_own: bool) -> tuple[str, str]:
    """Return in words, with a tone, how a lesson of a day is otherwise than usual."""
    change, lesson = held.change, held.lesson
    if held.is_off:
        if held.is_moved and change is not None:
            place = period_words(change.to_half, change.to_period or 0)
            return _moved(_("moved to %(place)s"), place, held.origin, change.to_on), "warn"
        return pgettext("of a lesson", "off"), "warn"
    told = []
    if held.is_arriving:
        place = period_words(lesson.half, lesson.period or 0)
        told.append(_moved(_("moved from %(place)s"), place, held.on, held.origin))
    if held.is_stood_in:
        name = held.teacher.full_name if held.teacher else ""
        told.append(_("stands in") if is_own else _("%(name)s stands in") % {"name": name})
    return ", ".join(told), "info" if told else ""


def _moved(said: str, place: str, here: date, there: date | None) -> str:
    """Return whither or whence a lesson was moved, the day where it is another one."""
    return said % {"place": place if there in {here, None} else f"{place}, {day(there)}"}


def views_of(lessons: Sequence[ScheduledLesson], rooms: Iterable[Room] = ()) -> list[View]:
    """Return whose weeks can be shown: classes, teachers and rooms; of `rooms` empty ones too."""
    by_room = {room.pk: room for room in rooms}
    ids: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    any_of: dict[tuple[str, int], ScheduledLesson] = {}
    for one in lessons:  # by numbers: what they are called is asked of one lesson of each alone
        keys = [("class", one.homeroom_class_id)]
        if one.staff_member_id and one.person_id:
            keys.append(("teacher", one.staff_member_id))
        room = room_of(one)
        if one.room_id or room in by_room:
            keys.append(("room", room or 0))
        for key in keys:
            ids[key].add(one.pk)
            any_of.setdefault(key, one)
    shown = [_view(key, any_of[key], ids[key], by_room) for key in ids]
    shown += [
        (room.sort_key, View("room", str(room.uuid), room.name, frozenset()))
        for room in by_room.values()
        if ("room", room.pk) not in ids
    ]
    return [
        view for _sort, view in sorted(shown, key=lambda one: (KINDS.index(one[1].kind), one[0]))
    ]


def _view(
    key: tuple[str, int], lesson: ScheduledLesson, ids: Iterable[int], rooms: Mapping[int, Room]
) -> tuple[str, View]:
    """Return whose week it is, by what it is sorted; `lesson` is one of its own."""
    kind, number_of = key
    own, member, person = lesson.homeroom_class, lesson.staff_member, lesson.person
    if kind == "class":
        return own.sort_key, View(kind, str(own.uuid), own.name, frozenset(ids))
    if kind == "teacher" and member and person:
        return person.sort_key, View(kind, str(member.uuid), person.full_name, frozenset(ids))
    place = lesson.room if lesson.room and lesson.room_id == number_of else rooms[number_of]
    return place.sort_key, View(kind, str(place.uuid), place.name, frozenset(ids))
