"""Who sees and keeps schools and classes."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_SCHOOLS = declare(
    "schools.school:view",
    _("See schools and their figures"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "school_staff",
        "support_session",
        "operator",
    ),
)
VIEW_CLASSES = declare(
    "schools.class:view",
    _("See classes"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "homeroom_teacher",
        "subject_teacher",
        "support_session",
        "operator",
    ),
)
MANAGE_CLASSES = declare(
    "schools.class:manage",
    _("Open and change classes"),
    level="manage",
    roles=("principal", "school_clerk", "data_officer", "operator"),
)
MANAGE_SCHOOLS = declare(
    "schools.school:manage",
    _("Open schools, correct their facts, change their codes"),
    level="manage",
    roles=("department_director", "operator"),
)
FOUND_SCHOOLS = declare(
    "schools.school:found",
    _("Open the schools that one's own commune founds"),
    level="manage",
    roles=("commune_chair", "commune_officer", "operator"),
)
DECIDE_SCHOOLS = declare(
    "schools.school:decide",
    _("Record decisions on schools: permission to operate, conversion, closing"),
    level="manage",
    roles=("department_director", "commune_chair", "commune_officer", "operator"),
)
"""Each office records what it is competent for on the day of the decision."""
MANAGE_CAMPUSES = declare(
    "schools.campus:manage",
    _("Keep campuses, rooms and contact details"),
    level="manage",
    roles=("principal", "school_clerk", "operator"),
)
LICENSE_FACILITIES = declare(
    "schools.facility:license",
    _("License independent preschool facilities"),
    level="manage",
    roles=("commune_chair", "commune_officer", "operator"),
)
DECIDE_YEARS = declare(
    "schools.year:decide",
    _("Write down the frame of the academic year"),
    level="approve",
    roles=("department_director", "operator"),
)
CLOSE_DAYS = declare(
    "schools.closure:decide",
    _("Decide days without lessons and days made up"),
    level="approve",
    roles=("department_director", "commune_chair", "commune_officer", "principal", "operator"),
)
