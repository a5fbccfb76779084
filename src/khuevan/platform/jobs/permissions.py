"""Who sees the background work of a unit. One's own needs no permission."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_JOBS = declare(
    "jobs.job:view",
    _("See a unit's background work"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "system_admin",
        "principal",
        "school_clerk",
    ),
)
STOP_JOBS = declare(
    "jobs.job:manage",
    _("Stop a unit's background work"),
    level="manage",
    roles=("system_admin", "principal"),
)
