"""What is asked about the tree: a day, two days, a change."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.managing import RECORDED_FROM
from khuevan.platform.organizations.models import OrgUnitVersion
from khuevan.platform.organizations.reorganizing import Change, Plan, units_by_code
from khuevan.ui.forms import DayField, Form, LineField


class DayForm(Form):
    """The day of the tree."""

    on = DayField(label=_("On the day"), earliest=RECORDED_FROM)


class TwoDaysForm(Form):
    """Two days to compare."""

    first = DayField(label=_("From the day"), earliest=RECORDED_FROM)
    second = DayField(label=_("To the day"), earliest=RECORDED_FROM)


class ChangeForm(Form):
    """What happens to which units, when, by which decision."""

    change = forms.ChoiceField(label=_("What happens"), choices=Change.choices)
    units = forms.CharField(
        label=_("Codes of the units"),
        help_text=_("One on each line, or with commas between them."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    into = LineField(label=_("Code of the unit they come to"), max_length=35)
    on = DayField(label=_("From the day"), earliest=RECORDED_FROM)
    decision = LineField(label=_("Number of the decision"), max_length=120)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean(self) -> dict[str, Any]:
        """Find the units by their codes, and say which code is none."""
        asked = super().clean() or {}
        if asked.get("on") and asked.get("units"):
            codes = [one for one in re.split(r"[\s,;]+", asked["units"]) if one]
            found = [self._unit("units", code) for code in codes]
            asked["unit_ids"] = tuple(one.unit_id for one in found if one)
        if asked.get("on") and asked.get("into"):
            into = self._unit("into", asked["into"])
            asked["into_id"] = into.unit_id if into else None
        return asked

    def _unit(self, field: str, code: str) -> OrgUnitVersion | None:
        on = self.cleaned_data["on"]
        try:
            return units_by_code(self._actor, [code], on)[0]
        except NotFound:
            said = {"code": code, "on": f"{on:%d/%m/%Y}"}
            self.add_error(field, _("No unit has the code %(code)s on %(on)s.") % said)
            return None

    def plan(self) -> Plan:
        """Return what is asked for."""
        asked = self.cleaned_data
        return Plan(
            asked["change"], asked["unit_ids"], asked["into_id"], asked["on"], asked["decision"]
        )
