"""Placing what has no place yet where it clashes with nothing, making room by one move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from khuevan.school.timetable.core.board import Board
from khuevan.school.timetable.core.values import Placement, Problem, Slot


def fill(
    board: Board, pinned: Collection[int] = (), rooms: Mapping[int, str | None] | None = None
) -> list[int]:
    """Place lessons without a place on a board and return which stand elsewhere than before.

    Lessons of the busiest teachers go first, each to the cheapest spot without a clash. Where there
    is none, one lesson that is in the way and not pinned goes elsewhere, if it can. `rooms` says
    which room a lesson without a place will be in.
    """
    before, kept = dict(board.placements), rooms or {}
    waiting = hardest_first(board.problem, before)
    left = [lesson for lesson in waiting if not _place(board, lesson, kept.get(lesson))]
    for lesson in left:
        _make_room(board, lesson, kept.get(lesson), pinned)
    after = board.placements
    return [lesson for lesson in after if after[lesson] != before.get(lesson)]


def hardest_first(problem: Problem, placed: Collection[int]) -> list[int]:
    """Return the lessons without a place, long ones and those of the busiest teachers first."""
    busy: Counter[str] = Counter()
    for lesson in problem.lessons:
        for name in lesson.teachers:
            busy[name] += lesson.duration
    waiting = [one for one in problem.active.values() if one.id not in placed]
    waiting.sort(
        key=lambda one: (
            -one.duration,
            -max((busy[name] for name in one.teachers), default=0),
            one.id,
        )
    )
    return [one.id for one in waiting]


def _free(board: Board, lesson: int, room: str | None) -> dict[Slot, float]:
    """Return what each spot without a clash costs."""
    return {
        slot: change.penalty
        for slot, change in board.check_move(lesson, room=room).items()
        if not change.is_clash
    }


def _place(board: Board, lesson: int, room: str | None) -> bool:
    free = _free(board, lesson, room)
    if not free:
        return False
    slot = min(free, key=lambda one: (free[one], one[1], one[0]))
    board.move(lesson, Placement(lesson, *slot, room))
    return True


def _make_room(board: Board, lesson: int, room: str | None, pinned: Collection[int]) -> bool:
    """Place a lesson where one other is in the way that can go elsewhere; else leave all as is."""
    for slot, change in board.check_move(lesson, room=room).items():
        others = {one for clash in change.clashes for one in clash.lessons} - {lesson}
        if len(others) != 1 or others & set(pinned):
            continue
        (other,) = others
        stood = board.placements[other]
        board.move(other, None)
        here = board.check_move(lesson, [slot], room)[slot]
        if not here.is_clash:
            board.move(lesson, Placement(lesson, *slot, room))
            if _place(board, other, stood.room):
                return True
            board.move(lesson, None)
        board.move(other, stood)
    return False
