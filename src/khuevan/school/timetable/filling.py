"""Placing what has no place yet where it clashes with nothing, making room by one move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from khuevan.school.timetable.core.board import Board
from khuevan.school.timetable.core.kinds.duties import ONE_ENDS_WEEK, ONE_STANDS
from khuevan.school.timetable.core.kinds.presence import IN_TIME
from khuevan.school.timetable.core.values import Placement, Problem, Slot

FIXED = (ONE_STANDS, ONE_ENDS_WEEK)


def fill(
    board: Board, pinned: Collection[int] = (), rooms: Mapping[int, str | None] | None = None
) -> list[int]:
    """Place lessons without a place on a board and return which stand elsewhere than before.

    One lesson of those of which one has to stand at a fixed time goes there first, then lessons of
    the busiest teachers, each to the cheapest spot without a clash. Where there is none, one lesson
    that is in the way and not pinned goes elsewhere, if it can; that is tried again as long as it
    helps. `rooms` says which room a lesson without a place will be in.
    """
    before, kept = dict(board.placements), rooms or {}
    _fix(board, kept)
    waiting = hardest_first(board.problem, board.placements)
    left = [lesson for lesson in waiting if not _place(board, lesson, kept.get(lesson))]
    count = len(left) + 1
    while len(left) < count:
        count = len(left)
        left = [one for one in left if not _make_room(board, one, kept.get(one), pinned)]
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


def _fix(board: Board, rooms: Mapping[int, str | None]) -> None:
    """Put a lesson at each fixed time that one of several must have, such as the flag ceremony."""
    for asked in board.problem.constraints:
        if not (asked.is_active and asked.is_hard and asked.kind in FIXED):
            continue
        slots = asked.slots("slots") or asked.slots("or_slots")
        lessons = [one for one in asked.numbers("lessons") if one in board.problem.active]
        stand = {place.slot for one in lessons if (place := board.placements.get(one))}
        waiting = [one for one in lessons if one not in board.placements]
        if slots and waiting and not stand & set(slots):
            _place(board, waiting[0], rooms.get(waiting[0]), slots)


def _free(board: Board, lesson: int, room: str | None, slots: Iterable[Slot]) -> dict[Slot, float]:
    """Return what each spot without a clash costs, of some or of all."""
    return {
        slot: change.penalty
        for slot, change in board.check_move(lesson, slots, room).items()
        if not change.is_clash
    }


def _place(
    board: Board, lesson: int, room: str | None, slots: Iterable[Slot] | None = None
) -> bool:
    tried = list(slots) if slots is not None else _worth_trying(board, lesson)
    free = _free(board, lesson, room, tried) if tried else {}
    if not free:
        return False
    slot = min(free, key=lambda one: (free[one], one[1], one[0]))
    board.move(lesson, Placement(lesson, *slot, room))
    return True


def _worth_trying(board: Board, lesson: int) -> list[Slot]:
    """Return the slots that may be without a clash: free ones, unless people may be twice."""
    if any(
        one.kind == IN_TIME and one.is_active and one.is_hard for one in board.problem.constraints
    ):
        return board.free_slots(lesson)
    return list(board.problem.grid.slots())


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
