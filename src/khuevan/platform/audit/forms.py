"""What the log is searched by."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from operator import itemgetter
from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.codes import codes
from khuevan.platform.audit.telling import blank_of
from khuevan.ui.forms import DayField

PLACE = re.compile(r"%\((\w+)\)s")


def _code_choices() -> list[tuple[Any, Any]]:
    """Return the kinds of entries by subject, each group and each kind by its name."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, one in codes.items():
        groups[_subject(code)].append((code, kind_words(code, str(one.sentence))))
    found = [(name, sorted(rows, key=itemgetter(1))) for name, rows in groups.items()]
    return [("", _("all")), *sorted(found, key=itemgetter(0))]


def kind_words(code: str, sentence: str) -> str:
    """Return a sentence without its values: in their places what stands there."""
    told = PLACE.sub(lambda found: blank_of(code, found[1]), sentence)
    return told.replace("((", "(").replace("))", ")")


def _subject(code: str) -> str:
    """Return what the app that declares a code is about."""
    label = code.partition(".")[0]
    try:
        return str(apps.get_app_config(label).verbose_name)
    except LookupError:
        return str(_("Access of programs"))


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
