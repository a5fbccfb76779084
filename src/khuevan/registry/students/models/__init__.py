"""The tables of pupils, by topic."""

from khuevan.registry.students.models.family import (
    FamilyConsent,
    Guardianship,
    GuardianshipLimit,
    LimitKind,
    Relation,
)
from khuevan.registry.students.models.pupils import (
    ClassPlacement,
    Enrollment,
    EntryKind,
    ExitKind,
    PolicyGroup,
    Student,
)

__all__ = [
    "ClassPlacement",
    "Enrollment",
    "EntryKind",
    "ExitKind",
    "FamilyConsent",
    "Guardianship",
    "GuardianshipLimit",
    "LimitKind",
    "PolicyGroup",
    "Relation",
    "Student",
]
