"""What the duplicates app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

MERGED = declare_code("duplicates.pair.merged", _("Two records of one person made one"))
TAKEN_APART = declare_code("duplicates.pair.restored", _("Two records taken apart again"))
TOLD_APART = declare_code("duplicates.pair.dismissed", _("Two records confirmed as two people"))
TOLD_OF_RECORD = declare_code(
    "duplicates.newcomer.told", _("Told that a newcomer may have a record elsewhere")
)
