"""Staff: who works where, what they were trained for, their classes, who stands in for whom."""

from khuevan.registry.staff.models.appointments import (
    Appointment,
    EmploymentForm,
    EndKind,
    Position,
    StaffMember,
)
from khuevan.registry.staff.models.classes import HomeroomAssignment, TeachingAssignment
from khuevan.registry.staff.models.leave import DutyKind, LeaveKind, StaffLeave, Substitution
from khuevan.registry.staff.models.training import (
    DegreeLevel,
    ProfessionalTitle,
    Qualification,
    QualificationKind,
    StaffSubject,
    SubjectTie,
)

__all__ = [
    "Appointment",
    "DegreeLevel",
    "DutyKind",
    "EmploymentForm",
    "EndKind",
    "HomeroomAssignment",
    "LeaveKind",
    "Position",
    "ProfessionalTitle",
    "Qualification",
    "QualificationKind",
    "StaffLeave",
    "StaffMember",
    "StaffSubject",
    "SubjectTie",
    "Substitution",
    "TeachingAssignment",
]
