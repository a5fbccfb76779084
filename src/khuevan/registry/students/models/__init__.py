"""The tables of pupils, by topic."""

from khuevan.registry.students.models.family import (
    FamilyConsent,
    Guardianship,
    GuardianshipLimit,
    LimitKind,
    Relation,
)
from khuevan.registry.students.models.pupils import (
    KEPT_BY,
    LEAVING,
    ClassPlacement,
    Enrollment,
    EntryKind,
    ExitKind,
    PolicyGroup,
    Student,
)
from khuevan.registry.students.models.states import (
    LastView,
    NumberFormat,
    RegistryBook,
    RegistryNumber,
    StudyBreak,
)

__all__ = [
    "KEPT_BY",
    "ClassPlacement",
    "Enrollment",
    "EntryKind",
    "LEAVING",
    "ExitKind",
    "FamilyConsent",
    "Guardianship",
    "GuardianshipLimit",
    "LastView",
    "LimitKind",
    "NumberFormat",
    "PolicyGroup",
    "RegistryBook",
    "RegistryNumber",
    "Relation",
    "Student",
    "StudyBreak",
]
