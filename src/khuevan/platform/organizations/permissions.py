"""Who sees the tree of units, and who changes it."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_UNITS = declare(
    "organizations.unit:view",
    _("See the tree of units on any day, and what changed"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "school_staff",
        "system_admin",
        "support_session",
        "operator",
    ),
)
MANAGE_UNITS = declare(
    "organizations.unit:manage",
    _("Open, rename, move, merge and close units"),
    level="manage",
    roles=("department_director", "operator"),
)
