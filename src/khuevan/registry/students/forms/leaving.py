"""The forms of what leaves: a pupil the school, a list the system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.audit.api import ExportForm
from khuevan.registry.students.errors import NoSuchDay
from khuevan.registry.students.models import ExitKind
from khuevan.ui.forms import DayField, Form


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


class PupilExportForm(ExportForm):
    """Why a list of pupils leaves the system, and what of it."""

    field_order = ("purpose", "note", "columns", "kind")

    columns = forms.MultipleChoiceField(
        label=_("Further columns"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, extra: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = extra  # type: ignore[attr-defined]
        if not extra:
            del self.fields["columns"]
