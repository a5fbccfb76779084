"""The tables of pupils, by topic."""

from khuevan.registry.students.models.family import FamilyConsent, Guardianship, Relation
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
    "PolicyGroup",
    "Relation",
    "Student",
]
