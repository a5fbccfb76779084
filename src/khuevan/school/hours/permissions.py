"""Who sees and closes statements of overtime."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_STATEMENT = declare(
    "hours.statement:view",
    _("See the overtime of all teachers of one's school"),
    roles=("principal", "school_clerk", "operator"),
)
CLOSE_MONTH = declare(
    "hours.month:close",
    _("Close a month of overtime, and say how it is counted"),
    level="manage",
    roles=("principal", "operator"),
)
VIEW_OWN_HOURS = declare(
    "hours.own:view",
    _("See one's own lessons held and overtime"),
    roles=(
        "principal",
        "school_clerk",
        "homeroom_teacher",
        "subject_teacher",
        "school_staff",
    ),
)
