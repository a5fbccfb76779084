"""The kinds of constraints the engine can check, each with its small function, by family."""

from khuevan.school.timetable.core.kinds import (
    duties,
    gaps,
    load,
    presence,
    rooms,
    sessions,
    spacing,
    subjects,
    times,
)

ALL = (presence, load, gaps, spacing, times, rooms, sessions, subjects, duties)
"""The families: importing one registers its kinds."""
