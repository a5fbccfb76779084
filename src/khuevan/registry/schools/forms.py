"""Forms of schools, their places and their classes: they check what is typed, and save nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.areas.api import Area
from khuevan.platform.organizations.api import OrgUnitVersion
from khuevan.registry.schools import errors
from khuevan.registry.schools.actions import CampusData, RoomData, SchoolData
from khuevan.registry.schools.facts import SchoolFacts
from khuevan.registry.schools.founding import FoundingDecision
from khuevan.registry.schools.models import (
    Boarding,
    EducationLevel,
    Ownership,
    RoomKind,
    SchoolType,
)
from khuevan.registry.schools.rules import in_order, levels_of_type
from khuevan.ui.forms import DayField, Form, LineField, PhoneField

STANDARDS = [("", _("Not reached yet")), ("1", _("Level 1")), ("2", _("Level 2"))]


class FactsFields(Form):
    """What a school is by law."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.LevelsDontFit: "levels",
        errors.OwnershipDoesntFit: "ownership",
        errors.LevelStillTaught: "levels",
        errors.FactsTooEarly: "on",
        errors.CodeTaken: "code",
    }

    school_type = forms.ChoiceField(label=_("Type"), choices=SchoolType.choices)
    levels = forms.MultipleChoiceField(
        label=_("Levels"),
        choices=EducationLevel.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ownership = forms.ChoiceField(label=_("Ownership"), choices=Ownership.choices)
    boarding = forms.ChoiceField(
        label=_("Boarding"), choices=Boarding.choices, widget=forms.RadioSelect
    )
    national_standard = forms.TypedChoiceField(
        label=_("National standard"),
        choices=STANDARDS,
        coerce=int,
        empty_value=None,
        required=False,
    )
    is_disadvantaged = forms.BooleanField(label=_("In a disadvantaged area"), required=False)
    decision = LineField(
        label=_("Decision"),
        help_text=_("Number and day, for example 412/QĐ-UBND, 12/08/2026"),
        max_length=160,
        required=False,
    )

    @property
    def facts(self) -> SchoolFacts:
        """Return what was said."""
        said = self.cleaned_data
        return SchoolFacts(
            school_type=said["school_type"],
            levels=in_order(said["levels"]),
            ownership=said["ownership"],
            boarding=said["boarding"],
            is_disadvantaged=said["is_disadvantaged"],
            national_standard=said["national_standard"],
            decision=said.get("decision", ""),
        )


class ChangeFactsForm(FactsFields):
    """What a school becomes from a day on."""

    on = DayField(label=_("Counts from"), help_text=_("What was true before stays true."))
    field_order = ("on", "school_type", "levels", "ownership")


class CorrectFactsForm(FactsFields):
    """What was entered wrong."""

    reason = LineField(label=_("What was wrong"), max_length=160)


class CodeForm(Form):
    """Another code of a school from a day on."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.CodeTaken: "code",
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


class OpenSchoolForm(FactsFields):
    """A school as it is opened."""

    name = LineField(label=_("Name"), max_length=200)
    short_name = LineField(label=_("Short name"), max_length=80)
    code = LineField(label=_("Code"), max_length=20)
    parent = forms.TypedChoiceField(label=_("Managed by"))
    area = forms.TypedChoiceField(label=_("Commune"), required=False)
    address = LineField(label=_("Address"), max_length=250, required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    starts_on = DayField(label=_("Opens on"))
    founding_number = LineField(
        label=_("Founding decision, number"),
        help_text=_("For example 412/QĐ-UBND"),
        max_length=120,
    )
    founding_signed_on = DayField(label=_("Signed on"))
    founding_signed_by = LineField(
        label=_("Signed by"),
        help_text=_("Whoever is competent on that day."),
        max_length=160,
    )
    field_order = (
        "name", "short_name", "code", "school_type", "levels", "ownership", "parent", "area",
        "founding_number", "founding_signed_on", "founding_signed_by", "starts_on",
    )  # fmt: skip
    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **FactsFields.refused_fields,
        errors.FoundingNumberUnfit: "founding_number",
        errors.FoundingNotSigned: "founding_signed_on",
        errors.FoundedAfterOpening: "founding_signed_on",
        errors.NotTheFounder: "school_type",
        errors.ManagedByFounder: "parent",
    }

    def __init__(
        self,
        *args: Any,
        parents: Sequence[OrgUnitVersion],
        areas: Sequence[Area],
        only: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["decision"]
        self.parents = {str(one.unit_id): one for one in parents}
        self.areas = {str(one.pk): one for one in areas}
        offer(self.fields["parent"], [(key, one.name) for key, one in self.parents.items()])
        offer(
            self.fields["area"],
            [("", _("Where the managing unit is"))]
            + [(key, one.full_name) for key, one in self.areas.items()],
        )
        if only:
            labels = dict(SchoolType.choices)
            offer(self.fields["school_type"], [(one, labels[one]) for one in only])

    def clean(self) -> dict[str, Any]:
        """Take the levels from the type where there is no choice."""
        said = super().clean() or {}
        kind = said.get("school_type", "")
        if kind and not said.get("levels"):
            said["levels"] = list(levels_of_type(kind))
        return said

    def clean_code(self) -> str:
        """Refuse what can't stand in an address."""
        code: str = self.cleaned_data["code"]
        return checked_code(code)

    @property
    def school(self) -> SchoolData:
        """Return the school as it was described."""
        said, facts = self.cleaned_data, self.facts
        parent = self.parents[said["parent"]]
        area = self.areas.get(said["area"])
        return SchoolData(
            code=said["code"],
            name=said["name"],
            short_name=said["short_name"],
            school_type=facts.school_type,
            levels=facts.levels,
            parent_id=parent.unit_id,
            area_id=area.pk if area else parent.area_id,
            ownership=facts.ownership,
            address=said["address"],
            phone=said["phone"],
            is_disadvantaged=facts.is_disadvantaged,
            boarding=facts.boarding,
            national_standard=facts.national_standard,
            founding=FoundingDecision(
                said["founding_number"], said["founding_signed_on"], said["founding_signed_by"]
            ),
        )


class CloseSchoolForm(Form):
    """Closing a school."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.StillInUse: "on"}

    on = DayField(label=_("First day without the school"))
    decision = LineField(label=_("Decision"), max_length=160)
    successor = LineField(
        label=_("Code of the school that takes its registers"), max_length=20, required=False
    )


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
        offer(
            self.fields["area"],
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
    starts_on = DayField(label=_("In use from"))

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["starts_on"]

    @property
    def room(self) -> RoomData:
        """Return the room as it was described."""
        said = self.cleaned_data
        return RoomData(said["name"], said["kind"], said["subject"], said["capacity"])


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


def offer(field: forms.Field, choices: Sequence[tuple[str, Any]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]
