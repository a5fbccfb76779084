"""The forms of a case's steps: answer, decide, release, receive, place, a paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DayOutOfRange, DomainError
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.api import AlreadyEnrolled
from khuevan.registry.transfers.actions import Signed
from khuevan.registry.transfers.errors import (
    ClassIsFull,
    DayBeforeAppointment,
    DayBeforeEntry,
    DayBeforeRelease,
    DayTooFar,
    DecidedTooEarly,
    NotTheSigner,
    NumberNeeded,
    OtherSchoolsClass,
    OutsideUsualTime,
    ReasonNeeded,
    ReturnTooEarly,
    SignedOtherwise,
    SignerNeeded,
    WorksElsewhere,
)
from khuevan.registry.transfers.kinds import Paper, SigningForm
from khuevan.registry.transfers.law import paper_rules
from khuevan.ui.forms import DayField, Form, LineField


class ReasonForm(Form):
    """Why a school refuses, or a case is withdrawn."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {ReasonNeeded: "reason"}
    reason = LineField(label=_("Reason"), max_length=300, help_text=_("The parents read it."))

    def __init__(self, *args: Any, is_of_staff: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_of_staff:
            self.fields["reason"].help_text = _("Whoever moves reads it.")


class NoteForm(Form):
    """A word to go with an acceptance."""

    note = LineField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("For example from when there is a place, or the number of the other's letter."),
    )


class DecideForm(Form):
    """What the office decided."""

    field_order = (
        "is_granted", "reason", "number", "decided_on", "signed_as", "signer", "signer_position",
        "upload",
    )  # fmt: skip

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        NumberNeeded: "number",
        ReasonNeeded: "reason",
        DecidedTooEarly: "decided_on",
        DayOutOfRange: "decided_on",
        SignerNeeded: "signer",
        NotTheSigner: "signer",
        SignedOtherwise: "signed_as",
    }
    is_granted = forms.ChoiceField(
        label=_("The answer of the office"),
        choices=(("1", _("Agreed")), ("0", _("Not agreed"))),
        widget=forms.RadioSelect,
        initial="1",
    )
    number = LineField(
        label=_("Number of the document"), max_length=60,
        help_text=_("For example 152/GT-UBND. A refusal has one too."),
    )  # fmt: skip
    decided_on = DayField(label=_("Dated"))
    reason = LineField(
        label=_("Reason"), max_length=300, required=False,
        help_text=_("Where it is not agreed to; the parents read it."),
    )  # fmt: skip
    signed_as = forms.ChoiceField(label=_("Signed as"))
    signer = LineField(label=_("Signed by"), max_length=160)
    signer_position = LineField(
        label=_("Position of the signer"), max_length=120,
        help_text=_("As it stands under the signature."),
    )  # fmt: skip
    upload = forms.FileField(
        label=_("Signed document"), required=False, help_text=_("PDF, picture or Word, to 10 MB.")
    )

    def __init__(
        self, *args: Any, signing: Sequence[str], is_of_staff: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        forms_of_it = [(code, SigningForm(code).label) for code in signing]
        self.fields["signed_as"].choices = forms_of_it  # type: ignore[attr-defined]
        if is_of_staff:
            self.fields["number"].help_text = _("For example 152/QĐ-UBND. A refusal has one too.")
            self.fields["reason"].help_text = _("Where it is not agreed to.")

    @property
    def signed(self) -> Signed:
        """Return number, day and signature."""
        values = self.cleaned_data
        return Signed(
            values["number"],
            values["decided_on"],
            values["signer"],
            values["signer_position"],
            values["signed_as"],
        )


class ReleaseForm(Form):
    """The day from which the old school has the pupil no longer."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        DayBeforeEntry: "on",
        DayBeforeAppointment: "on",
        DayTooFar: "on",
        DayOutOfRange: "on",
        OutsideUsualTime: "on",
    }
    on = DayField(label=_("First day no longer at the old school"))


class ClassFields(Form):
    """A class of the new school."""

    room = forms.ChoiceField(label=_("Class"))
    is_sure = forms.BooleanField(
        label=_("The class takes the pupil although it is full"), required=False
    )

    def __init__(self, *args: Any, rooms: Sequence[HomeroomClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = {str(one.uuid): one for one in rooms}
        named = [
            (key, f"{one.name} · {getattr(one, 'size', 0)}") for key, one in self.rooms.items()
        ]
        field = self.fields["room"]
        empty = [] if field.required else [("", _("Give the class later"))]
        field.choices = [*empty, *named]  # type: ignore[attr-defined]
        self.fields["is_sure"].widget = forms.HiddenInput()

    def refuse(self, error: DomainError) -> None:
        """Offer the tick that lets a full class take one more."""
        if isinstance(error, ClassIsFull):
            self.fields["is_sure"].widget = forms.CheckboxInput()
        super().refuse(error)

    @property
    def chosen_class(self) -> HomeroomClass | None:
        """Return the class chosen, if any."""
        return self.rooms.get(self.cleaned_data["room"])


class ReceiveForm(ClassFields):
    """The first day at the new school, and the class when it is known."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        DayBeforeRelease: "on",
        DayTooFar: "on",
        ClassIsFull: "room",
        OtherSchoolsClass: "room",
        AlreadyEnrolled: "on",
    }
    field_order = ("on", "room", "is_sure", "plan")
    room = forms.ChoiceField(label=_("Class"), required=False)
    on = DayField(label=_("First day at the new school"))
    plan = forms.CharField(
        label=_("Plan for subjects the pupil has not had"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, rooms: Sequence[HomeroomClass], level: str, **kwargs: Any):
        super().__init__(*args, rooms=rooms, **kwargs)
        if level != "THPT":
            del self.fields["plan"]


class ArriveForm(Form):
    """The first day of a colleague at the new school."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        DayBeforeRelease: "on",
        DayTooFar: "on",
        WorksElsewhere: "on",
        ReturnTooEarly: "on",
    }
    on = DayField(label=_("First day of work at the new school"))


class PlaceForm(ClassFields):
    """The class and the first day in it."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        DayTooFar: "on",
        ClassIsFull: "room",
        OtherSchoolsClass: "room",
    }
    field_order = ("room", "is_sure", "on")
    on = DayField(label=_("First day in the class"))

    @property
    def homeroom_class(self) -> HomeroomClass:
        """Return the class chosen."""
        return self.rooms[self.cleaned_data["room"]]


class PaperForm(Form):
    """A paper of the file."""

    paper = forms.ChoiceField(label=_("Kind of paper"), choices=Paper.choices)
    upload = forms.FileField(
        label=_("Scan"),
        required=False,
        help_text=_(
            "PDF, picture or Word, to 10 MB. Leave empty when the original was handed over."
        ),
    )
    note = LineField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, level: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = papers_for(level)  # type: ignore[attr-defined]


def papers_for(level: str) -> list[tuple[str, str]]:
    """Return the kinds of papers that a file of a level may hold."""
    known = {rule.paper for rule in paper_rules() if rule.level == level} | {Paper.OTHER.value}
    return [(code, str(label)) for code, label in Paper.choices if code in known]
