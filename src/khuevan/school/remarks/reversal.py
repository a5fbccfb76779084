"""What taking something back means for comments: what its rows are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

WORDS = {
    "remarks.RemarkSheet": _("a class's comments in a subject"),
    "remarks.Phrase": _("a phrase for comments"),
    "remarks.RemarkSetting": _("what comments may say"),
}
for label, word in WORDS.items():
    rules.row_words.register(label, word)
rules.row_words.register("remarks.Remark", _("a comment on a pupil"))
rules.signed.register("remarks.Remark", lambda remark: (str(remark.by or ""), remark.at))
