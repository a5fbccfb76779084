"""Forms of a level's year and of days without lessons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.organizations.api import OrgUnitVersion
from khuevan.registry.schools import errors
from khuevan.registry.schools.actions import FrameData
from khuevan.registry.schools.calendar import LevelYear
from khuevan.registry.schools.models import ClosureReason, EducationLevel
from khuevan.ui.forms import DayField, Form, LineField

ONE_DAY = timedelta(days=1)


class FrameForm(Form):
    """A level's year: people write last days, the record keeps the day after."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.FrameOutsideYear: "starts_on",
        errors.TermsOverlap: "first_term_ends",
        errors.TermsLeaveAGap: "second_term_starts",
    }

    returns_on = DayField(label=_("First day at school"))
    starts_on = DayField(label=_("Term I begins"))
    first_term_ends = DayField(label=_("Term I ends"))
    second_term_starts = DayField(label=_("Term II begins"))
    second_term_ends = DayField(label=_("Term II ends"))
    ends_on = DayField(label=_("The year's work ends"))
    teaches_saturday = forms.BooleanField(label=_("Lessons on Saturday too"), required=False)
    decision = LineField(
        label=_("Decision"), help_text=_("Number and day, for example 412/QĐ-UBND, 12/08/2026"),
        max_length=160,
    )  # fmt: skip

    @property
    def frame(self) -> FrameData:
        """Return the frame as it was decided."""
        said = self.cleaned_data
        return FrameData(
            returns_on=said["returns_on"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"] + ONE_DAY,
            terms=(
                (said["starts_on"], said["first_term_ends"] + ONE_DAY),
                (said["second_term_starts"], said["second_term_ends"] + ONE_DAY),
            ),
            decision=said["decision"],
            teaches_saturday=said["teaches_saturday"],
        )

    @staticmethod
    def initial_of(known: LevelYear) -> dict[str, Any]:
        """Return what is decided already, as the form shows it."""
        found: dict[str, Any] = {}
        if known.frame is not None:
            found |= {
                "returns_on": known.frame.returns_on,
                "ends_on": known.frame.ends_on - ONE_DAY,
                "teaches_saturday": known.frame.teaches_saturday,
                "decision": known.frame.decision,
            }
        if known.terms:
            first = known.terms[0]
            found |= {"starts_on": first.starts_on, "first_term_ends": first.ends_on - ONE_DAY}
        if len(known.terms) > 1:
            second = known.terms[1]
            found |= {
                "second_term_starts": second.starts_on,
                "second_term_ends": second.ends_on - ONE_DAY,
            }
        return found


class ClosureForm(Form):
    """Days without lessons."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.ClosureTooLong: "last_day"}

    unit = forms.ChoiceField(label=_("Where it applies"))
    levels = forms.MultipleChoiceField(
        label=_("Levels"),
        help_text=_("None chosen: all levels"),
        choices=EducationLevel.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    starts_on = DayField(label=_("First day off"))
    last_day = DayField(label=_("Last day off"))
    reason = forms.ChoiceField(label=_("Reason"), choices=ClosureReason.choices)
    note = LineField(
        label=_("Note"), help_text=_("For example the number of the storm"), max_length=160,
        required=False,
    )  # fmt: skip
    decision = LineField(label=_("Decision"), max_length=160)

    def __init__(self, *args: Any, units: Sequence[OrgUnitVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", [(one.unit.code, one.name) for one in units])
        self.units = {one.unit.code: one.unit_id for one in units}


class MakeUpForm(Form):
    """A day on which lessons are made up."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.MakeUpTooEarly: "on",
        errors.MakeUpTwice: "on",
        errors.MakeUpTaught: "on",
        errors.MakeUpTaughtSixDays: "on",
        errors.MakeUpTaken: "on",
        errors.MakeUpHoliday: "on",
        errors.MakeUpOutsideYear: "on",
        errors.MadeUpAll: "on",
    }

    on = DayField(label=_("Lessons are made up on"))
