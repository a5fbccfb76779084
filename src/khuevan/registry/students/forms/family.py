"""The forms about guardians: one more, a limit by a paper, its end, the end of a guardianship."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.students.data import GuardianData
from khuevan.registry.students.errors import (
    GuardianKnown,
    ImpossibleDay,
    LimitedAlready,
    PaperNeeded,
    ReasonNeeded,
    WrongPeriod,
)
from khuevan.registry.students.models import LimitKind, Relation
from khuevan.ui.forms import DayField, Form, LineField, NameField, PhoneField

EARLIEST_YEAR = 1900


class GuardianForm(Form):
    """One more guardian of a pupil."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {GuardianKnown: "full_name"}

    relation = forms.ChoiceField(label=_("Relation"), choices=Relation.choices)
    full_name = NameField(label=_("Full name"), max_length=180)
    phone = PhoneField(label=_("Phone"), required=False)
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        min_value=EARLIEST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    occupation = LineField(label=_("Occupation"), required=False, max_length=80)
    on_behalf_of = LineField(
        label=_("Acts for the organization"),
        help_text=_("Where an orphanage or a center is the guardian: its name."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_year"].max_value = today.year  # type: ignore[attr-defined]

    @property
    def guardian(self) -> GuardianData:
        """Return the guardian as the action takes it."""
        values = {name: self.cleaned_data[name] for name in ("relation", "full_name", "phone")}
        return GuardianData(
            **values,
            birth_year=self.cleaned_data["birth_year"],
            occupation=self.cleaned_data["occupation"],
        )


class LimitForm(Form):
    """A guardian is without custody, or restricted by a court, from a day on."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        PaperNeeded: "paper",
        WrongPeriod: "ends_on",
        ImpossibleDay: "starts_on",
        LimitedAlready: "starts_on",
    }

    kind = forms.ChoiceField(
        label=_("What the paper says"), choices=LimitKind.choices, widget=forms.RadioSelect
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("First day after it"),
        help_text=_("Leave empty while nobody knows it."),
        required=False,
    )
    paper = LineField(
        label=_("Paper"),
        help_text=_("Number, date and issuer: Judgment 12/2026/HNGĐ-ST, 3 November 2026, court."),
        max_length=200,
    )


class LiftForm(Form):
    """A limit ends."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        WrongPeriod: "on",
        ImpossibleDay: "on",
    }

    on = DayField(label=_("First day without the limit"))
    paper = LineField(label=_("Paper"), required=False, max_length=200)


class EndGuardianForm(Form):
    """A guardianship ends."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        ReasonNeeded: "reason",
        WrongPeriod: "on",
        ImpossibleDay: "on",
    }

    on = DayField(label=_("First day no longer a guardian"))
    reason = LineField(label=_("Reason"), max_length=200)
    paper = LineField(label=_("Paper"), required=False, max_length=200)
