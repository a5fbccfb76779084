"""What taking something back means for overtime: what its rows are called, whose they are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

WORDS = {
    "hours.OvertimeRule": _("how overtime is counted"),
    "hours.ClosedMonth": _("a closed month of overtime"),
    "hours.ClosedHours": _("a line of a closed month of overtime"),
}
for label, word in WORDS.items():
    rules.row_words.register(label, word)
