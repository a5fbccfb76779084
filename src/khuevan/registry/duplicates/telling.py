"""What rows of a person are called in a sentence."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ROWS: dict[str, str | Promise] = {
    "students.Enrollment": gettext_lazy("a school"),
    "students.ClassPlacement": gettext_lazy("a class"),
    "students.StudyBreak": gettext_lazy("a leave from school"),
    "students.Guardianship": gettext_lazy("a guardianship"),
    "students.GuardianshipLimit": gettext_lazy("a limit of a guardianship"),
    "transfers.Transfer": gettext_lazy("an open transfer"),
    "staff.Appointment": gettext_lazy("a position"),
    "staff.HomeroomAssignment": gettext_lazy("a homeroom class"),
    "staff.TeachingAssignment": gettext_lazy("lessons in a class"),
    "staff.StaffLeave": gettext_lazy("a leave of staff"),
    "staff.Substitution": gettext_lazy("a substitution"),
    "gradebooks.Mark": gettext_lazy("a mark in the same column"),
    "gradebooks.MarkVersion": gettext_lazy("a mark in the same column"),
    "gradebooks.BroughtAverage": gettext_lazy("an average of term I that was brought along"),
    "access.Delegation": gettext_lazy("a role handed on"),
}


def told_row(link: str) -> str:
    """Return what the rows of `app.Model.column` are called."""
    return str(ROWS.get(link.rsplit(".", 1)[0], _("an entry")))
