"""Forms of the import wizard: they validate input and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.layouts import Layout
from khuevan.platform.sheets.models import SheetImport
from khuevan.platform.sheets.recognition import IGNORED


class UploadForm(forms.Form):
    """Step 1: the file."""

    file = forms.FileField(
        label=_("Excel or CSV file"),
        help_text=_(
            "The ministry's list, or your own with the columns full name, date of birth, class."
            " Up to 25 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.ods"}),
    )


class MatchForm(forms.Form):
    """Step 2: which column is what."""

    def __init__(
        self, *args: Any, sheet_import: SheetImport, layout: Layout, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(IGNORED, gettext("Leave this column out"))]
        choices += [(item.name, str(item.label)) for item in layout.fields]
        for column in sheet_import.columns:
            self.fields[f"c{column['index']}"] = forms.ChoiceField(
                label=column["header"],
                choices=choices,
                initial=column["field"] or IGNORED,
                required=False,
            )

    def chosen(self) -> dict[int, str]:
        """Return column index to field name."""
        return {int(name[1:]): value for name, value in self.cleaned_data.items()}


class ConfirmForm(forms.Form):
    """Step 4: all rows, or the good ones."""

    takes_good_rows = forms.BooleanField(required=False)
