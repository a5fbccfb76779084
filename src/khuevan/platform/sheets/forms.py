"""Forms of the import wizard: they validate input and never save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.added import fillable
from khuevan.platform.sheets.controls import choices_of
from khuevan.platform.sheets.importers import Importer
from khuevan.platform.sheets.layouts import Field, Layout
from khuevan.platform.sheets.models import BundleMode, SheetImport
from khuevan.platform.sheets.parsing import Context
from khuevan.platform.sheets.recognition import IGNORED
from khuevan.ui.forms import Form

COLUMN, ADDED = "column_", "added_"


class UploadForm(Form):
    """Step 1: the file."""

    file = forms.FileField(
        label=_("Excel or CSV file"),
        allow_empty_file=True,  # told with the sentence for empty files
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )

    def __init__(self, *args: Any, layout: Layout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = [str(item.label) for item in layout.fields if item.required]
        self.fields["file"].help_text = gettext(
            "The ministry's list, or your own with the columns: %(columns)s. Up to 25 MB."
        ) % {"columns": ", ".join(needed).lower()}
        self.fields["file"].error_messages["required"] = _("Choose a file first.")


class PackageForm(Form):
    """A package of several lists."""

    file = forms.FileField(
        label=_("Package (.zip)"),
        allow_empty_file=True,  # told with the sentence for empty files
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"required": _("Choose a file first.")},
    )


class BundleForm(Form):
    """A zip of many schools' lists: what they are, the archive, and what becomes of each file."""

    kind = forms.ChoiceField(label=_("What the lists hold"))
    file = forms.FileField(
        label=_("Zip of lists"),
        help_text=_(
            "One spreadsheet for each school; the school's code stands in the name of the file, in"
            " that of its folder, or in a row above the table. Up to 200 MB."
        ),
        allow_empty_file=True,  # told with the sentence for empty files
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"required": _("Choose a file first.")},
    )
    mode = forms.ChoiceField(
        label=_("What becomes of each file"),
        choices=BundleMode.choices,
        initial=BundleMode.ALL,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, kinds: Sequence[Importer], years: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What the lists hold"),
            choices=[
                ("", gettext("Choose a kind of list")),
                *((one.code, one.layouts[0].label) for one in kinds),
            ],
        )
        if years:
            self.fields["year"] = forms.ChoiceField(
                label=_("Academic year of the lists"),
                choices=[("", gettext("%(year)s, the current one") % {"year": years[0]})]
                + [(code, code) for code in years[1:]],
                required=False,
            )
            # One is always chosen. field.html reads it.
            self.fields["year"].asked_by_choice = True  # type: ignore[attr-defined]


class MatchForm(Form):
    """Step 2: which column is what, and one value for all rows where there is no column."""

    def __init__(
        self, *args: Any, sheet_import: SheetImport, layout: Layout, context: Context, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(IGNORED, gettext("Leave this column out"))]
        choices += [(item.name, _named(item)) for item in layout.fields]
        for column in sheet_import.columns:
            if not column.get("added"):
                self.fields[f"{COLUMN}{column['index']}"] = _choice(
                    column["header"], choices, column["field"] or IGNORED
                )
        given = {c["field"]: c["value"] for c in sheet_import.columns if c.get("added")}
        for item in fillable(layout, set()):
            values = [("", gettext("It is in a column"))]
            values += [(name, name) for name in choices_of(item, context)]
            if len(values) > 1:
                self.fields[f"{ADDED}{item.name}"] = _choice(
                    str(item.label), values, given.get(item.name, "")
                )

    def chosen(self) -> dict[int, str]:
        """Return column index to field name."""
        return {int(name): value for name, value in self._values(COLUMN)}

    def added(self) -> dict[str, str]:
        """Return field name to the one value of all rows."""
        return dict(self._values(ADDED))

    def _values(self, prefix: str) -> list[tuple[str, str]]:
        return [
            (name.removeprefix(prefix), value)
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        ]


class ConfirmForm(Form):
    """Step 4: all rows, or the good ones; and whose list it is, where that is doubtful."""

    takes_good_rows = forms.BooleanField(required=False)
    is_own_list = forms.BooleanField(required=False)


def _named(item: Field) -> str:
    """Return what a field is called; one that the records have no place for says so."""
    if item.is_kept:
        return str(item.label)
    return gettext("%(field)s: not stored") % {"field": item.label}


def _choice(label: str, choices: list[tuple[str, str]], initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        initial=initial,
        required=False,
        widget=forms.Select(attrs={"class": "input input-dense"}),
    )
