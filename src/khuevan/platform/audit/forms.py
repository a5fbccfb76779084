"""What the log is searched by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.codes import codes


def _code_choices() -> list[tuple[str, Any]]:
    named = [
        (code, str(one.sentence).replace("%(", "(").replace(")s", ")"))
        for code, one in codes.items()
    ]
    return [("", _("all")), *sorted(named, key=lambda pair: pair[1])]


class AuditFilter(forms.Form):
    """The filters of the log; all of them optional, all of them in the address."""

    code = forms.ChoiceField(label=_("What"), required=False, choices=_code_choices)
    who = forms.CharField(label=_("Person"), required=False, max_length=100)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=100)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    request = forms.UUIDField(label=_("Request number"), required=False)

    use_required_attribute = False

    def labelled(self) -> AuditFilter:
        """Return the form for drawing: filters need no word that they are optional."""
        for one in self.fields.values():
            one.required = True
        return self

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        since: date | None = cleaned.get("since")
        until: date | None = cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the first day."))
        return cleaned
