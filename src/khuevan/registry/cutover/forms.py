"""Forms of a move-over; they validate and never save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.cutover import rules
from khuevan.registry.cutover.actions import OwnTotal
from khuevan.registry.cutover.entering import Entry, Extra
from khuevan.registry.cutover.errors import DayUnfit, ReasonNeeded, SentenceNeeded
from khuevan.registry.cutover.models import Part, Product
from khuevan.registry.cutover.rules import Count, Fault
from khuevan.ui.forms import DayField, Form, LineField

FIGURES = ("total", "female", "minority")
FIGURE_LABELS = {
    "total": _("Total"),
    "female": _("Girls"),
    "minority": _("Ethnic minorities"),
}
LEFT_OUT, UNKNOWN = "-", "~"
"""What may be said of a pasted name that is no class of the records."""


class BeginForm(Form):
    """From which product, from which day, who answers for it."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {DayUnfit: "on"}

    product = forms.ChoiceField(label=_("Product used so far"), choices=Product.choices)
    on = DayField(
        label=_("Day of the comparison"),
        help_text=_("Pupils and staff of this day are compared with the school's own totals."),
    )
    responsible = LineField(
        label=_("Who is responsible"),
        max_length=180,
        help_text=_("Full name and position of the person who makes the comparison."),
    )


class PasteForm(Form):
    """Totals pasted from a spreadsheet, or as a file."""

    text = forms.CharField(
        label=_("Paste the lines here"),
        required=False,
        max_length=40_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_(
            "Columns: name, total, girls, ethnic minorities. Headings may stay; Khối 6, Toàn"
            " trường and positions such as Giáo viên are understood too."
        ),
    )
    file = forms.FileField(label=_("Or choose a small spreadsheet"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():  # neither is optional: one of the two has to be there
            one.asked_by_choice = True  # type: ignore[attr-defined]  # field.html reads it

    def clean(self) -> dict[str, Any]:
        """Want one of the two."""
        given: dict[str, Any] = super().clean() or {}
        if not (given.get("text") or "").strip() and not given.get("file"):
            self.add_error("text", _("Paste the lines, or choose a file."))
        return given


class TotalsForm(Form):
    """The sheet of totals: three figures for each row, and a class for each name in doubt."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,
        entries: Sequence[Entry],
        extras: Sequence[Extra] = (),
        classes: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entries = list(entries)
        self.extras = list(extras)
        for entry in self.entries:
            self._add(entry.field, entry.name, entry.count)
        choices = [
            ("", _("Choose")),
            *classes,
            (UNKNOWN, _("The records have no such class")),
            (LEFT_OUT, _("Leave this line out")),
        ]
        for place, extra in enumerate(self.extras):
            self.fields[f"name.{place}"] = LineField(
                max_length=60, initial=extra.name, widget=forms.HiddenInput
            )
            self.fields[f"class.{place}"] = forms.ChoiceField(
                label=_("Class for “%(name)s”") % {"name": extra.name},
                choices=choices,
                initial=extra.proposed,
            )
            self._add(f"extra.{place}", extra.name, extra.count)

    def _add(self, prefix: str, name: str, count: Count) -> None:
        for figure, value in zip(FIGURES, count.figures, strict=True):
            label = f"{name}, {FIGURE_LABELS[figure]}"
            self.fields[f"{prefix}.{figure}"] = forms.CharField(
                label=label,
                required=False,
                max_length=12,
                initial="" if value is None else str(value),
                widget=forms.TextInput(
                    attrs={
                        "class": "input input-dense",
                        "inputmode": "numeric",
                        "autocomplete": "off",
                        "aria-label": label,
                    }
                ),
            )

    def clean(self) -> dict[str, Any]:
        """Read the figures; a row without any is left away."""
        given: dict[str, Any] = super().clean() or {}
        self.totals: list[OwnTotal] = []
        self.names: dict[str, str] = {}
        for entry in self.entries:
            count = self._count(entry.field)
            if count is not None:
                self.totals.append(OwnTotal(entry.part, entry.key, entry.name, count))
        for place, _extra in enumerate(self.extras):
            self._clean_extra(place, given)
        return given

    def _clean_extra(self, place: int, given: dict[str, Any]) -> None:
        chosen, name = given.get(f"class.{place}", ""), given.get(f"name.{place}", "")
        count = self._count(f"extra.{place}")
        if not chosen or chosen == LEFT_OUT or count is None or not name:
            return
        loose = rules.loose_key(name)
        key = loose if chosen == UNKNOWN else chosen
        self.totals.append(OwnTotal(Part.CLASS, key, name, count))
        if chosen != UNKNOWN:
            self.names[loose] = chosen

    def _count(self, prefix: str) -> Count | None:
        """Read a row; None where it is empty or wrong, and then a field says so."""
        values: list[int | None] = []
        for figure in FIGURES:
            name = f"{prefix}.{figure}"
            value, fault = rules.read_figure(self.cleaned_data.get(name) or "")
            if fault:
                self.add_error(name, _("Whole numbers only."))
                return None
            values.append(value)
        count = Count(*values)
        if count == Count():
            return None
        fault = rules.fault_of(count)
        if fault:
            words = {
                Fault.NO_TOTAL: _("The total is missing."),
                Fault.PART_ABOVE: _("A part is more than the total."),
            }
            self.add_error(f"{prefix}.total", words[fault])
            return None
        return count

    def row_of(self, prefix: str) -> list[Any]:
        """Return the three inputs of a row."""
        return [self[f"{prefix}.{figure}"] for figure in FIGURES]


class ExplainForm(Form):
    """Why a line differs."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {SentenceNeeded: "sentence"}

    part = forms.ChoiceField(choices=Part.choices, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    sentence = LineField(label=_("Why the numbers differ"), max_length=300)


class SubmitForm(Form):
    """Hands the reconciliation over, as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SignForm(Form):
    """Signs what was looked at."""

    numbers = forms.CharField(max_length=64, widget=forms.HiddenInput)
    number = LineField(
        label=_("Number of the record"),
        required=False,
        max_length=40,
        help_text=_("As in the school's book of outgoing papers, for example 12/BB-THCS."),
    )


class ReasonForm(Form):
    """Why a signature is withdrawn, or a move-over given up."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {ReasonNeeded: "reason"}

    reason = LineField(label=_("Reason"), max_length=300)


class ListForm(Form):
    """Which list is counted in, or no longer."""

    sheet_import = forms.UUIDField(widget=forms.HiddenInput)
