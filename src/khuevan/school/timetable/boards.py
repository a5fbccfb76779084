"""Boards of timetables under somebody's hand, kept between requests of one process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from time import monotonic
from typing import Any

from django.db.models import F, Value
from django.utils.translation import get_language

from khuevan.platform.accounts.api import Person
from khuevan.registry.schools.api import HomeroomClass, Room
from khuevan.school.timetable.core.board import Board
from khuevan.school.timetable.core.checking import Findings
from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.core.kinds.presence import NOT_PLACED
from khuevan.school.timetable.models import ScheduledLesson, Timetable
from khuevan.school.timetable.problems import Setting, setting_of

KEPT = 8
"""How many boards a process keeps: the last used ones."""
MOST_SECONDS = 10
"""How long the names of people, classes and rooms on a board are taken for what they are now."""
BECAUSE = "of a timetable that the caller reached through a scope"
NAMES: Mapping[Any, tuple[str, ...]] = {
    Person: ("family_name", "middle_name", "given_name"),
    HomeroomClass: ("name", "", ""),
    Room: ("name", "", ""),
}
"""Of what a name is made; as many parts of each, to be read together."""


@dataclass(frozen=True)
class Desk:
    """A timetable with its board."""

    setting: Setting
    board: Board
    revision: int
    named_at: float
    """When its names were read, or held against what they are, by the process's own clock."""

    @cached_property
    def names(self) -> Mapping[int, str]:
        """What each lesson is called: its subject and class."""
        return {one.pk: lesson_name(one) for one in self.setting.rows.values()}

    @cached_property
    def weeks_by_name(self) -> Mapping[str, str]:
        """Whose week each name of the problem is, as the editor asks for it."""
        found: dict[str, str] = {}
        for room in self.setting.rooms.values():
            found[self.setting.room_names[room.pk]] = f"room:{room.uuid}"
        for row in self.setting.rows.values():
            found[row.homeroom_class.name] = f"class:{row.homeroom_class.uuid}"
            if row.staff_member:
                name = self.setting.teacher_names[row.staff_member.pk]
                found[name] = f"teacher:{row.staff_member.uuid}"
        return found


_desks: OrderedDict[tuple[int, int, str, str], Desk] = OrderedDict()
_lock = Lock()


def forget_desks() -> None:
    """Forget every board, as a process that has just begun."""
    with _lock:
        _desks.clear()


def desk_of(timetable: Timetable) -> Desk:
    """Return a timetable's board as of its revision; nobody may move lessons on it for good.

    Where a board of an earlier revision is kept, what was moved since is moved on a copy of it:
    whoever made the move, in whichever process. Who still reads the old one is left alone.
    """
    language = get_language() or "vi"  # days and hours are named in it
    key = (timetable.pk, timetable.rules_revision, str(timetable.uuid), language)
    with _lock:
        kept = _desks.get(key)
    if kept is not None and monotonic() - kept.named_at > MOST_SECONDS:
        kept = replace(kept, named_at=monotonic()) if _is_named_so(kept.setting) else None
    if kept is not None and kept.revision == timetable.revision:
        desk = kept
    else:
        desk = (kept and _followed(kept, timetable)) or _built(timetable)
    with _lock:
        for old in [one for one in _desks if one[0] == key[0] and one[1] < key[1]]:
            del _desks[old]
        _desks[key] = desk
        _desks.move_to_end(key)
        while len(_desks) > KEPT:
            _desks.popitem(last=False)
    return desk


def _built(timetable: Timetable) -> Desk:
    setting = setting_of(timetable)
    board = Board(setting.problem, setting.placements)
    return Desk(setting, board, timetable.revision, monotonic())


def _is_named_so(setting: Setting) -> bool:
    """Return whether people, classes and rooms are called as they were; one query."""
    rows = setting.rows.values()
    things = [
        *(row.person for row in rows if row.person),
        *(row.homeroom_class for row in rows),
        *setting.rooms.values(),
    ]
    known = {
        (
            type(one).__name__,
            one.pk,
            *(getattr(one, name) if name else "" for name in NAMES[type(one)]),
        )
        for one in things
    }
    found = [
        model.objects.unscoped(because=BECAUSE)
        .filter(pk__in=[pk for name, pk, *_names in known if name == model.__name__])
        .values_list(Value(model.__name__), "pk", *(_value(name) for name in names))
        for model, names in NAMES.items()
    ]
    return set(found[0].union(*found[1:], all=True)) == known


def _value(name: str) -> F | Value:
    return F(name) if name else Value("")


def _followed(kept: Desk, timetable: Timetable) -> Desk | None:
    """Return a kept board with the moves made since; nothing where the lessons are others now."""
    found = kept.setting.following(timetable)
    if found is None:
        return None
    setting, moved = found
    board = kept.board.copy()
    places = {one.lesson: one for one in setting.placements}
    for lesson in moved:
        if board.placements.get(lesson) != places.get(lesson):
            board.move(lesson, places.get(lesson))
    return Desk(setting, board, timetable.revision, kept.named_at)


def lesson_name(lesson: ScheduledLesson) -> str:
    """Return what a lesson is called in a sentence."""
    return f"{lesson.subject_label} {lesson.homeroom_class.name}"


def clashes_of(timetable: Timetable) -> int:
    """Return how many things are wrong that must not be; lessons without a place are none."""
    return len(clashing(desk_of(timetable).board.findings()))


def clashing(findings: Findings) -> list[Violation]:
    """Return what is wrong that must not be, lessons without a place left out."""
    return [one for one in findings.hard if not waits(one)]


def waits(one: Violation) -> bool:
    """Tell whether something is wrong only because lessons have no place yet."""
    if one.constraint.kind == "weekly_periods":
        return not one.constraint.flag("differs")
    return one.sentence is NOT_PLACED
