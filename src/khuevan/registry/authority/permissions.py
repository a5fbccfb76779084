"""Who asks who decides: everybody who works in or above a school."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_AUTHORITY = declare(
    "authority.ruling:view",
    _("See who decides a matter for a school on a day"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "school_staff",
        "support_session",
        "operator",
    ),
)
