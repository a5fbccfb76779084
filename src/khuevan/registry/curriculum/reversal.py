"""What taking something back means for the curriculum: what its rows are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

WORDS = {
    "curriculum.ClassSubject": _("a subject of a class"),
    "curriculum.AssignedPeriods": _("periods of a teacher"),
    "curriculum.ResponsibleTeacher": _("who answers for the marks of a subject"),
    "curriculum.ConvertedWork": _("converted work of a teacher"),
    "curriculum.SchoolZone": _("the zone of a school"),
    "curriculum.TeachingDuty": _("a duty of a teacher"),
    "curriculum.TeachingGroup": _("a group of pupils"),
    "curriculum.GroupClass": _("a class of a group"),
    "curriculum.GroupPupil": _("a pupil of a group"),
}
for label, word in WORDS.items():
    rules.row_words.register(label, word)
