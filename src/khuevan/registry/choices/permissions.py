"""Who keeps combinations and rounds, who decides, who chooses."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_CHOICES = declare(
    "choices.round:view",
    _("See combinations of subjects, who chose what, and results"),
    roles=("principal", "school_clerk", "operator"),
)
MANAGE_CHOICES = declare(
    "choices.round:manage",
    _("Keep combinations of subjects, open rounds of choosing, enter wishes"),
    level="manage",
    roles=("principal", "school_clerk", "operator"),
)
DECIDE_CHOICES = declare(
    "choices.round:decide",
    _("Publish results of choosing, approve changes of combination"),
    level="manage",
    roles=("principal", "operator"),
)
GIVE_WISHES = declare(
    "choices.wish:give",
    _("Choose a combination of subjects for one's child, or for oneself as a pupil"),
    roles=("guardian", "student"),
)
