"""The forms of a pair: which record is kept with which facts, why; they validate and never save."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.duplicates.actions.merging import Versions
from khuevan.registry.duplicates.errors import ReasonNeeded
from khuevan.registry.duplicates.facts import CHOSEN
from khuevan.registry.duplicates.shown import ONE, OTHER
from khuevan.ui.forms import Form, LineField

SIDES = ((ONE, _("The left one")), (OTHER, _("The right one")))


class MergeForm(Form):
    """Which of the two is kept, whose facts are right, and which papers were compared."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {ReasonNeeded: "reason"}

    kept = forms.ChoiceField(choices=SIDES, widget=forms.HiddenInput)
    one_version = forms.IntegerField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = LineField(
        label=_("Papers compared"),
        max_length=200,
        help_text=_("For example: birth certificate, identity cards of both parents"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CHOSEN:
            self.fields[name] = forms.ChoiceField(
                choices=SIDES, required=False, widget=forms.HiddenInput
            )

    @property
    def keeps_one(self) -> bool:
        """Tell whether the left one is kept."""
        return bool(self.cleaned_data["kept"] == ONE)

    @property
    def taken(self) -> list[str]:
        """Return the facts taken from the record that is given up."""
        given = self.cleaned_data
        return [name for name in CHOSEN if given[name] and given[name] != given["kept"]]

    @property
    def versions(self) -> Versions:
        """Return the versions that were compared."""
        both = (self.cleaned_data["one_version"], self.cleaned_data["other_version"])
        return Versions(*(both if self.keeps_one else both[::-1]))


class ReasonForm(Form):
    """Why two records are two people, or are taken apart again."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {ReasonNeeded: "reason"}

    reason = LineField(label=_("Reason"), max_length=200)
