"""Forms of what a school is by law and of the decisions on it: they check, and save nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.areas.api import Area
from khuevan.platform.organizations.api import (
    SIGNED,
    MoveTooEarly,
    OrgUnitVersion,
    Signed,
    SignedFields,
)
from khuevan.registry.schools import errors, errors_of_founding
from khuevan.registry.schools.actions import SchoolData
from khuevan.registry.schools.facts import SchoolFacts
from khuevan.registry.schools.forms import checked_code
from khuevan.registry.schools.models import Boarding, EducationLevel, Ownership, SchoolType
from khuevan.registry.schools.rules import (
    FACILITY,
    FACILITY_BOARDING,
    FACILITY_OWNERS,
    in_order,
    levels_of_type,
    levels_offered,
)
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
        errors_of_founding.ConversionNotCorrection: "school_type",
        errors_of_founding.MoveBeforeConversion: "school_type",
        **{error: name for name, error in errors_of_founding.FACILITY_UNFIT.items()},
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
            national_standard=said.get("national_standard"),
            decision=said.get("decision", ""),
        )


class DecisionFields(SignedFields):
    """A signed decision on a school with its scan."""

    upload = forms.FileField(
        label=_("Scan of the decision"),
        help_text=_("PDF, Word or a picture, up to 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
    )


DECIDED: dict[type[DomainError], str] = {
    **SignedFields.refused_fields,
    errors.DecisionNeeded: "number",
    errors.DecidedAlready: "number",
    errors.DecisionToCome: "decided_on",
    errors.CountsBeforeDecision: "decided_on",
    errors.NotTheDecider: "decided_on",
    errors.DeciderUnknown: "decided_on",
}
"""Where a refusal of a decision stands in each form that asks for one."""


class ChangeFactsForm(FactsFields, DecisionFields):
    """What a school becomes from a day on, and the decision where it needs one."""

    on = DayField(label=_("Counts from"), help_text=_("What was true before stays true."))
    field_order = (
        "on", "school_type", "levels", "ownership", "boarding", "national_standard",
        "is_disadvantaged", *SIGNED, "upload",
    )  # fmt: skip
    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **FactsFields.refused_fields,
        **DECIDED,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["decision"]
        for name in SIGNED:
            self.fields[name].required = False
        self.fields["number"].help_text = _(
            "Another type, other levels or another owner need a signed decision. For the rest give"
            " one where there is one."
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the number and the day of a decision of which something is given."""
        said = super().clean() or {}
        given = [name for name in ("number", "decided_on", "signer", "upload") if said.get(name)]
        for name in ("number", "decided_on"):
            if given and not said.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return said

    @property
    def decided(self) -> Signed | None:
        """Return the decision, if one is given."""
        return self.signed if self.cleaned_data["number"] else None


class CorrectFactsForm(FactsFields):
    """What was entered wrong."""

    reason = LineField(label=_("What was wrong"), max_length=160)


class OpenSchoolForm(FactsFields, DecisionFields):
    """A school as it is opened."""

    name = LineField(label=_("Name"), max_length=200)
    short_name = LineField(label=_("Short name"), max_length=80)
    code = LineField(label=_("Code"), max_length=20)
    parent = forms.TypedChoiceField(label=_("Managed by"))
    area = forms.TypedChoiceField(label=_("Commune"), required=False)
    address = LineField(label=_("Address"), max_length=250, required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    starts_on = DayField(label=_("Opens on"))
    field_order = (
        "name", "short_name", "code", "school_type", "levels", "ownership", "parent", "area",
        "boarding", "national_standard", "is_disadvantaged", "address", "phone", *SIGNED,
        "upload", "starts_on",
    )  # fmt: skip
    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **FactsFields.refused_fields,
        **DECIDED,
        errors.NotTheDecider: "school_type",
        errors.DeciderUnknown: "school_type",
        errors.ManagedByFounder: "parent",
        errors_of_founding.CodeReserved: "code",
        errors_of_founding.NameNeeded: "name",
        errors_of_founding.PhoneUnfit: "phone",
        errors_of_founding.AreaElsewhere: "area",
        errors_of_founding.AreaNeeded: "area",
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
        self.offer("parent", [(key, one.name) for key, one in self.parents.items()])
        self.offer(
            "area",
            [("", _("Choose (empty: the commune that manages it)"))]
            + [(key, one.full_name) for key, one in self.areas.items()],
        )
        if only:
            labels = dict(SchoolType.choices)
            self.offer("school_type", [(one, labels[one]) for one in only])
            taught = in_order({level for one in only for level in levels_offered(one)})
            self.offer("levels", [(one, EducationLevel(one).label) for one in taught])
        if set(only) == {FACILITY}:
            del self.fields["national_standard"]
            self.offer("ownership", [(one, Ownership(one).label) for one in FACILITY_OWNERS])
            self.offer("boarding", [(one, Boarding(one).label) for one in FACILITY_BOARDING])

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
            area_id=area.pk if area else None,
            ownership=facts.ownership,
            address=said["address"],
            phone=said["phone"],
            is_disadvantaged=facts.is_disadvantaged,
            boarding=facts.boarding,
            national_standard=facts.national_standard,
            founding=self.signed,
        )


class CloseSchoolForm(DecisionFields):
    """Closing a school by a decision."""

    field_order = ("on", *SIGNED, "upload", "successor")
    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **DECIDED,
        errors.StillInUse: "on",
        errors.SchoolNotFound: "successor",
        errors_of_founding.SuccessorIsItself: "successor",
        errors_of_founding.SuccessorNotOpen: "successor",
        errors_of_founding.SuccessorTeachesOther: "successor",
        MoveTooEarly: "on",
    }

    on = DayField(label=_("First day without the school"))
    successor = LineField(
        label=_("Code of the school that takes its registers"),
        help_text=_("Where it merges into another school."),
        max_length=20,
        required=False,
    )


class PermitForm(DecisionFields):
    """The permission to operate."""

    field_order = ("on", *SIGNED, "upload")
    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **DECIDED,
        errors.AlreadyClosed: "on",
        errors_of_founding.OperatesBeforeFounding: "on",
        errors_of_founding.PermittedAlready: "on",
    }

    on = DayField(
        label=_("Operates from"),
        help_text=_("A permission before it holds until that day."),
    )


class CorrectDecisionForm(DecisionFields):
    """A decision as it should have been written down."""

    field_order = (*SIGNED, "upload", "reason")
    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **DECIDED,
        errors_of_founding.OperatesBeforeFounding: "decided_on",
        errors_of_founding.ReasonNeeded: "reason",
    }

    reason = LineField(label=_("What was wrong"), max_length=160)

    def __init__(self, *args: Any, has_scan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_scan:
            self.fields["upload"].help_text = _("The scan that is kept stays unless you give one.")


class WithdrawDecisionForm(Form):
    """Why a decision is withdrawn."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors_of_founding.ReasonNeeded: "reason",
    }

    reason = LineField(
        label=_("Why it is withdrawn"),
        help_text=_("Where another decision revokes it: its number and day."),
        max_length=160,
    )
