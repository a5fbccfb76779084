"""Who writes and reads comments, and who keeps the phrases of a school."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_REMARKS = declare(
    "remarks.remark:view",
    _("See the comments on pupils"),
    roles=(
        "principal",
        "school_clerk",
        "homeroom_teacher",
        "subject_teacher",
        "data_officer",
        "operator",
    ),
)
WRITE_REMARKS = declare(
    "remarks.remark:write",
    _("Write comments on the pupils that one teaches"),
    level="record",
    roles=("principal", "school_clerk", "homeroom_teacher", "subject_teacher"),
)
MANAGE_PHRASES = declare(
    "remarks.phrase:manage",
    _("Keep the school's phrases for comments, and say what none may say"),
    level="manage",
    roles=("principal", "school_clerk", "operator"),
)
VIEW_OWN_REMARKS = declare(
    "remarks.own:view",
    _("See the comments on oneself, or on one's child"),
    roles=("guardian", "student"),
)
