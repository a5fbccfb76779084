"""Who may follow the feed. What of it they are given, each resource's own permission says."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

FOLLOW_CHANGES = declare(
    "feed.change:follow",
    _("Follow changes with a program"),
    level="manage",
    roles=("department_specialist", "principal", "school_clerk", "operator"),
)
