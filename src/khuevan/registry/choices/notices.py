"""What people are told about choosing."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.notifications.api import declare_kind

PLEASE_CHOOSE = declare_kind(
    "choices.please_choose",
    _("%(name)s: please choose a combination of subjects until %(day)s."),
    icon="list-checks",
)
RESULT_IS_OUT = declare_kind(
    "choices.result_is_out", _("%(name)s: the result is out."), icon="list-checks"
)
CHANGE_IS_DECIDED = declare_kind(
    "choices.change_is_decided",
    _("The change of combination of %(name)s has been decided."),
    icon="repeat-2",
)
