"""The forms of teaching groups: what is said of one, who teaches it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.curriculum import errors
from khuevan.registry.curriculum.actions.groups import GroupData
from khuevan.ui.forms import DayField, Form, LineField

EMPTY = ("", "–")
NOBODY = ("", _("Nobody yet"))
Choices = Sequence[tuple[str, Any]]


class GroupForm(Form):
    """A group: its name, what is learnt in it, classes, block."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.GroupNamed: "name",
        errors.GroupUnplanned: "rooms",
        errors.TeacherInBlock: "block",
        errors.PupilInAnotherGroup: "block",
    }

    name = LineField(label=_("Name"), max_length=60)
    subject = forms.ChoiceField(label=_("Subject"))
    rooms = forms.MultipleChoiceField(
        label=_("Classes whose pupils are in it"), widget=forms.CheckboxSelectMultiple
    )
    block = LineField(
        label=_("Block"),
        max_length=40,
        required=False,
        help_text=_(
            "Groups of one block have lessons at the same time; a pupil is in one of them at most. "
            "Empty: the group stands alone."
        ),
    )

    def __init__(self, *args: Any, subjects: Choices, rooms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("subject", [EMPTY, *subjects])
        self.offer("rooms", rooms)

    @property
    def data_said(self) -> GroupData:
        """Return what was said."""
        said = self.cleaned_data
        kind, _bar, subject = said["subject"].partition("|")
        return GroupData(
            said["name"], subject, kind, [int(pk) for pk in said["rooms"]], said["block"]
        )


class GroupTeacherForm(Form):
    """Who teaches a group from a day on."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.TeacherInBlock: "member"}

    member = forms.ChoiceField(label=_("Teacher"), required=False)
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("member", [NOBODY, *members])
