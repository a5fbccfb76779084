"""What happens to timetables: made, changed by hand, taken back, published, removed."""

from khuevan.school.timetable.actions.editing import (
    Move,
    lock_lesson,
    move_lesson,
    place_rest,
    redo_step,
    undo_step,
)
from khuevan.school.timetable.actions.versions import (
    make_timetable,
    publish_timetable,
    remove_timetable,
)

__all__ = [
    "Move",
    "lock_lesson",
    "make_timetable",
    "move_lesson",
    "place_rest",
    "publish_timetable",
    "redo_step",
    "remove_timetable",
    "undo_step",
]
