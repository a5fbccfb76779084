"""What other apps may use of the timetable app."""

from khuevan.school.timetable.core.checking import Findings, check

__all__ = ["Findings", "check"]
