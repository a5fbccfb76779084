"""What staffing refuses, with a sentence that says what next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import Conflict


class StaffingCountedJustNow(Conflict):
    """A school is to be counted again a moment after it was."""

    code = "staffing.counted_just_now"
    message = _("This school was counted a moment ago, at %(time)s. Try again in half a minute.")
