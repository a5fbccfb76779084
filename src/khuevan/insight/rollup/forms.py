"""Deciding a census day, and saying why one is opened again."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.insight.rollup.errors import CensusTaken
from khuevan.kernel.errors import DomainError
from khuevan.registry.schools.api import EducationLevel
from khuevan.ui.forms import DayField, Form


class CensusForm(Form):
    """Which day, which level, by which decision."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {CensusTaken: "on"}

    on = DayField(
        label=_("Day"), help_text=_("Usually 30/9 (start of year), 31/12 or 31/5 (end of year).")
    )
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=[("", pgettext_lazy("levels of a census", "All levels")), *EducationLevel.choices],
    )
    decision = forms.CharField(label=_("Decision"), required=False, max_length=160)


class ReopenForm(Form):
    """Why the figures are to be frozen anew."""

    reason = forms.CharField(
        label=_("Why it is opened again"),
        max_length=300,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept beside the next version, for everybody who reads the figures."),
    )
