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
    roles=("principal", "school_clerk", "operator"),
)
