"""Who reads how many teachers are needed and present, and has them counted anew."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_STAFFING = declare(
    "staffing.figure:view",
    _("See how many teachers schools need and have, by subject"),
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
COUNT_STAFFING = declare(
    "staffing.figure:record",
    _("Count the teachers needed and present anew"),
    level="record",
    roles=("department_specialist", "commune_officer", "principal", "school_clerk", "operator"),
)
