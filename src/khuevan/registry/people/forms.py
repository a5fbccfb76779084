"""The forms of a person: name, codes, contacts, addresses; they validate and never save."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.areas.api import Area, AreaKind, areas_named, areas_on
from khuevan.platform.codes.api import code_table
from khuevan.registry.people.actions import ContactData
from khuevan.registry.people.errors import (
    CodeTaken,
    NoSuchDay,
    NotACode,
    NotACommune,
    NotAName,
    NotANumber,
    NotAPhoto,
    NotToAnswer,
    NumberTaken,
    PaperNeeded,
    PhotoTooLarge,
    PhotoTooSmall,
    ReasonNeeded,
    SameName,
    UnknownCode,
)
from khuevan.registry.people.models import AddressKind, ContactKind
from khuevan.registry.people.rules import EARLIEST_CHANGE
from khuevan.registry.people.selectors import ContactLine
from khuevan.ui.forms import DayField, Form, LineField, NameField, PersonalNumberField

SPARE_LINES = 2
MOST_SHOWN = 12


class NameForm(Form):
    """A new name by decision."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        SameName: "full_name",
        NotAName: "full_name",
        NoSuchDay: "on",
        ReasonNeeded: "reason",
    }

    full_name = NameField(label=_("New full name"), max_length=180)
    on = DayField(label=_("In force from"), earliest=EARLIEST_CHANGE)
    reason = LineField(label=_("Reason"), max_length=200, help_text=_("For example: adopted"))
    decision = LineField(
        label=_("Decision"), max_length=120, required=False, help_text=_("Number, day, issuer")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReplaceCodeForm(Form):
    """What takes the place of a temporary code."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        NumberTaken: "personal_number",
        NotANumber: "personal_number",
        CodeTaken: "moet_code",
        NotACode: "moet_code",
    }

    personal_number = PersonalNumberField(
        label=_("Personal number"), help_text=_("12 digits"), required=False
    )
    moet_code = LineField(label=_("Ministry code"), max_length=20, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        values = super().clean() or self.cleaned_data
        if not self.errors and not values.get("personal_number") and not values.get("moet_code"):
            self.add_error("personal_number", gettext("Fill in the number, the code or both."))
        return values


class PassportForm(Form):
    """A foreigner's passport."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {CodeTaken: "code", NotACode: "code"}

    code = LineField(label=_("Passport number"), max_length=20)
    country = forms.ChoiceField(label=_("Issuing country"))
    starts_on = DayField(label=_("Day of issue"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = [pair for pair in code_table("nationalities").choices(today) if pair[0] != "VN"]
        self.offer("country", [("", "–"), *countries])


class ConfirmNumberForm(Form):
    """Why a number is right although it contradicts the record."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {ReasonNeeded: "reason"}

    reason = LineField(
        label=_("What you saw"),
        max_length=200,
        help_text=_("Birth certificate no. 12"),
    )


class ContactsForm(Form):
    """All contacts in the order in which to try them; an empty line ends one."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: Sequence[ContactLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(lines) + SPARE_LINES
        for place, line in enumerate([*lines, *[None] * SPARE_LINES], start=1):
            self._add_line(place, line)

    def _add_line(self, place: int, line: ContactLine | None) -> None:
        told = {"place": place}
        self.fields[f"kind_{place}"] = forms.ChoiceField(
            label=_("Kind"),
            choices=ContactKind.choices,
            initial=line.kind if line else ContactKind.MOBILE,
        )
        self.fields[f"value_{place}"] = LineField(
            label=gettext("Number or address %(place)s") % told,
            max_length=254,
            required=False,
            initial=line.value if line else "",
        )
        self.fields[f"note_{place}"] = LineField(
            label=_("Note"), max_length=80, required=False, initial=line.note if line else ""
        )

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """Return the fields line by line."""
        parts = ("kind", "value", "note")
        return [[self[f"{part}_{at}"] for part in parts] for at in range(1, self.count + 1)]

    @property
    def contacts(self) -> list[ContactData]:
        """Return the lines that are filled in."""
        told = self.cleaned_data
        return [
            ContactData(told[f"kind_{at}"], told[f"value_{at}"], told[f"note_{at}"])
            for at in range(1, self.count + 1)
            if told[f"value_{at}"]
        ]


class AddressForm(Form):
    """Where somebody lives from a day on; a commune's name that several have asks which."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        NoSuchDay: "on",
        NotACommune: "commune",
        ReasonNeeded: "detail",
    }

    kind = forms.ChoiceField(label=_("Which address"), choices=AddressKind.choices)
    detail = LineField(
        label=_("House, street, hamlet"),
        max_length=250,
        required=False,
        help_text=_("Words only; the commune stands below."),
    )
    commune = LineField(
        label=_("Commune"),
        max_length=80,
        help_text=_("Its name, for example Đông Kinh; residence is counted by it."),
    )
    area_code = forms.ChoiceField(
        label=_("Which of them"), required=False, widget=forms.RadioSelect
    )
    on = DayField(label=_("From"), earliest=EARLIEST_CHANGE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = self._found()
        if len(self.found) > 1:
            self.offer("area_code", _told(self.found[:MOST_SHOWN]))
        else:
            del self.fields["area_code"]

    def _found(self) -> list[Area]:
        words, on = self.data.get("commune", ""), self.data.get("on", "")
        try:
            day = self.fields["on"].clean(on) if on else None
        except forms.ValidationError:
            day = None
        if not words or day is None:
            return []
        rows = areas_named(words, day).filter(kind=AreaKind.COMMUNE)
        found = list(rows[: MOST_SHOWN + 1])
        exact = [one for one in found if words.casefold() in (one.name, one.full_name)]
        same = [one for one in found if one.name.casefold() == words.casefold()]
        return exact or same or found

    def clean(self) -> dict[str, Any]:
        """Say when no commune of that day is called so, or ask which of several is meant."""
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        if not self.found:
            self.add_error("commune", gettext("No commune of that day has this name."))
        elif len(self.found) == 1:
            values["area_code"] = self.found[0].code
        elif not values.get("area_code"):
            self.add_error("area_code", gettext("Several communes have this name. Choose one."))
        return values


class ConvertForm(Form):
    """Which of the communes that a former one went into an address lies in."""

    area_code = forms.ChoiceField(label=_("Commune of today"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, became: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, one.full_name) for one in became]
        self.offer("area_code", choices)
        if len(choices) == 1:
            self.fields["area_code"].initial = choices[0][0]


def _told(areas: Sequence[Area]) -> list[tuple[str, str]]:
    """Return communes as choices, each with the district or province above it."""
    on = max(area.starts_on for area in areas)
    above = areas_on(on).filter(code__in={area.parent_code for area in areas})
    names = {one.code: one.full_name for one in above}
    return [(one.code, f"{one.full_name}, {names.get(one.parent_code, '')}") for one in areas]


class PaperConsentForm(Form):
    """What somebody signed on paper."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        NotToAnswer: "given_by",
        PaperNeeded: "paper",
    }

    given_by = forms.ChoiceField(label=_("Who signed"), widget=forms.RadioSelect)
    is_yes = forms.ChoiceField(
        label=_("Answer"),
        choices=(("yes", _("Agrees")), ("no", _("Does not agree"))),
        widget=forms.RadioSelect,
    )
    paper = LineField(
        label=_("The paper"), max_length=120, help_text=_("Its number or where it is kept")
    )

    def __init__(self, *args: Any, signers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("given_by", signers)


class BackgroundForm(Form):
    """Which country somebody is of; religion only for whoever may see it."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {UnknownCode: "nationality_code"}

    version = forms.IntegerField(widget=forms.HiddenInput)
    nationality_code = forms.ChoiceField(label=_("Nationality"), required=False)
    religion_code = forms.ChoiceField(
        label=_("Religion"),
        help_text=_("Sensitive. Only written where a form of the state asks for it."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, sensitive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, table in (("nationality_code", "nationalities"), ("religion_code", "religions")):
            offered = code_table(table).choices(today)
            self.offer(name, [("", "–"), *offered])
        if not sensitive:
            del self.fields["religion_code"]


class PhotoForm(Form):
    """A picture for the record."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        NotAPhoto: "upload",
        PhotoTooLarge: "upload",
        PhotoTooSmall: "upload",
    }

    upload = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG or PNG, up to 4 MB"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
