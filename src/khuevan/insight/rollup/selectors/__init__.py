"""Reads of counts: a table of a day, and the rows behind each of its numbers."""

from khuevan.insight.rollup.selectors.counting import Counted, Coverage, count, frame_of
from khuevan.insight.rollup.selectors.rows import class_rows, pupil_rows, sees_rows, staff_rows

__all__ = [
    "Counted",
    "Coverage",
    "class_rows",
    "count",
    "frame_of",
    "pupil_rows",
    "sees_rows",
    "staff_rows",
]
