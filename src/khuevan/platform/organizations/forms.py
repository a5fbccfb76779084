"""What is asked about the tree: a day, two days; a unit's other codes and masters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.periods import RECORDED_FROM
from khuevan.platform.organizations.models import LinkKind
from khuevan.ui.forms import TWO_DAYS, DayField, Form, LineField


class DayForm(Form):
    """The day of the tree."""

    on = DayField(label=_("On the day"), earliest=RECORDED_FROM)


class TwoDaysForm(Form):
    """Two days to compare."""

    named = TWO_DAYS

    first = DayField(label=_("From the day"), earliest=RECORDED_FROM)
    second = DayField(label=_("To the day"), earliest=RECORDED_FROM)


class AliasForm(Form):
    """A code that another register gives a unit."""

    source = LineField(
        label=_("Register"), max_length=80, help_text=_("As the ministry's, the tax office's.")
    )
    code = LineField(label=_("Code there"), max_length=35)
    starts_on = DayField(label=_("From the day"), earliest=RECORDED_FROM)


class LinkForm(Form):
    """A unit to which this one answers beside its manager."""

    kind = forms.ChoiceField(label=_("Kind of link"), choices=LinkKind.choices)
    master = LineField(label=_("Code or name of the other unit"), max_length=200)
    starts_on = DayField(label=_("From the day"), earliest=RECORDED_FROM)
    decision = LineField(label=_("Number of the decision"), max_length=120, required=False)


class EndLinkForm(Form):
    """The first day without a link."""

    on = DayField(label=_("From the day"), earliest=RECORDED_FROM)


class ScanForm(Form):
    """The scan of a decision."""

    upload = forms.FileField(
        label=_("Scan of the decision"),
        help_text=_("PDF, Word or a picture, up to 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
    )


class UndoForm(Form):
    """Why a change is taken back."""

    reason = LineField(label=_("Why it is taken back"), max_length=160)
