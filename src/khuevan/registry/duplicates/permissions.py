"""Who sees which records seem to be of one person, and makes them one."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

_OFFICES = ("department_specialist", "commune_officer")

VIEW_PAIRS = declare(
    "duplicates.pair:view",
    _("See which records seem to be of one person"),
    roles=("principal", "school_clerk", *_OFFICES),
)
SETTLE_PAIRS = declare(
    "duplicates.pair:settle",
    _("Make two records of one person one, or say that they are two people"),
    level="record",
    roles=("principal", "school_clerk", *_OFFICES),
)
LOOK_FOR_PAIRS = declare(
    "duplicates.search:run",
    _("Look through all records for people recorded twice"),
    level="manage",
    roles=("operator",),
)
