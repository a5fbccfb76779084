"""Who sees and keeps staff."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_STAFF = declare(
    "staff.member:view",
    _("See staff and their positions"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "school_staff",
        "operator",
    ),
)
MANAGE_STAFF = declare(
    "staff.member:manage",
    _("Appoint staff and assign classes"),
    level="manage",
    roles=("principal", "school_clerk", "data_officer", "operator"),
)
VIEW_RECORDS = declare(
    "staff.record:view",
    _("Open the record of a staff member"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "operator",
    ),
)
APPOINT_LEADERS = declare(
    "staff.leader:appoint",
    _("Appoint the principals and vice principals of schools"),
    level="manage",
    roles=("department_director", "commune_chair", "operator"),
)
RECORD_LEADERS = declare(
    "staff.leader:record",
    _("Record whom one's office appointed to lead a school"),
    level="record",
    roles=(
        "department_director",
        "department_specialist",
        "commune_chair",
        "commune_officer",
        "operator",
    ),
)
LOAD_LEADERS = declare(
    "staff.leader:load",
    _("Load who leads any school, on the server"),
    level="manage",
    roles=("operator",),
)
FILL_POSITIONS = declare(
    "staff.position:record",
    _("Record who takes, changes and leaves a position"),
    level="record",
    roles=(
        "principal",
        "school_clerk",
        "department_director",
        "department_specialist",
        "commune_chair",
        "commune_officer",
        "operator",
    ),
)
"""To reach the pages and programs; which position of which unit one may fill, the action says."""
MOVE_STAFF = declare(
    "staff.mobility:decide",
    _("Decide on moves of staff and on second schools"),
    level="manage",
    roles=("department_director", "commune_chair", "operator"),
)
