"""What teachers are told about overtime."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.notifications.api import declare_kind

MONTH_CLOSED = declare_kind(
    "hours.month_closed",
    _("The overtime of %(month)s is closed. Your lessons and figures are on your own page."),
    icon="calendar-check",
)
