"""Who sees results, decides conduct, settles and approves."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_RESULTS = declare(
    "results.result:view",
    _("See the results of pupils"),
    roles=(
        "department_specialist",
        "commune_officer",
        "principal",
        "school_clerk",
        "homeroom_teacher",
        "operator",
    ),
)
DECIDE_CONDUCT = declare(
    "results.conduct:decide",
    _("Decide conduct, enter absences and settle the results of the own class"),
    level="record",
    roles=("principal", "school_clerk", "homeroom_teacher"),
)
APPROVE_RESULTS = declare(
    "results.result:approve",
    _("Approve the results of classes, and decide on single pupils"),
    level="approve",
    roles=("principal",),
)
COUNT_RESULTS = declare(
    "results.result:count",
    _("See how many pupils have which results"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
        "homeroom_teacher",
        "operator",
    ),
)
COMPUTE_RESULTS = declare(
    "results.result:compute",
    _("Reckon the results of a school anew"),
    level="manage",
    roles=("principal", "school_clerk", "operator"),
)
