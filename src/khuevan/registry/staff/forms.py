"""The forms of staff: taking on, positions, training, classes, leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.accounts.api import Sex
from khuevan.platform.organizations.api import NumberUnfit, OrgUnit, SignUnfit
from khuevan.registry.people.api import STAFF_AGES, ImpossibleBirth, Newcomer, NotAName
from khuevan.registry.staff import errors
from khuevan.registry.staff.actions import Identity, NewMember, Post
from khuevan.registry.staff.code_lists import subject_choices, titles
from khuevan.registry.staff.models import (
    DegreeLevel,
    EmploymentForm,
    EndKind,
    Position,
    QualificationKind,
    SubjectTie,
)
from khuevan.ui.forms import DayField, Form, LineField, NameField, PersonalNumberField, PhoneField

EMPTY = ("", "–")
DECISION = _("Number and date, as on the paper: 1234/QĐ-SGDĐT, 15/08/2026")

Choices = Sequence[tuple[str, Any]]


def after(day: date | None) -> date | None:
    """Return the day after a last day, which is where a period ends."""
    return day + timedelta(days=1) if day else None


OF_IDENTITY: dict[type[DomainError], str] = {
    errors.NumberOfAnother: "personal_number",
    errors.NotANumber: "personal_number",
    errors.MoetCodeTaken: "moet_code",
    NotAName: "full_name",
    ImpossibleBirth: "birth_date",
}
"""Beside which field a refusal of who somebody is stands."""


class PostForm(Form):
    """What every appointment says."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.AlreadyAppointed: "starts_on",
        errors.BadPeriod: "last_day",
        errors.DayTooEarly: "starts_on",
        errors.DayTooLate: "starts_on",
        errors.SchoolClosed: "starts_on",
        errors.NotYoursToFill: "position",
        errors.LeadersElsewhere: "position",
        errors.SchoolRecordsIt: "position",
        errors.PaperNeeded: "decision",
        errors.PaperToCome: "decision",
        NumberUnfit: "decision",
        SignUnfit: "decision",
        **OF_IDENTITY,
        errors.NoMainPosition: "starts_on",
        errors.SameSchool: "school",
    }

    position = forms.ChoiceField(label=_("Position"))
    campus = forms.ChoiceField(label=_("Campus"), required=False)
    employment = forms.ChoiceField(
        label=_("Employment"), choices=[EMPTY, *EmploymentForm.choices], required=False
    )
    starts_on = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Only for a limited time"))
    decision = LineField(label=_("Decision"), max_length=120, required=False, help_text=DECISION)
    decided_by = LineField(label=_("Decided by"), max_length=160, required=False)

    def __init__(
        self,
        *args: Any,
        positions: Iterable[str],
        campuses: Choices = (),
        leaders: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if leaders:
            self.fields["position"].help_text = leaders
            self.fields["position"].error_messages["invalid_choice"] = leaders
        words = [(one, Position(one).label) for one in positions]
        self.offer("position", words)
        self.offer("campus", [EMPTY, *campuses])
        if len(campuses) < 2:
            del self.fields["campus"]

    @property
    def post(self) -> Post:
        """Return the appointment as it was filled in."""
        values = self.cleaned_data
        campus = values.get("campus")
        return Post(
            position=values["position"],
            starts_on=values["starts_on"],
            ends_on=after(values.get("last_day")),
            campus_uuid=UUID(campus) if campus else None,
            employment=values.get("employment", ""),
            decision=values.get("decision", ""),
            decided_by=values.get("decided_by", ""),
        )


class IdentityForm(Form):
    """Who a staff member is, as it was read, with what is to be corrected."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = OF_IDENTITY

    version = forms.IntegerField(widget=forms.HiddenInput)
    full_name = NameField(
        label=_("Full name"),
        help_text=_("For a slip of the pen. A name changed by decision stands on the person."),
        max_length=180,
    )
    birth_date = DayField(
        label=_("Date of birth"),
        help_text=_("For example 09/02/1985"),
        earliest=STAFF_AGES.earliest,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect)
    personal_number = PersonalNumberField(label=_("Personal number"), required=False)
    moet_code = LineField(label=_("Ministry code"), max_length=20, required=False)
    phone = PhoneField(label=_("Phone"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].latest = STAFF_AGES.latest(today)  # type: ignore[attr-defined]

    @property
    def identity(self) -> Identity:
        """Return who it is, as corrected."""
        return Identity(**{k: v for k, v in self.cleaned_data.items() if k != "version"})


class NewMemberForm(PostForm):
    """Somebody who is new to the unit."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    full_name = NameField(label=_("Full name"), max_length=180)
    birth_date = DayField(
        label=_("Date of birth"),
        help_text=_("For example 09/02/1985"),
        earliest=STAFF_AGES.earliest,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect)
    personal_number = PersonalNumberField(
        label=_("Personal number"),
        required=False,
        help_text=_("12 digits. Who has one in the records already is the same person here."),
    )
    moet_code = LineField(label=_("Ministry code"), max_length=20, required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    is_another = forms.BooleanField(
        label=_("This is somebody else of the same name and date of birth"), required=False
    )

    IDENTITY = ("full_name", "birth_date", "sex", "personal_number", "moet_code", "phone")
    POST = ("position", "campus", "employment", "starts_on", "last_day", "decision", "decided_by")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].latest = STAFF_AGES.latest(today)  # type: ignore[attr-defined]
        self.may_be_known = bool(self.data.get("is_another"))

    def refuse(self, error: DomainError) -> None:
        """Offer to go on when the person may be another."""
        self.may_be_known = self.may_be_known or isinstance(error, errors.PerhapsKnown)
        super().refuse(error)

    @property
    def identity_fields(self) -> list[forms.BoundField]:
        """Return the fields of who it is."""
        return [self[name] for name in self.IDENTITY]

    @property
    def post_fields(self) -> list[forms.BoundField]:
        """Return the fields of the position."""
        return [self[name] for name in self.POST if name in self.fields]

    def newcomer(self, unit: OrgUnit) -> Newcomer | None:
        """Return what is typed so far of who it is; None while too little is known."""
        self.full_clean()
        values = self.cleaned_data
        if not values.get("full_name") or not values.get("birth_date"):
            return None
        return Newcomer(
            full_name=values["full_name"],
            birth_date=values["birth_date"],
            unit_id=unit.pk,
            unit_code=unit.code,
            sex=values.get("sex", ""),
            personal_number=values.get("personal_number") or "",
            guardian_phone=values.get("phone") or "",
            is_staff=True,
        )

    @property
    def who(self) -> NewMember:
        """Return the person as filled in."""
        values = self.cleaned_data
        return NewMember(
            full_name=values["full_name"],
            birth_date=values["birth_date"],
            sex=values["sex"],
            personal_number=values["personal_number"],
            moet_code=values["moet_code"],
            phone=values["phone"],
            uuid=values["key"],
        )


class SecondForm(PostForm):
    """A second school of a teacher."""

    field_order = ("school", "position", "weekly_periods", "starts_on", "last_day", "decision")

    school = forms.ChoiceField(label=_("Second school"))
    weekly_periods = forms.IntegerField(label=_("Lessons a week there"), min_value=1, max_value=40)

    def __init__(self, *args: Any, schools: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("school", [EMPTY, *schools])
        self.fields["decision"].required = True
        self.fields["decided_by"].required = True
        del self.fields["employment"]

    @property
    def post(self) -> Post:
        """Return the appointment at the second school."""
        values = self.cleaned_data
        return Post(
            position=values["position"],
            starts_on=values["starts_on"],
            ends_on=after(values["last_day"]),
            is_primary=False,
            weekly_periods=values["weekly_periods"],
            decision=values["decision"],
            decided_by=values["decided_by"],
        )


class EndForm(Form):
    """An appointment ends."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.DayTooEarly: "on",
        errors.DayTooLate: "on",
        errors.ImpossibleDay: "on",
    }

    kind = forms.ChoiceField(
        label=_("Why it ends"),
        choices=[one for one in EndKind.choices if one[0] != EndKind.CHANGED],
        widget=forms.RadioSelect,
    )
    on = DayField(
        label=_("First day no longer in this position"),
        help_text=_("Classes and lessons here end on that day too."),
    )
    decision = LineField(label=_("Decision"), max_length=120, required=False, help_text=DECISION)


class OnForm(Form):
    """A day from which something no longer holds."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = EndForm.refused_fields | {
        errors.BadPeriod: "on",
        errors.OnLeaveAlready: "on",
        errors.LeaveIsOver: "on",
    }

    on = DayField(label=_("First day on which it no longer holds"))


class ReturnForm(OnForm):
    """The day on which somebody is back."""

    on = DayField(label=_("First day back"))


class SubjectForm(Form):
    """A subject somebody is trained for or teaches."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.SubjectTwice: "subject_name"}

    subject_name = forms.ChoiceField(label=_("Subject"))
    tie = forms.ChoiceField(
        label=_("What it is to the teacher"), choices=SubjectTie.choices, widget=forms.RadioSelect
    )
    starts_on = DayField(label=_("Since"))

    def __init__(self, *args: Any, levels: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("subject_name", [EMPTY, *subject_choices(levels)])


class TitleForm(Form):
    """A professional title."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.TitleTwice: "starts_on"}

    code = forms.ChoiceField(label=_("Professional title"))
    starts_on = DayField(label=_("From"))
    decision = LineField(label=_("Decision"), max_length=120, required=False, help_text=DECISION)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.code, one.label) for one in titles()]
        self.offer("code", [EMPTY, *named])


class QualificationForm(Form):
    """A degree or certificate."""

    kind = forms.ChoiceField(label=_("Kind"), choices=QualificationKind.choices)
    level = forms.ChoiceField(
        label=_("Degree level"), choices=[EMPTY, *DegreeLevel.choices], required=False
    )
    field = LineField(label=_("Field or language"), max_length=120, required=False)
    issuer = LineField(label=_("Issuer"), max_length=160, required=False)
    issued_year = forms.IntegerField(
        label=_("Year"), min_value=1950, max_value=2100, required=False
    )


class AssignForm(Form):
    """A teacher for a class: in charge of it, or with lessons of a subject."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.SubjectTaken: "member",
        errors.AlreadyTeaches: "member",
        errors.NotOnStaff: "member",
        errors.OutsideTheYear: "starts_on",
        errors.SchoolClosed: "starts_on",
    }

    member = forms.ChoiceField(label=_("Teacher"))
    subject_name = forms.ChoiceField(label=_("Subject"))
    starts_on = DayField(label=_("From"))
    takes_over = forms.BooleanField(
        label=_("Take over from whoever teaches it now"), required=False
    )

    def __init__(
        self,
        *args: Any,
        members: Choices,
        levels: Iterable[str] = (),
        in_charge: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("member", [EMPTY, *members])
        self.offer("subject_name", [EMPTY, *subject_choices(levels)])
        if in_charge:
            del self.fields["subject_name"], self.fields["takes_over"]
