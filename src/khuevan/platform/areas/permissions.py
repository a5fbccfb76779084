"""Who reads the tables of areas: everybody who works in or above a school."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_AREAS = declare(
    "areas.area:view",
    _("Look up provinces, districts and communes of any day"),
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
