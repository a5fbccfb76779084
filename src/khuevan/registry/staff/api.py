"""What other apps may use of the staff app."""

from khuevan.registry.staff.actions import (
    appoint,
    appointment_grants,
    assign_homeroom,
    assign_teaching,
    homeroom_grant,
    teaching_grant,
)
from khuevan.registry.staff.errors import AlreadyAppointed
from khuevan.registry.staff.models import (
    Appointment,
    HomeroomAssignment,
    Position,
    StaffMember,
    TeachingAssignment,
)
from khuevan.registry.staff.permissions import MANAGE_STAFF, VIEW_STAFF
from khuevan.registry.staff.selectors import (
    Duties,
    appointments,
    duties_of,
    homeroom_teachers,
    own_classes,
    staff_counts,
)

__all__ = [
    "MANAGE_STAFF",
    "VIEW_STAFF",
    "AlreadyAppointed",
    "Appointment",
    "Duties",
    "HomeroomAssignment",
    "Position",
    "StaffMember",
    "TeachingAssignment",
    "appoint",
    "appointment_grants",
    "appointments",
    "assign_homeroom",
    "assign_teaching",
    "duties_of",
    "homeroom_grant",
    "homeroom_teachers",
    "own_classes",
    "staff_counts",
    "teaching_grant",
]
