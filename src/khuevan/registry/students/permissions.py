"""Who sees and keeps pupils."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

COUNT_STUDENTS = declare(
    "students.figure:view",
    _("See numbers of pupils"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "school_staff",
        "support_session",
    ),
)
VIEW_STUDENTS = declare(
    "students.student:view",
    _("See pupils' records"),
    roles=(
        "department_specialist",
        "commune_officer",
        "principal",
        "school_clerk",
        "homeroom_teacher",
        "subject_teacher",
        "guardian",
        "student",
        "support_session",
        "operator",
    ),
)
VIEW_GUARDIANS = declare(
    "students.guardian:view",
    _("See pupils' families and phone numbers"),
    roles=("principal", "school_clerk", "homeroom_teacher", "guardian", "student"),
)
EDIT_STUDENTS = declare(
    "students.student:record",
    _("Change pupils' records"),
    level="record",
    roles=("principal", "school_clerk"),
)
VIEW_REGISTRY = declare(
    "students.registry:view",
    _("See the registry book and former pupils"),
    roles=("principal", "school_clerk"),
)
RECORD_GUARDIANS = declare(
    "students.guardian:record",
    _("Change guardians, their custody and the order of contact"),
    level="record",
    roles=("principal", "school_clerk"),
)
IMPORT_STUDENTS = declare(
    "students.student:import",
    _("Load lists of pupils"),
    level="record",
    roles=("principal", "school_clerk", "data_officer", "operator"),
)
EXPORT_STUDENTS = declare(
    "students.student:export",
    _("Export lists of pupils"),
    level="manage",
    roles=("principal", "school_clerk", "homeroom_teacher", "operator"),
)
