"""What happens to timetables: made, changed by hand, taken back, published, removed."""

from khuevan.school.timetable.actions.days import cancel_lesson, restore_day, substitute_lesson
from khuevan.school.timetable.actions.editing import (
    Move,
    choose_room,
    choose_rooms,
    lock_lesson,
    move_lesson,
    place_rest,
    redo_step,
    swap_lessons,
    take_places,
    undo_step,
)
from khuevan.school.timetable.actions.feeds import make_feed
from khuevan.school.timetable.actions.making_up import make_up_day
from khuevan.school.timetable.actions.moving import move_lesson_of_day, swap_lessons_of_day
from khuevan.school.timetable.actions.shapes import (
    alternate_lesson,
    combine_classes,
    join_lesson,
    split_lesson,
    take_apart,
)
from khuevan.school.timetable.actions.versions import (
    make_timetable,
    publish_timetable,
    remove_timetable,
)

__all__ = [
    "cancel_lesson",
    "choose_room",
    "choose_rooms",
    "make_feed",
    "make_up_day",
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
    "alternate_lesson",
    "combine_classes",
    "join_lesson",
    "split_lesson",
    "swap_lessons",
    "take_apart",
    "undo_step",
]
