"""Schools and what they are made of: campuses, rooms, academic years, grades, classes."""

from khuevan.registry.schools.models.classes import ClassGrade, HomeroomClass, Session
from khuevan.registry.schools.models.decisions import Matter, SchoolDecision
from khuevan.registry.schools.models.places import Campus, Room, RoomKind
from khuevan.registry.schools.models.schools import (
    Boarding,
    EducationLevel,
    Ownership,
    School,
    SchoolCode,
    SchoolType,
    SchoolVersion,
)
from khuevan.registry.schools.models.years import (
    AcademicYear,
    Closure,
    ClosureReason,
    GradeLevel,
    MakeUpDay,
    Term,
    YearFrame,
)

__all__ = [
    "AcademicYear",
    "Boarding",
    "Campus",
    "ClassGrade",
    "Closure",
    "ClosureReason",
    "EducationLevel",
    "GradeLevel",
    "HomeroomClass",
    "MakeUpDay",
    "Matter",
    "Ownership",
    "Room",
    "RoomKind",
    "School",
    "SchoolCode",
    "SchoolDecision",
    "SchoolType",
    "SchoolVersion",
    "Session",
    "Term",
    "YearFrame",
]
