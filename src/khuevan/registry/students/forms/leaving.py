"""The forms of what leaves and comes back: a pupil, a list; and how the book is numbered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.audit.api import ExportForm
from khuevan.platform.organizations.api import UnitKind, find_units
from khuevan.registry.schools.api import SchoolNotFound
from khuevan.registry.students.errors import (
    AwayLater,
    DiedAhead,
    GoesByCase,
    ImpossibleDay,
    NoSuchDay,
    NotInMainSchool,
    OnLeaveAlready,
    OtherYearsClass,
    ReasonNeeded,
    SecondAlready,
    SecondIsMain,
    SitsLater,
    WrongPeriod,
    YearUnknown,
)
from khuevan.registry.students.models import LEAVING, NumberFormat
from khuevan.ui.forms import DayField, Form, LineField

MOST = 4
"""So many schools of one name are told to choose from."""


class LeaveForm(Form):
    """A pupil leaves the school."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        NoSuchDay: "on",
        SitsLater: "on",
        AwayLater: "on",
        DiedAhead: "on",
        GoesByCase: "exit_kind",
    }

    exit_kind = forms.ChoiceField(
        label=_("How the pupil leaves"),
        choices=[(kind.value, kind.label) for kind in LEAVING],
        widget=forms.RadioSelect,
    )
    on = DayField(
        label=_("First day no longer at the school"),
        help_text=_("From this day on the school opens only what it saw until then."),
    )
    reason = LineField(label=_("Reason"), required=False, max_length=200)
    went_to = LineField(
        label=_("Goes to"),
        help_text=_("Place or country, as far as it is known."),
        required=False,
        max_length=200,
    )
    paper = LineField(label=_("Paper"), required=False, max_length=200)


class PupilExportForm(ExportForm):
    """Why a list of pupils leaves the system, and what of it."""

    field_order = ("purpose", "note", "columns", "kind")

    columns = forms.MultipleChoiceField(
        label=_("Further columns"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, extra: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("columns", extra)
        if not extra:
            del self.fields["columns"]


class BreakForm(Form):
    """A pupil goes on a long leave."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        ReasonNeeded: "reason",
        WrongPeriod: "expected_back_on",
        NoSuchDay: "on",
        ImpossibleDay: "on",
        OnLeaveAlready: "on",
        SitsLater: "on",
        YearUnknown: "on",
    }

    on = DayField(label=_("First day of the leave"))
    expected_back_on = DayField(
        label=_("Expected back on"),
        help_text=_("Leave empty while nobody knows it."),
        required=False,
    )
    reason = LineField(label=_("Reason"), max_length=200)
    paper = LineField(label=_("Paper"), required=False, max_length=200)


class SecondForm(Form):
    """A pupil studies at a second school."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        SchoolNotFound: "school_code",
        SecondIsMain: "school_code",
        SecondAlready: "school_code",
        NotInMainSchool: "on",
        NoSuchDay: "on",
        ImpossibleDay: "on",
        ReasonNeeded: "reason",
    }

    school_code = LineField(label=_("Second school"), help_text=_("Name or code."), max_length=120)
    on = DayField(label=_("From"))
    last_day = DayField(label=_("Last day there"), required=False)
    reason = LineField(
        label=_("What for"),
        help_text=_("For example: drawing, inclusive support, evening classes"),
        max_length=200,
    )
    paper = LineField(label=_("Paper"), required=False, max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_school_code(self) -> str:
        """Return the code of the school that is meant by its code or some words of its name."""
        typed: str = self.cleaned_data["school_code"]
        units = find_units(typed, on=self.today).filter(unit__kind=UnitKind.SCHOOL)
        found = [(one.unit.code, one.name) for one in units.select_related("unit")[: MOST + 1]]
        if len(found) > 1:
            named = "; ".join(f"{name}: {code}" for code, name in found[:MOST])
            raise ValidationError(
                _("Several schools are called so. Give the code of one: %(schools)s"),
                params={"schools": named},
            )
        return found[0][0] if found else typed

    @property
    def told(self) -> dict[str, Any]:
        """Return the time as the action takes it."""
        told = dict(self.cleaned_data)
        last = told.pop("last_day")
        return {**told, "until": last + timedelta(days=1) if last else None}


class EndSecondForm(Form):
    """A second school is over."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        NoSuchDay: "on",
        ImpossibleDay: "on",
    }

    on = DayField(label=_("First day without the second school"))
    reason = LineField(label=_("Reason"), required=False, max_length=200)


class BackForm(Form):
    """A pupil comes back from leave, to a class when one is chosen."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        WrongPeriod: "on",
        ImpossibleDay: "on",
        OtherYearsClass: "on",
    }

    on = DayField(label=_("First day back at school"))
    class_uuid = forms.ChoiceField(label=_("Class"), required=False)

    def __init__(self, *args: Any, classes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("No class yet")), *classes]
        self.offer("class_uuid", choices)


class NumberingForm(Form):
    """How a school numbers its registry book."""

    number_format = forms.ChoiceField(
        label=_("Numbers are written"), choices=NumberFormat.choices, widget=forms.RadioSelect
    )
    gives_numbers = forms.BooleanField(
        label=_("Give the next number to whoever comes one by one"), required=False
    )
