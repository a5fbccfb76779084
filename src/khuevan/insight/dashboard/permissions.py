"""Who reads the dashboard and opens figures; a figure counts within the reader's own reach."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_DASHBOARD = declare(
    "insight.dashboard:view",
    _("See the dashboard of all schools in charge"),
    roles=("department_director", "department_specialist", "commune_officer", "commune_chair"),
)
VIEW_FIGURES = declare(
    "insight.figure:view",
    _("Open a figure to what it counts"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "support_session",
    ),
)
