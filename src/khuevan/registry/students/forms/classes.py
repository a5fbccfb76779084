"""The forms of a class: opening it, moving pupils into it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.schools.api import (
    HomeroomClass,
)
from khuevan.registry.students.errors import AlreadyThere, NoSuchDay
from khuevan.ui.forms import DayField, Form


class PlaceForm(Form):
    """Pupils to another class of the school."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        NoSuchDay: "on",
        AlreadyThere: "class_uuid",
    }

    class_uuid = forms.ChoiceField(label=_("To class"))
    on = DayField(label=_("From"))

    def __init__(self, *args: Any, classes: Iterable[HomeroomClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classes = {str(one.uuid): one for one in classes}
        named = [(key, one.name) for key, one in self.classes.items()]
        self.fields["class_uuid"].choices = [("", _("Choose a class")), *named]  # type: ignore[attr-defined]

    @property
    def homeroom_class(self) -> HomeroomClass:
        """Return the class chosen."""
        return self.classes[self.cleaned_data["class_uuid"]]
