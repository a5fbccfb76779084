"""Accounts and grants: whose, which, where, how long, why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from khuevan.platform.access.errors import BadPeriod, NoSuchAnchor, ReasonNeeded, RoleNameTaken
from khuevan.platform.access.models import Role
from khuevan.platform.access.roles import HATS, OWN_HATS
from khuevan.platform.accounts.api import UsernameTaken
from khuevan.ui.forms import DayField, Form, LineField

NAME_RULE = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,}$",
    _("At least 3 small letters without marks, digits, dots or dashes."),
)


class NewAccountForm(Form):
    """The username of a new account; empty for the usual one."""

    refused_fields = {UsernameTaken: "username"}  # noqa: RUF012

    username = forms.CharField(
        label=_("Username"),
        required=False,
        max_length=40,
        validators=[NAME_RULE],
        help_text=_("Leave it empty for the usual one, made from the name."),
    )


class ReasonForm(Form):
    """Why something is done; read by whoever opens the log."""

    reason = LineField(label=_("Reason"), max_length=200)


class AskForm(Form):
    """Why somebody else's password is needed; the owner and the second person read it."""

    refused_fields = {ReasonNeeded: "reason"}  # noqa: RUF012

    reason = LineField(
        label=_("Reason"),
        max_length=200,
        help_text=_("How you know that the owner is asking. The owner and who confirms read this."),
    )


class DeclineForm(Form):
    """Why a request is declined; may be left empty."""

    reason = LineField(label=_("Reason"), max_length=200, required=False)


class GiveRoleForm(Form):
    """A role, where it holds, from when to when, and why."""

    refused_fields = {BadPeriod: "starts_on", NoSuchAnchor: "class_id"}  # noqa: RUF012

    role = forms.ChoiceField(label=_("Role"))
    class_id = forms.TypedChoiceField(
        label=_("Class"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Only for a role in one class."),
    )
    starts_on = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), required=False)
    reason = LineField(label=_("Reason"), max_length=200)

    def __init__(
        self,
        *args: Any,
        roles: Sequence[Role],
        classes: Sequence[tuple[int, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {"starts_on": today})
        super().__init__(*args, **kwargs)
        self.offer("role", [(role.code, str(role)) for role in roles])
        if classes:
            self.offer("class_id", [("", _("The whole unit")), *classes])
        else:
            del self.fields["class_id"]

    @property
    def period(self) -> tuple[date, date | None]:
        """Return the half-open period: the day after the last one ends it."""
        return self.cleaned_data["starts_on"], day_after(self.cleaned_data["last_day"])


class DelegateForm(Form):
    """Which of one's roles, in which form, to whom, how long, why."""

    kind = forms.ChoiceField(label=_("Form"), widget=forms.RadioSelect)
    grants = forms.TypedMultipleChoiceField(
        label=_("Roles to delegate"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    to_username = forms.CharField(
        label=_("Username of the colleague"),
        max_length=150,
        help_text=_("A colleague of the same unit; a special authorization may go outside it."),
    )
    starts_on = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))
    instrument = LineField(
        label=_("Written decision"),
        required=False,
        max_length=120,
        help_text=_("Number and date. A special authorization (TUQ.) needs it."),
    )
    reason = LineField(label=_("Reason"), max_length=200)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[tuple[str, Any]],
        grants: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", kinds)
        self.offer("grants", grants)

    @property
    def period(self) -> tuple[date, date]:
        """Return the half-open period."""
        last: date = self.cleaned_data["last_day"]
        return self.cleaned_data["starts_on"], last + timedelta(days=1)


class SupportForm(Form):
    """Which unit, how long, why."""

    unit = forms.CharField(label=_("Code of the unit"), max_length=35)
    minutes = forms.TypedChoiceField(
        label=_("How long"),
        coerce=int,
        choices=[
            (30, _("30 minutes")),
            (60, _("1 hour")),
            (120, _("2 hours")),
        ],
    )
    reason = LineField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The unit reads this, together with every page you open."),
    )


class NewRoleForm(Form):
    """A new role: its name, under which hat it is worn, and why."""

    refused_fields = {RoleNameTaken: "name"}  # noqa: RUF012

    name = LineField(label=_("Name of the role"), max_length=80)
    hat = forms.ChoiceField(
        label=_("Kind of role"),
        choices=[(code, HATS[code]) for code in OWN_HATS],
        help_text=_("Whoever may give the usual role of this kind may give the new one."),
    )
    needs_second_factor = forms.BooleanField(
        label=_("Needs the second sign-in step"), required=False
    )
    reason = LineField(label=_("Reason"), max_length=200)


class WhyForm(Form):
    """A right, and where."""

    permission = forms.ChoiceField(label=_("Right"))
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=80,
        help_text=_("Code or name. Empty for your own unit."),
    )
    class_name = LineField(
        label=_("Class"), required=False, max_length=20, help_text=_("For example 6A.")
    )

    def __init__(
        self, *args: Any, permissions: Sequence[Any], is_own: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("permission", permissions)
        if not is_own:
            self.fields["unit"].help_text = _("Code or name. Empty for the person's own unit.")


def day_after(last: date | None) -> date | None:
    """Return the day that ends a period whose last day is given."""
    return last + timedelta(days=1) if last else None
