"""What taking something back means for staff: their roles follow what the facts say."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules
from khuevan.registry.staff.facts import TEACHING, refresh_grants
from khuevan.registry.staff.models import (
    Appointment,
    HomeroomAssignment,
    StaffMember,
    TeachingAssignment,
)

WHY = "staff of a list that is taken back"


def _follow_facts(keys: rules.Keys, on: date) -> None:
    members = set(keys.get("staff.StaffMember", ()))
    for model in (Appointment, HomeroomAssignment, TeachingAssignment):
        rows = model.objects.unscoped(because=WHY)
        held = keys.get(model._meta.label, ())
        members |= set(rows.filter(pk__in=held).values_list("staff_member_id", flat=True))
    there = StaffMember.objects.unscoped(because=WHY).filter(pk__in=members)
    gone = [f"{TEACHING}{pk}" for pk in keys.get(TeachingAssignment._meta.label, ())]
    if (found := sorted(there.values_list("pk", flat=True))) or gone:
        refresh_grants(found, gone=gone)


rules.opens.register("staff.StaffMember.person", "accounts.Person")
rules.settle.register("roles of staff", _follow_facts)
WORDS = {
    "staff.StaffMember": _("facts of the staff member"),
    "staff.Appointment": _("a position"),
    "staff.HomeroomAssignment": _("a homeroom class"),
    "staff.TeachingAssignment": _("lessons in a class"),
    "staff.StaffLeave": _("a leave of staff"),
    "staff.Substitution": _("a substitution"),
    "staff.StaffSubject": _("a subject of a teacher"),
    "staff.ProfessionalTitle": _("a professional title"),
    "staff.Qualification": _("a qualification"),
}
for label, word in WORDS.items():
    rules.row_words.register(label, word)
