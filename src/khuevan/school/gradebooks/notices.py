"""What people are told about marks."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.notifications.api import declare_kind

MARKS_MISSING = declare_kind(
    "gradebooks.marks_missing",
    _("%(count)s marks are missing, %(period)s: %(books)s. Please enter them."),
    icon="clipboard-check",
)
CORRECTION_ASKED = declare_kind(
    "gradebooks.correction_asked",
    _("%(asker)s asks to correct a mark of %(name)s. Please confirm."),
    icon="inbox",
)
CORRECTION_CONFIRMED = declare_kind(
    "gradebooks.correction_confirmed",
    _("The correction of a mark of %(name)s waits for your decision."),
    icon="gavel",
)
CORRECTION_DONE = declare_kind(
    "gradebooks.correction_done", _("The mark of %(name)s is corrected."), icon="circle-check"
)
CORRECTION_REFUSED = declare_kind(
    "gradebooks.correction_refused",
    _("The correction of a mark of %(name)s was refused: %(reason)s"),
    icon="circle-x",
)
