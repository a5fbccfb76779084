"""Boards of timetables under somebody's hand, kept between requests of one process."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.utils.translation import get_language

from khuevan.school.timetable.core.board import Board
from khuevan.school.timetable.core.checking import Findings
from khuevan.school.timetable.core.engine import Violation
from khuevan.school.timetable.core.kinds.presence import NOT_PLACED
from khuevan.school.timetable.models import Timetable
from khuevan.school.timetable.problems import Setting, setting_of

KEPT = 8
"""How many boards a process keeps: the last used ones."""


@dataclass(frozen=True)
class Desk:
    """A timetable with its board."""

    setting: Setting
    board: Board


_desks: OrderedDict[tuple[int, int, str, str], Desk] = OrderedDict()
_lock = Lock()


def desk_of(timetable: Timetable) -> Desk:
    """Return a timetable's board as of its revision; nobody may move lessons on it for good."""
    language = get_language() or "vi"  # days and hours are named in it
    key = (timetable.pk, timetable.revision, str(timetable.uuid), language)
    with _lock:
        if key in _desks:
            _desks.move_to_end(key)
            return _desks[key]
    setting = setting_of(timetable)
    desk = Desk(setting, Board(setting.problem, setting.placements))
    with _lock:
        for old in [one for one in _desks if one[0] == key[0] and one[1] != key[1]]:
            del _desks[old]
        _desks[key] = desk
        while len(_desks) > KEPT:
            _desks.popitem(last=False)
    return desk


def clashes_of(timetable: Timetable) -> int:
    """Return how many things are wrong that must not be; lessons without a place are none."""
    return len(clashing(desk_of(timetable).board.findings()))


def clashing(findings: Findings) -> list[Violation]:
    """Return what is wrong that must not be, lessons without a place left out."""
    return [one for one in findings.hard if one.sentence is not NOT_PLACED]
