"""The forms of transfers: they check what was typed and never save."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.accounts.api import Sex
from khuevan.registry.people.api import ImpossibleBirth, NotAName, NotANumber
from khuevan.registry.schools.api import GradeLevel, School, SchoolNotFound, grade_levels
from khuevan.registry.students.api import AlreadyEnrolled
from khuevan.registry.transfers import facts
from khuevan.registry.transfers.actions import Newcomer, Outside, Sought, Wish
from khuevan.registry.transfers.errors import (
    AlreadyAsked,
    DayTooFar,
    GroundsNeeded,
    LevelNotTaught,
    PlaceUnknown,
    PupilNotFound,
    SameSchool,
    SchoolIsClosed,
)
from khuevan.registry.transfers.kinds import Grounds
from khuevan.registry.transfers.outside import place_choices
from khuevan.ui.forms import DayField, Form, LineField, NameField, PersonalNumberField

INSIDE, OUTSIDE = "INSIDE", "OUTSIDE"


def offer_places(form: Form) -> None:
    """Let a form's place outside be one of the day of the move, as typed or as it begins with."""
    on = form.initial["moves_on"]
    if form.is_bound:
        with suppress(ValidationError):
            on = form.fields["moves_on"].clean(form.data.get("moves_on"))
    form.offer("outside_province", place_choices(on))


class SchoolChoice(Form):
    """A school of the province by code or name; several of a name are offered to choose from."""

    school = LineField(
        label=_("School"), help_text=_("Name or code."), max_length=120, required=False
    )
    school_code = forms.ChoiceField(
        label=_("Which school is meant?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, today: date, level: str = "", **kwargs: Any) -> None:
        self.today = today
        self.chosen: School | None = None
        super().__init__(*args, **kwargs)
        typed = self.data.get("school", "") if self.is_bound else ""
        self.found = facts.schools_named(typed, on=today, level=level) if typed.strip() else []
        if len(self.found) > 1:
            self.offer("school_code", self.found)
        else:
            del self.fields["school_code"]

    def find_school(self, cleaned: dict[str, Any]) -> None:
        """Set `chosen`, or say beside the field why there is none."""
        if not cleaned.get("school"):
            if "school" not in self.errors:
                self.add_error("school", self.fields["school"].error_messages["required"])
            return
        codes = [code for code, _name in self.found]
        code = cleaned.get("school_code") or (codes[0] if len(codes) == 1 else "")
        self.chosen = facts.school_by_code(code) if code in codes else None
        if self.chosen is None:
            if len(codes) > 1:
                self.add_error("school_code", _("Several schools have this name. Choose one."))
            else:
                self.add_error("school", _("No school of the province has this name or code."))


class WishFields(SchoolChoice):
    """When and why a pupil moves."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        SameSchool: "school",
        LevelNotTaught: "school",
        SchoolIsClosed: "school",
        DayTooFar: "moves_on",
        PlaceUnknown: "outside_province",
        GroundsNeeded: "grounds",
    }
    moves_on = DayField(label=_("First day wished for at the new school"))
    reason = LineField(
        label=_("Reason"), help_text=_("As the parents' request says."), max_length=300
    )
    grounds = forms.ChoiceField(
        label=_("From a private to a public school because"),
        choices=[("", _("not from a private to a public one")), *Grounds.choices],
        required=False,
    )

    def __init__(self, *args: Any, asks_grounds: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_grounds:
            del self.fields["grounds"]

    def wish(self, grade: GradeLevel | None = None) -> Wish:
        """Return the wish as the actions take it."""
        values = self.cleaned_data
        return Wish(
            moves_on=values["moves_on"],
            reason=values["reason"],
            grade=grade,
            grounds=values.get("grounds", ""),
        )


class WhereFields(SchoolChoice):
    """A school of this province or of another."""

    where = forms.ChoiceField(
        label=_("The new school is"),
        choices=((INSIDE, _("in this province")), (OUTSIDE, _("in another province or abroad"))),
        widget=forms.RadioSelect,
        initial=INSIDE,
    )
    outside_school = LineField(
        label=_("Name of the school in the other province"), max_length=200, required=False
    )
    outside_province = forms.ChoiceField(label=_("Province or country"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("school", "outside_school", "outside_province"):
            self.fields[name].asked_by_choice = True  # type: ignore[attr-defined]  # field.html reads it
        offer_places(self)

    def clean(self) -> dict[str, Any]:
        """Ask for the school that the choice above it needs."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("where") == OUTSIDE:
            self.chosen = None
            for name in ("outside_school", "outside_province"):
                if not cleaned.get(name):
                    self.add_error(name, self.fields[name].error_messages["required"])
        else:
            self.find_school(cleaned)
        return cleaned

    @property
    def to(self) -> School | Outside:
        """Return the new school."""
        if self.chosen is not None:
            return self.chosen
        values = self.cleaned_data
        return Outside(values["outside_school"], values["outside_province"])


class LeaveForm(WhereFields, WishFields):
    """A pupil of one's own school, or one's own child, goes to another school."""

    field_order = (
        "where", "school", "school_code", "outside_school", "outside_province", "grounds",
        "moves_on", "reason",
    )  # fmt: skip


class SoughtFields(SchoolChoice):
    """Somebody of another school of the province, whom name, birth date and number name."""

    full_name = NameField(label=_("Full name"), max_length=200)
    birth_date = DayField(label=_("Date of birth"))
    number = LineField(
        label=_("Personal number or ministry code"),
        help_text=_("It stands on the request. All three have to agree with the record."),
        max_length=20,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].label = _("Old school")
        self.fields["school"].required = True

    def clean(self) -> dict[str, Any]:
        """Find the school."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.find_school(cleaned)
        return cleaned

    @property
    def from_school(self) -> School:
        """Return the school they are at."""
        if self.chosen is None:
            raise SchoolNotFound(code="-")
        return self.chosen

    @property
    def sought(self) -> Sought:
        """Return them as the request names them."""
        values = self.cleaned_data
        return Sought(values["full_name"], values["birth_date"], values["number"])


class ComerFields(Form):
    """Somebody who comes from a school of another province."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        NotAName: "full_name",
        ImpossibleBirth: "birth_date",
        NotANumber: "personal_number",
        PlaceUnknown: "outside_province",
    }
    full_name = NameField(label=_("Full name"), max_length=200)
    birth_date = DayField(label=_("Date of birth"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect)
    personal_number = PersonalNumberField(
        label=_("Personal number"),
        help_text=_("With it, a record from an earlier time in the province goes on."),
        required=False,
    )
    outside_school = LineField(label=_("Old school"), max_length=200)
    outside_province = forms.ChoiceField(label=_("Province or country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self)

    @property
    def comer(self) -> dict[str, Any]:
        """Return who comes, as both kinds of newcomers are described."""
        names = ("full_name", "birth_date", "sex", "personal_number")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def outside(self) -> Outside:
        """Return where they come from."""
        return Outside(self.cleaned_data["outside_school"], self.cleaned_data["outside_province"])


class ComeForm(SoughtFields, WishFields):
    """A pupil of another school of the province, as the parents' request names them."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **WishFields.refused_fields,
        PupilNotFound: "number",
        AlreadyAsked: "number",
    }
    field_order = (
        "full_name", "birth_date", "number", "school", "school_code", "grounds", "moves_on",
        "reason",
    )  # fmt: skip


class NewcomerForm(ComerFields):
    """A pupil who comes from a school of another province."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **ComerFields.refused_fields,
        LevelNotTaught: "grade",
        AlreadyEnrolled: "personal_number",
        AlreadyAsked: "personal_number",
        DayTooFar: "moves_on",
    }
    field_order = (
        "full_name", "birth_date", "sex", "personal_number", "grade", "outside_school",
        "outside_province", "moves_on", "reason",
    )  # fmt: skip
    grade = forms.ChoiceField(label=_("Grade at the new school"))
    moves_on = DayField(label=_("First day wished for at the new school"))
    reason = LineField(
        label=_("Reason"), help_text=_("As the parents' request says."), max_length=300
    )

    def __init__(self, *args: Any, levels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grades = {one.code: one for one in grade_levels(list(levels))}
        choices = [(code, one.label) for code, one in self.grades.items()]
        self.offer("grade", choices)

    @property
    def newcomer(self) -> Newcomer:
        """Return who comes."""
        return Newcomer(**self.comer, grade=self.grades[self.cleaned_data["grade"]])

    @property
    def wish(self) -> Wish:
        """Return when and why."""
        return Wish(self.cleaned_data["moves_on"], self.cleaned_data["reason"])
