"""What people are told about marks."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.notifications.api import declare_kind

MARKS_MISSING = declare_kind(
    "gradebooks.marks_missing",
    _("%(count)s marks are missing, %(period)s: %(books)s. Please enter them."),
    icon="clipboard-list",
)
