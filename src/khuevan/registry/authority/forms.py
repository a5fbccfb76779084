"""What is asked: a school, a matter, one day or two."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.platform.regulations.api import POWERS
from khuevan.ui.forms import DayField, Form, LineField


class DaysForm(Form):
    """The day of a question, and another to compare it with."""

    named: ClassVar = {"on": "from", "also": "to"}

    on = DayField(label=_("On"))
    also = DayField(label=_("Compared with"), required=False)


class QuestionForm(DaysForm):
    """Who decides what, for which school, when."""

    school = LineField(label=_("School, by code or name"), max_length=120)
    power = forms.ChoiceField(label=_("Matter"), choices=POWERS.items)

    field_order = ("school", "power", "on", "also")
