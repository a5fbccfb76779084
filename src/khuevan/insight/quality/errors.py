"""What the quality app refuses, with a sentence that says what next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import Conflict


class CountedJustNow(Conflict):
    """A school is to be counted again a moment after it was."""

    code = "quality.counted_just_now"
    message = _("This school was counted a moment ago, at %(time)s. Try again in half a minute.")


class FilledMeanwhile(Conflict):
    """The cell was empty when it was listed and is not any more."""

    code = "quality.filled_meanwhile"
    message = _("Somebody filled this in meanwhile; what they wrote stays.")
