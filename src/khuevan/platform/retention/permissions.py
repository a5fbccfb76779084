"""Who reads what is kept how long, and who may have files destroyed."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_RETENTION = declare(
    "retention.kind:view",
    _("Read what is kept how long, and what was destroyed"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "data_protection_officer",
    ),
)
DESTROY_FILES = declare(
    "retention.file:destroy",
    _("Have files destroyed whose time is over, by a decision"),
    level="approve",
    roles=("department_director", "department_specialist", "principal"),
)
