"""The forms of a leave and of who stands in meanwhile; they validate and never save."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.staff import errors
from khuevan.registry.staff.actions import NewLeave
from khuevan.registry.staff.forms import DECISION, EMPTY, Choices
from khuevan.registry.staff.models import LeaveKind
from khuevan.ui.forms import DayField, Form, LineField


class LeaveForm(Form):
    """Somebody is away for a while."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.OnLeaveAlready: "starts_on",
        errors.NotOnStaff: "starts_on",
        errors.BadPeriod: "returns_on",
    }

    school = forms.ChoiceField(label=_("School"))
    kind = forms.ChoiceField(label=_("Kind of leave"), choices=LeaveKind.choices)
    starts_on = DayField(label=_("First day away"))
    returns_on = DayField(label=_("Expected first day back"))
    paper = LineField(label=_("Paper"), max_length=120, required=False, help_text=DECISION)
    pauses_classes = forms.BooleanField(
        label=_("Classes are closed to them meanwhile"),
        help_text=_(
            "Whoever stands in sees the classes instead. Opens again on the first day back."
        ),
        required=False,
    )
    note = LineField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, schools: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("school", schools)
        if len(schools) == 1:
            self.fields["school"].widget = forms.HiddenInput()
            self.fields["school"].initial = schools[0][0]

    @property
    def leave(self) -> NewLeave:
        """Return the leave as filled in."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "school"}
        return NewLeave(**values)


class SubstituteForm(Form):
    """A colleague for one duty of somebody on leave."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.AwayToo: "member",
        errors.NotOnStaff: "member",
        errors.StandsInAlready: "duty",
        errors.BadPeriod: "last_day",
    }

    duty = forms.ChoiceField(label=_("Class and duty"))
    member = forms.ChoiceField(label=_("Who stands in"))
    starts_on = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"))

    def __init__(self, *args: Any, duties: Choices, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("duty", duties)
        self.offer("member", [EMPTY, *members])
