"""Who opens the family's pages. What stands on them is read with the registry's own permissions."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_CHILD = declare(
    "family.child:view",
    _("Follow one's child, or oneself as a pupil"),
    roles=("guardian", "student"),
)
TAKE_RECORD = declare(
    "family.child:export",
    _("Take a copy of one's child's record, or of one's own as a pupil"),
    roles=("guardian", "student"),
)
