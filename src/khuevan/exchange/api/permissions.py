"""Who may let programs act in their name."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

MANAGE_TOKENS = declare(
    "api.token:manage",
    _("Create access tokens for programs of one's own"),
    level="manage",
    passes_on=True,
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
