"""Who makes timetables, and who sees the published ones."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_TIMETABLES = declare(
    "timetable.timetable:view",
    _("See the timetables of a school"),
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
MANAGE_TIMETABLES = declare(
    "timetable.timetable:manage",
    _("Make, change and publish timetables"),
    level="manage",
    roles=("principal", "school_clerk", "data_officer", "operator"),
)
VIEW_OWN = declare(
    "timetable.own:view",
    _("See one's own timetable"),
    roles=(
        "principal",
        "school_clerk",
        "homeroom_teacher",
        "subject_teacher",
        "school_staff",
    ),
)
ASK_WISHES = declare(
    "timetable.wish:ask",
    _("Say one's own wishes for the timetable"),
    roles=(
        "principal",
        "school_clerk",
        "homeroom_teacher",
        "subject_teacher",
        "school_staff",
    ),
)
