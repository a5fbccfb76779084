"""Who sees and keeps what is taught, by whom."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_PLANS = declare(
    "curriculum.plan:view",
    _("See what classes learn, and how many periods"),
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
MANAGE_PLANS = declare(
    "curriculum.plan:manage",
    _("Plan what classes learn"),
    level="manage",
    roles=("principal", "school_clerk", "data_officer", "operator"),
)
VIEW_LOADS = declare(
    "curriculum.load:view",
    _("See how much each teacher of one's school teaches"),
    roles=("principal", "school_clerk", "operator"),
)
