"""The forms of what leaves: a pupil the school, a list the system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.students.errors import NoSuchDay
from khuevan.registry.students.models import ExitKind
from khuevan.ui.forms import DayField, Form, LineField


class LeaveForm(Form):
    """A pupil leaves the school."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {NoSuchDay: "on"}

    exit_kind = forms.ChoiceField(
        label=_("How the pupil leaves"), choices=ExitKind.choices, widget=forms.RadioSelect
    )
    on = DayField(
        label=_("First day no longer at the school"),
        help_text=_("From this day on the school no longer opens the record."),
    )


class ExportForm(Form):
    """Why a list leaves the system, and what of it."""

    purpose = LineField(
        label=_("What the list is for"),
        help_text=_("For example: list for the entrance exam. It is recorded with your name."),
        max_length=200,
    )
    columns = forms.MultipleChoiceField(
        label=_("Further columns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(
        label=_("File"), choices=(("xlsx", "Excel (.xlsx)"), ("csv", "CSV (.csv)"))
    )

    def __init__(self, *args: Any, extra: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = extra  # type: ignore[attr-defined]
        if not extra:
            del self.fields["columns"]
