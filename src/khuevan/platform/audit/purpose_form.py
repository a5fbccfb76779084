"""The form in which a purpose is stated: one of the usual ones, with words where it needs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.purposes import (
    LIST_PURPOSES,
    LONGEST_NOTE,
    OTHER,
    RECORD_PURPOSES,
    purpose_text,
    says_something,
)
from khuevan.ui.forms import Form, LineField


class PurposeForm(Form):
    """What a record is opened for, or a list taken away; forms of lists add their own fields."""

    purpose = forms.ChoiceField(label=_("Purpose"), widget=forms.RadioSelect)
    note = LineField(
        label=_("In your own words"),
        help_text=_("For example the number of the file or of the request."),
        max_length=LONGEST_NOTE,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        purposes: Mapping[str, str | Promise] = RECORD_PURPOSES,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("purpose", list(purposes.items()))

    def clean(self) -> dict[str, Any]:
        """Ask for words where the purpose chosen says nothing by itself."""
        cleaned: dict[str, Any] = super().clean() or {}
        is_other = cleaned.get("purpose") == OTHER
        if is_other and "note" in cleaned and not says_something(cleaned["note"]):
            self.add_error("note", _("Say in a few words what it is for."))
        return cleaned

    @property
    def stated(self) -> str:
        """Return the purpose as it is kept."""
        return purpose_text(self.cleaned_data["purpose"], self.cleaned_data["note"])


class ExportForm(PurposeForm):
    """Why a list with people's data leaves the system, and as what; the log keeps it."""

    kind = forms.ChoiceField(
        label=_("File"), choices=(("xlsx", "Excel (.xlsx)"), ("csv", "CSV (.csv)"))
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, purposes=LIST_PURPOSES, **kwargs)
        self.fields["note"].help_text = _("For example: list for the entrance exam.")
