"""The form of a new access token."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Permission

DAYS = ((30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("1 year")))


class TokenForm(forms.Form):
    """What a program is called, what it may do, until when."""

    name = forms.CharField(
        label=_("Name of the program"),
        help_text=_("For you to recognize it, such as: timetable on the office computer"),
        max_length=80,
    )
    days = forms.TypedChoiceField(label=_("Valid for"), choices=DAYS, coerce=int, initial=90)
    permissions = forms.MultipleChoiceField(
        label=_("What it may do"),
        help_text=_("No more than it needs. It never reaches further than your present role."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: Iterable[Permission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["permissions"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (one.code, format_html("{}<small>{}</small>", one.label, one.code))
                for one in offered
            ]
