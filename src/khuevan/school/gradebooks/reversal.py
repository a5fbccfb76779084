"""What taking something back means for gradebooks: what its rows are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

WORDS = {
    "gradebooks.Gradebook": _("a gradebook"),
    "gradebooks.EntryWindow": _("the time of entering marks"),
    "gradebooks.Arrangement": _("how a pupil is assessed otherwise"),
    "gradebooks.Correction": _("a correction of a mark"),
    "gradebooks.WindowExtension": _("more days for a gradebook"),
    "gradebooks.BroughtAverage": _("an average of term I that a pupil brought along"),
}
for label, word in WORDS.items():
    rules.row_words.register(label, word)
SIGNED = {"gradebooks.Mark": _("a mark"), "gradebooks.SubjectResult": _("results in a subject")}
for label, word in SIGNED.items():
    rules.row_words.register(label, word)
rules.row_words.register("gradebooks.MarksReminder", _("a reminder of missing marks"))
rules.signed.register("gradebooks.Mark", lambda mark: (str(mark.by or ""), mark.at))
rules.signed.register("gradebooks.SubjectResult", lambda _result: ("", None))
rules.signed.register("gradebooks.MarksReminder", lambda _reminder: ("", None))
