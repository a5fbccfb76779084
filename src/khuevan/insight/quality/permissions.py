"""Who reads how good the records are, who sees which record is at fault."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_SCORES = declare(
    "quality.score:view",
    _("See how good the records of schools are: scores and numbers of faults"),
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
VIEW_FINDINGS = declare(
    "quality.finding:view",
    _("See which records of one's own school are at fault"),
    roles=("principal", "school_clerk"),
)
VIEW_OWN_CLASS = declare(
    "quality.own_class:view",
    _("See which records of the own homeroom class are at fault"),
    roles=("homeroom_teacher", "principal", "school_clerk"),
)
COUNT_ANEW = declare(
    "quality.score:record",
    _("Count the faults of a school anew"),
    level="record",
    roles=("department_specialist", "commune_officer", "principal", "school_clerk", "operator"),
)
