"""What happens to timetables: made, changed by hand, taken back, published, removed."""

from khuevan.school.timetable.actions.days import cancel_lesson, restore_day, substitute_lesson
from khuevan.school.timetable.actions.editing import (
    Move,
    choose_room,
    lock_lesson,
    move_lesson,
    place_rest,
    redo_step,
    swap_lessons,
    take_places,
    undo_step,
)
from khuevan.school.timetable.actions.feeds import make_feed
from khuevan.school.timetable.actions.moving import move_lesson_of_day, swap_lessons_of_day
from khuevan.school.timetable.actions.versions import (
    make_timetable,
    publish_timetable,
    remove_timetable,
)

__all__ = [
    "cancel_lesson",
    "choose_room",
    "make_feed",
    "move_lesson_of_day",
    "swap_lessons_of_day",
    "restore_day",
    "substitute_lesson",
    "take_places",
    "Move",
    "lock_lesson",
    "make_timetable",
    "move_lesson",
    "place_rest",
    "publish_timetable",
    "redo_step",
    "remove_timetable",
    "swap_lessons",
    "undo_step",
]
