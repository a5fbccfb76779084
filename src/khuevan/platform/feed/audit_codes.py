"""What the log says of the feed."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

CHANGES_GIVEN = declare_code(
    "feed.changes_given",
    _("Gave a program %(count)s changes, up to number %(until)s: %(purpose)s"),
)
