"""The forms of overtime."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.school.hours import errors
from khuevan.school.hours.models import CountingKind
from khuevan.ui.forms import DayField, Form, LineField


class RuleForm(Form):
    """How a school counts overtime."""

    counting = forms.ChoiceField(
        label=_("Set off"),
        choices=CountingKind.choices,
        widget=forms.RadioSelect,
        help_text=_("Circular 05/2025 doesn't say how a month is counted; the school decides."),
    )
    counts_looking_after = forms.BooleanField(
        label=_("A lesson counts in which the class was only looked after"), required=False
    )
    counts_holidays = forms.BooleanField(
        label=_("A lesson of a public holiday counts when it is made up"),
        help_text=_("On the holiday no lesson is owed: made up, it is above what is owed."),
        required=False,
    )
    rate = forms.IntegerField(
        label=_("Đồng a period"),
        min_value=0,
        max_value=10_000_000,
        required=False,
        help_text=_("Leave empty to state periods alone."),
    )
    starts_on = DayField(label=_("From"))


class OpenForm(Form):
    """Why a closed month is opened."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.MonthOpen: "reason",
        errors.LaterMonthClosed: "reason",
    }

    reason = LineField(label=_("Reason"), max_length=160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["autocomplete"] = "off"
