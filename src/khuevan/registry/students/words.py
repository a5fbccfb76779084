"""What a record lacks, in words: one name for one gap on every page that tells of it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LACKING_WORDS: dict[str, Promise] = {
    "records": _("Record not complete"),
    "personal-number": _("No personal number"),
    "birth-date": _("No date of birth"),
    "ethnicity": _("No ethnic group"),
    "guardian-phone": _("No guardian's phone"),
    "unplaced": _("No class yet"),
    "contradictions": _("Number contradicts the record"),
}
"""Each key of `LACKING` as a line of its own."""

FACT_NAMES: dict[str, Promise] = {
    "personal-number": _("personal number"),
    "birth-date": _("date of birth"),
    "ethnicity": _("ethnic group"),
    "guardian-phone": _("guardian's phone"),
    "unplaced": _("class"),
}
"""The fact that is missing, for a sentence or a list of several."""
