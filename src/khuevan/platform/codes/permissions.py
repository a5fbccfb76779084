"""Who reads the code lists: everybody who works in or above a school."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_CODES = declare(
    "codes.list:view",
    _("Read the code lists"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "homeroom_teacher",
        "subject_teacher",
        "school_staff",
        "data_protection_officer",
        "system_admin",
        "support_session",
        "operator",
    ),
)
