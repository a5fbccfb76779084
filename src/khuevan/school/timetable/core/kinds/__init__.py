"""The kinds of constraints the engine can check, each with its small function, by family."""

from khuevan.school.timetable.core.kinds import (
    gaps,
    load,
    presence,
    rooms,
    spacing,
    times,
)

ALL = (presence, load, gaps, spacing, times, rooms)
"""The families: importing one registers its kinds."""
