"""What the log is searched by."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.codes import codes
from khuevan.platform.audit.telling import label_of
from khuevan.ui.forms import DayField

PLACE = re.compile(r"%\((\w+)\)s")


def _code_choices() -> list[tuple[str, Any]]:
    named = [
        (code, PLACE.sub(lambda found: f"({label_of(found[1]).lower()})", str(one.sentence)))
        for code, one in codes.items()
    ]
    return [("", _("all")), *sorted(named, key=lambda pair: pair[1])]


class AuditFilter(forms.Form):
    """The filters of the log; all of them optional, all of them in the address."""

    code = forms.ChoiceField(label=_("What"), required=False, choices=_code_choices)
    who = forms.CharField(label=_("Person"), required=False, max_length=100)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=100)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To and including"), required=False)
    request = forms.UUIDField(label=_("Request number"), required=False)

    use_required_attribute = False

    def labeled(self) -> AuditFilter:
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
