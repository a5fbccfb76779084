"""The forms of a pupil's record: new, and corrected on the version that was read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.accounts.api import Sex
from khuevan.platform.codes.api import code_table
from khuevan.registry.people.api import PUPIL_AGES, Newcomer
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.students.checks import SENSITIVE
from khuevan.registry.students.code_lists import DEGREES, DISABILITIES, POLICY_GROUPS
from khuevan.registry.students.data import GuardianData, StudentData
from khuevan.registry.students.errors import (
    AlreadyEnrolled,
    MoetCodeTaken,
    NoSuchDay,
    PersonalNumberTaken,
)
from khuevan.registry.students.forms.classes import Seat, seats_in
from khuevan.registry.students.forms.texts import (
    ADDRESSES,
    GUARDIANS,
    OF_A_GUARDIAN,
    OWN,
    as_text,
)
from khuevan.registry.students.models import EntryKind
from khuevan.registry.students.rules import Clash
from khuevan.ui.forms import DayField, Form, LineField, NameField, PersonalNumberField, PhoneField

LISTED = {
    "ethnicity_code": "peoples",
    "policy_codes": POLICY_GROUPS,
    "disability_code": DISABILITIES,
    "disability_degree": DEGREES,
}
"""Fields that offer the codes of a list of the state."""
WELFARE = ("disability_code", "disability_degree", "policy_codes")
IDENTITY = ("full_name", "birth_date", "sex", "personal_number")


class CodesField(forms.MultipleChoiceField):
    """Boxes to tick; the codes in order, also out of the one text in which a clash holds them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return the codes of the one text that a record's form begins with."""
        return [code for code in value.split(", ") if code] if isinstance(value, str) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the codes."""
        listed = value.split(", ") if isinstance(value, str) else value
        return tuple(sorted(super().clean([code for code in listed or () if code])))


class RecordForm(Form):
    """What a school keeps of a pupil: identity, addresses, family."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        PersonalNumberTaken: "personal_number",
        MoetCodeTaken: "moet_code",
        NoSuchDay: "starts_on",
        AlreadyEnrolled: "full_name",
    }

    full_name = NameField(
        label=_("Full name"), help_text=_("As on the birth certificate"), max_length=180
    )
    birth_date = DayField(
        label=_("Date of birth"),
        help_text=_("For example 09/02/2015"),
        earliest=PUPIL_AGES.earliest,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect)
    personal_number = PersonalNumberField(
        label=_("Personal number"), help_text=_("12 digits"), required=False
    )
    moet_code = LineField(label=_("Ministry code"), max_length=20, required=False)
    ethnicity_code = forms.ChoiceField(label=_("Ethnic group"), required=False)
    phone = PhoneField(label=_("Pupil's phone"), required=False)
    policy_codes = CodesField(
        label=_("Policy groups"),
        help_text=_("Poor and near-poor households are counted for this calendar year."),
    )
    disability_code = forms.ChoiceField(label=_("Disability"), required=False)
    disability_degree = forms.ChoiceField(
        label=_("Degree of disability"),
        help_text=_("As the certificate of disability says"),
        required=False,
    )

    birthplace = LineField(label=_("Place of birth"), max_length=250, required=False)
    hometown = LineField(label=_("Home town"), max_length=250, required=False)
    permanent = LineField(label=_("Permanent residence"), max_length=250, required=False)
    current = LineField(label=_("Current residence"), max_length=250, required=False)

    def __init__(self, *args: Any, today: date, sensitive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].latest = today  # type: ignore[attr-defined]
        for name, table in LISTED.items():
            blank = [] if name == "policy_codes" else [("", "–")]
            offered = code_table(table).choices(today)
            self.offer(name, blank + offered)
        for prefix in GUARDIANS:
            self._add_guardian(prefix, today)
        if not sensitive:
            for name in SENSITIVE:
                del self.fields[name]

    def _add_guardian(self, prefix: str, today: date) -> None:
        year = forms.IntegerField(
            label=_("Year of birth"), min_value=1900, max_value=today.year, required=False
        )
        year.widget.attrs["inputmode"] = "numeric"
        self.fields |= {
            f"{prefix}_full_name": NameField(label=_("Full name"), max_length=180, required=False),
            f"{prefix}_birth_year": year,
            f"{prefix}_phone": PhoneField(label=_("Phone"), required=False),
            f"{prefix}_occupation": LineField(label=_("Occupation"), max_length=80, required=False),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a guardian of whom something else is given."""
        values = super().clean() or self.cleaned_data
        for prefix in GUARDIANS:
            details = [values.get(f"{prefix}_{part}") for part in OF_A_GUARDIAN[1:]]
            if any(details) and not values.get(f"{prefix}_full_name"):
                self.add_error(f"{prefix}_full_name", gettext("Please write the name too."))
        if values.get("disability_degree") and not values.get("disability_code"):
            self.add_error("disability_code", gettext("Choose the kind of disability too."))
        return values

    @property
    def identity_fields(self) -> list[forms.BoundField]:
        """Return the fields that tell one pupil from another."""
        return [self[name] for name in IDENTITY if name in self.fields]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """Return the other fields on the pupil."""
        return [
            self[name] for name in OWN if name in self.fields and name not in (*IDENTITY, *WELFARE)
        ]

    @property
    def welfare_fields(self) -> list[forms.BoundField]:
        """Return the fields on disability and policy groups, for whoever may see them."""
        return [self[name] for name in WELFARE if name in self.fields]

    @property
    def address_fields(self) -> list[forms.BoundField]:
        """Return the fields of addresses."""
        return [self[name] for name in ADDRESSES]

    @property
    def guardian_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields of each guardian under the word for what they are."""
        return [
            (str(relation.label), [self[f"{prefix}_{part}"] for part in OF_A_GUARDIAN])
            for prefix, relation in GUARDIANS.items()
        ]

    @property
    def texts(self) -> dict[str, str]:
        """Return what was typed, field by field, in the form it will be shown again."""
        return {name: as_text(self.cleaned_data.get(name)) for name in self.kept_names}

    @property
    def kept_names(self) -> list[str]:
        """Return the fields that are part of the record itself."""
        own = [name for name in OWN if name in self.fields]
        family = [f"{prefix}_{part}" for prefix in GUARDIANS for part in OF_A_GUARDIAN]
        return [*own, *ADDRESSES, *family]

    def guardian(self, prefix: str) -> GuardianData | None:
        """Return one guardian as typed, or None when the name is empty."""
        values = self.cleaned_data
        if not values.get(f"{prefix}_full_name"):
            return None
        return GuardianData(
            relation=GUARDIANS[prefix],
            full_name=values[f"{prefix}_full_name"],
            birth_year=values.get(f"{prefix}_birth_year"),
            phone=values.get(f"{prefix}_phone", ""),
            occupation=values.get(f"{prefix}_occupation", ""),
        )

    @property
    def student_data(self) -> StudentData:
        """Return everything typed as the data of a new pupil."""
        values = self.cleaned_data
        people = (self.guardian(prefix) for prefix in GUARDIANS)
        return StudentData(
            **{name: values[name] for name in OWN if name in values},
            addresses={kind: values[name] for name, kind in ADDRESSES.items() if values[name]},
            guardians=tuple(one for one in people if one is not None),
        )


class NewStudentForm(RecordForm):
    """A pupil who comes to the school."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    class_uuid = forms.ChoiceField(label=_("Class"), required=False)
    starts_on = DayField(label=_("First day at the school"))
    entry_kind = forms.ChoiceField(
        label=_("How the pupil came"),
        choices=[one for one in EntryKind.choices if one[0] != EntryKind.SECOND],
        help_text=_("A pupil of another school comes by a case of transfer, record and all."),
    )
    is_sure = forms.BooleanField(
        label=_("This is another pupil with the same name and date of birth"), required=False
    )
    goes_on = forms.BooleanField(
        label=_("This is that pupil: go on with the old record and the old number"),
        required=False,
    )

    def __init__(
        self, *args: Any, classes: Iterable[HomeroomClass], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.seats = seats_in(classes)
        named = [(key, one.label) for key, one in self.seats.items()]
        self.offer("class_uuid", [("", _("Not yet")), *named])
        self.may_be_known = False
        self.may_go_on = False

    @property
    def seat(self) -> Seat | None:
        """Return the class chosen, with the grade in it."""
        return self.seats.get(self.cleaned_data["class_uuid"])

    def newcomer(self, school: School) -> Newcomer | None:
        """Return who is typed so far; None while too little is known."""
        self.full_clean()
        values = self.cleaned_data
        if not (values.get("full_name") and values.get("birth_date")):
            return None
        first = next(filter(None, map(self.guardian, GUARDIANS)), None)
        return Newcomer(
            full_name=values["full_name"],
            birth_date=values["birth_date"],
            unit_id=school.pk,
            unit_code=school.code,
            sex=values.get("sex") or "",
            personal_number=values.get("personal_number") or "",
            guardian_name=first.full_name if first else "",
            guardian_phone=first.phone if first else "",
        )

    @property
    def entry_fields(self) -> list[forms.BoundField]:
        """Return the fields on coming to the school."""
        return [self[name] for name in ("class_uuid", "starts_on", "entry_kind")]


class EditStudentForm(RecordForm):
    """A record as it was read, with what is to be changed, and what others changed meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, clashes: Sequence[Clash] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].required = False
        self.clashes = list(clashes)
        if self.is_bound and not clashes:
            self.clashes = self._told_clashes()

    def _told_clashes(self) -> list[Clash]:
        """Return the clashes that the page asked about, as it sends them back."""
        told = self.data.getlist("clash") if isinstance(self.data, QueryDict) else []
        return [
            Clash(name, "", str(self.data.get(name, "")), str(self.data.get(f"theirs_{name}", "")))
            for name in told
            if name in self.fields
        ]

    def clean(self) -> dict[str, Any]:
        """Apply what was chosen for each clash; all have to be decided."""
        values = super().clean()
        for clash in self.clashes:
            chosen = self.data.get(f"keep_{clash.name}", "")
            if chosen == "theirs":
                field = self.fields[clash.name]
                values[clash.name] = field.clean(clash.theirs)
            elif chosen != "mine":
                self.add_error(None, gettext("Choose which of the two values to keep."))
        return values

    @property
    def base_texts(self) -> dict[str, str]:
        """Return the record as the page showed it."""
        try:
            told = json.loads(self.cleaned_data.get("base") or "{}")
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in told.items()} if isinstance(told, dict) else {}

    @property
    def changes(self) -> dict[str, Any]:
        """Return what was changed, as the action takes it."""
        base, typed = self.base_texts, self.texts
        changed = [name for name in typed if typed[name] != base.get(name, "")]
        found: dict[str, Any] = {n: self.cleaned_data[n] for n in changed if n in OWN}
        addresses = {ADDRESSES[n]: self.cleaned_data[n] for n in changed if n in ADDRESSES}
        prefixes = {n.partition("_")[0] for n in changed if n not in OWN and n not in ADDRESSES}
        guardians = tuple(
            one for prefix in GUARDIANS if prefix in prefixes and (one := self.guardian(prefix))
        )
        if addresses:
            found["addresses"] = addresses
        if guardians:
            found["guardians"] = guardians
        return found

    @property
    def clash_rows(self) -> list[dict[str, str]]:
        """Return the clashes with their labels, for the page."""
        return [
            {
                "name": clash.name,
                "label": label_of(self, clash.name),
                "mine": self.shown(clash.name, clash.mine),
                "theirs": self.shown(clash.name, clash.theirs),
                "theirs_raw": clash.theirs,
                "chosen": str(self.data.get(f"keep_{clash.name}", "")) if self.is_bound else "",
            }
            for clash in self.clashes
        ]

    def shown(self, name: str, text: str) -> str:
        """Return a value in words, where the field has choices."""
        choices = dict(getattr(self.fields[name], "choices", ()))
        if isinstance(self.fields[name], CodesField):
            return "; ".join(str(choices.get(code, code)) for code in text.split(", ")) or "–"
        return str(choices.get(text, text)) or "–"


def label_of(form: Form, name: str) -> str:
    """Return a field's label; a guardian's with what they are."""
    prefix, _dash, part = name.partition("_")
    label = str(form.fields[name].label)
    if prefix in GUARDIANS and part in OF_A_GUARDIAN:
        return f"{GUARDIANS[prefix].label}: {label}"
    return label
