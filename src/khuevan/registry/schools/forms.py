"""Forms of a school's places and its code: they check what is typed, and save nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.areas.api import Area
from khuevan.registry.schools import errors, errors_of_founding
from khuevan.registry.schools.actions import CampusData, RoomData
from khuevan.registry.schools.models import RoomKind
from khuevan.ui.forms import DayField, Form, LineField, PhoneField


class CodeForm(Form):
    """Another code of a school from a day on."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.CodeTaken: "code",
        errors_of_founding.CodeReserved: "code",
        errors.FactsTooEarly: "on",
    }

    code = LineField(
        label=_("New code"), help_text=_("The old code still finds the school."), max_length=20
    )
    on = DayField(label=_("Counts from"))
    decision = LineField(label=_("Decision"), max_length=160, required=False)

    def clean_code(self) -> str:
        """Refuse what can't stand in an address."""
        code: str = self.cleaned_data["code"]
        return checked_code(code)


class CampusForm(Form):
    """A campus."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.PlaceNameTaken: "name"}

    name = LineField(label=_("Name of the campus"), max_length=120)
    address = LineField(label=_("Address"), max_length=250, required=False)
    area = forms.ChoiceField(label=_("Commune"), required=False)
    distance_km = forms.DecimalField(
        label=_("Kilometers from the main campus"),
        max_digits=5,
        decimal_places=1,
        min_value=0,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    phone = PhoneField(label=_("Phone"), required=False)
    starts_on = DayField(label=_("In use from"))

    def __init__(self, *args: Any, areas: Sequence[Area], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(one.pk): one for one in areas}
        self.offer(
            "area",
            [("", _("That of the school"))]
            + [(key, one.full_name) for key, one in self.areas.items()],
        )
        if not is_new:
            del self.fields["starts_on"]

    @property
    def campus(self) -> CampusData:
        """Return the campus as it was described."""
        said = self.cleaned_data
        area = self.areas.get(said["area"])
        return CampusData(
            name=said["name"],
            address=said["address"],
            area_id=area.pk if area else None,
            distance_km=said["distance_km"],
            phone=said["phone"],
        )


class RoomForm(Form):
    """A room."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.PlaceNameTaken: "name"}

    name = LineField(label=_("Name of the room"), help_text=_("For example P.204"), max_length=60)
    kind = forms.ChoiceField(label=_("Used as"), choices=RoomKind.choices)
    subject = LineField(
        label=_("Subject"), help_text=_("Of a subject room"), max_length=60, required=False
    )
    capacity = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=2000, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    classes_at_once = forms.IntegerField(
        label=_("Classes that may have lessons there at one time"),
        help_text=_("Left empty: 1; a multi-purpose hall 2"),
        min_value=1, max_value=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    starts_on = DayField(label=_("In use from"))

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["starts_on"]

    @property
    def room(self) -> RoomData:
        """Return the room as it was described."""
        said = self.cleaned_data
        return RoomData(**{one.name: said[one.name] for one in fields(RoomData)})


class ClosePlaceForm(Form):
    """The day from which a campus, a room or a class is no more."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.StillInUse: "on",
        errors.ClosesBeforeItOpens: "on",
        errors.ClassOutsideYear: "on",
    }

    on = DayField(label=_("First day without it"))


class ContactForm(Form):
    """How a school is reached."""

    phone = PhoneField(label=_("Phone"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    address = LineField(label=_("Address"), max_length=250, required=False)


def checked_code(code: str) -> str:
    """Return a code that may stand in an address.

    :raises ValidationError: when it holds anything but letters, digits, dots and dashes
    """
    if not all(char.isascii() and (char.isalnum() or char in ".-") for char in code):
        raise ValidationError(_("A code has letters, digits, dots and dashes only."), code="code")
    return code
