"""What taking something back means for results: what its rows are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

WORDS = {"results.Settlement": _("settled results of a class")}
for label, word in WORDS.items():
    rules.row_words.register(label, word)
rules.row_words.register("results.YearResult", _("what a pupil's year came to"))
rules.signed.register("results.YearResult", lambda row: (str(row.by or ""), row.at))
