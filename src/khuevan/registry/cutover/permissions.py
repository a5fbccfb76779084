"""Who sees how a school moves over, who runs it, and who signs."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_CUTOVERS = declare(
    "cutover.cutover:view",
    _("See which schools move over from another product, and how their numbers compare"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "operator",
    ),
)
RUN_CUTOVERS = declare(
    "cutover.cutover:record",
    _("Run a school's move-over: lists, own totals, explanations"),
    level="record",
    roles=("principal", "school_clerk"),
)
SIGN_CUTOVERS = declare(
    "cutover.cutover:sign",
    _("Sign the reconciliation of a school's move-over, or withdraw it"),
    level="approve",
    roles=("principal",),
)
