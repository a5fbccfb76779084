"""What taking something back means for combinations: what their rows are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

WORDS = {
    "choices.Combination": _("a combination of subjects"),
    "choices.CombinationClass": _("a class of a combination"),
    "choices.ChoiceRound": _("a round of choosing"),
    "choices.WishList": _("wishes of a pupil"),
    "choices.Allotment": _("a result of choosing"),
    "choices.PupilCombination": _("a combination of a pupil"),
    "choices.CombinationChange": _("a change of combination"),
}
for label, word in WORDS.items():
    rules.row_words.register(label, word)
