"""Who reads counts on any day, who keeps the stored ones."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_COUNTS = declare(
    "insight.count:view",
    _("Count pupils, classes and staff on any day"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
    ),
)
KEEP_COUNTS = declare(
    "insight.count:keep",
    _("Keep the stored counts: refresh, build anew, compare"),
    level="manage",
    roles=("operator",),
)
DECIDE_CENSUS = declare(
    "insight.census:decide",
    _("Decide census days, freeze their figures, open them again"),
    level="approve",
    roles=("department_director", "department_specialist", "operator"),
)
