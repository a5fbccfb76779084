"""One cell of a list as a form of its own."""

from __future__ import annotations

from typing import Any

from django import forms

from khuevan.ui.forms import Form


class CellForm(Form):
    """A value, and the version of the record on which it was read."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, cell: forms.Field, key: str, label: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{key}-%s", **kwargs)
        cell.required, cell.label = True, label
        cell.error_messages = {**cell.error_messages}
        self.fields["value"] = cell
        cell.widget.attrs |= {"class": "input input-dense", "aria-label": label, "data-cell": ""}
