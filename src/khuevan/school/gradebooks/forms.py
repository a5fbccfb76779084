"""The forms of windows, columns and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.staff.api import subject_label
from khuevan.school.gradebooks import errors
from khuevan.school.gradebooks.actions.windows import WindowData
from khuevan.school.gradebooks.cells import read_cell
from khuevan.school.gradebooks.models import ArrangementKind, Gradebook
from khuevan.school.gradebooks.periods import names_of
from khuevan.school.gradebooks.slots import content_of
from khuevan.ui.forms import DayField, Form, LineField

ONE_DAY = timedelta(days=1)


class WindowsForm(Form):
    """The days of each period of a level; last days are given as people say them."""

    def __init__(self, *args: Any, level: str, **kwargs: Any) -> None:
        self.level = level
        super().__init__(*args, **kwargs)
        for period in names_of(level):
            self.fields[f"opens_{period}"] = DayField(label=_("First day"))
            self.fields[f"closes_{period}"] = DayField(label=_("Last day of entering"))
            self.fields[f"make_ups_{period}"] = DayField(
                label=_("Last day of make-up tests"), required=False
            )
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        found = super().clean() or {}
        for period in names_of(self.level):
            opens, closes = found.get(f"opens_{period}"), found.get(f"closes_{period}")
            if opens and closes and closes < opens:
                self.add_error(f"closes_{period}", _("The last day is before the first."))
        return found

    @property
    def windows(self) -> list[WindowData]:
        """Return the periods that have days."""
        found = []
        for period in names_of(self.level):
            opens = self.cleaned_data.get(f"opens_{period}")
            closes = self.cleaned_data.get(f"closes_{period}")
            if opens is None or closes is None:
                continue
            make_ups: date | None = self.cleaned_data.get(f"make_ups_{period}")
            found.append(
                WindowData(
                    period, opens, closes + ONE_DAY, make_ups + ONE_DAY if make_ups else None
                )
            )
        return found


class ReasonForm(Form):
    """Why something is done."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.PeriodNotLocked: "reason",
        errors.NoSuchColumn: "reason",
        errors.BookLocked: "reason",
    }

    reason = LineField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["autocomplete"] = "off"


class ExtensionForm(Form):
    """Until when one gradebook may be entered, and why."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.NoWindow: "period",
        errors.BookLocked: "period",
        errors.ExtensionTooShort: "until",
    }

    period = forms.TypedChoiceField(label=_("Period of marks"), coerce=int)
    until = DayField(label=_("Last day of entering"))
    reason = LineField(label=_("Reason"), max_length=200)


class CorrectionForm(Form):
    """What a mark should be, and why."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.SameValue: "value",
        errors.NoSuchMark: "value",
        errors.NoSuchTest: "value",
        errors.NoSuchLevel: "value",
        errors.NoSuchColumn: "value",
    }

    value = LineField(label=_("New value"), max_length=8)
    reason = LineField(label=_("Reason"), max_length=300)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].widget.attrs |= {"autocomplete": "off", "inputmode": "decimal"}
        self.fields["reason"].widget.attrs["autocomplete"] = "off"


class RefusalForm(Form):
    """Why a correction is refused."""

    reason = LineField(label=_("Why it is refused"), max_length=300)


class ArrangementForm(Form):
    """How a pupil is assessed otherwise than the class."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.SubjectNeeded: "subject_name",
        errors.NoPracticeHere: "subject_name",
        errors.ArrangedAlready: "kind",
    }

    kind = forms.ChoiceField(label=_("How the pupil is assessed"), choices=ArrangementKind.choices)
    subject_name = forms.ChoiceField(label=_("Subject"), required=False)
    reason = LineField(label=_("Reason and paper"), max_length=200)


class BroughtForm(Form):
    """What the report of a pupil who came later says of term I, subject by subject."""

    paper = LineField(label=_("Which report, of which school"), max_length=180)

    def __init__(self, *args: Any, books: Sequence[Gradebook], **kwargs: Any) -> None:
        self.books = {f"term_1_{one.pk}": one for one in books}
        super().__init__(*args, **kwargs)
        for name, book in self.books.items():
            field = LineField(label=subject_label(book.subject_name), max_length=4, required=False)
            field.widget.attrs |= {"autocomplete": "off", "inputmode": "decimal"}
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Read each result as a cell of its gradebook is read; an empty one is none."""
        found = super().clean() or {}
        for name, book in self.books.items():
            typed = found.get(name) or ""
            try:
                value = read_cell(content_of(book.form, book.slots[0]), typed)
            except DomainError as error:
                self.add_error(name, str(error))
                continue
            found[name] = None if value < 0 else value
        return found

    @property
    def values(self) -> dict[str, int | None]:
        """Return the results by subject."""
        return {
            book.subject_name: self.cleaned_data[name]
            for name, book in self.books.items()
            if name in self.changed_data
        }
