"""The forms of a case's steps: answer, decide, release, receive, place, a paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DayOutOfRange, DomainError
from khuevan.platform.organizations.api import NumberUnfit, SignedFields, SigningForm
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.api import AlreadyEnrolled
from khuevan.registry.transfers.actions import Answer
from khuevan.registry.transfers.errors import (
    BeforeTheDayWished,
    ClassIsFull,
    DayBeforeAppointment,
    DayBeforeEntry,
    DayBeforeRelease,
    DayTooFar,
    DecidedTooEarly,
    LetterNotWhole,
    NotTheSigner,
    OtherSchoolsClass,
    OutsideUsualTime,
    ReasonNeeded,
    ReturnTooEarly,
    WorksElsewhere,
)
from khuevan.registry.transfers.kinds import Paper
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


class RefusalForm(ReasonForm):
    """Why a school refuses, and its letter when it wrote one."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **ReasonForm.refused_fields,
        LetterNotWhole: "number",
        NumberUnfit: "number",
        DecidedTooEarly: "dated_on",
    }
    number = LineField(
        label=_("Number of the school's letter"),
        max_length=60,
        required=False,
        help_text=_("Where the school answers by letter."),
    )
    dated_on = DayField(label=_("Dated"), required=False)
    signer = LineField(label=_("Signed by"), max_length=160, required=False)

    @property
    def answer(self) -> Answer:
        """Return what stands on the letter."""
        values = self.cleaned_data
        return Answer(values["number"], values["dated_on"], values["signer"])


class NoteForm(Form):
    """A word to go with an acceptance."""

    note = LineField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("For example from when there is a place, or the number of the other's letter."),
    )


class DecideForm(SignedFields):
    """What the office decided."""

    field_order = (
        "is_granted", "reason", "number", "decided_on", "signed_as", "signer", "signer_position",
        "upload",
    )  # fmt: skip

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        **SignedFields.refused_fields,
        ReasonNeeded: "reason",
        DecidedTooEarly: "decided_on",
        DayOutOfRange: "decided_on",
        NotTheSigner: "signer",
    }
    is_granted = forms.ChoiceField(
        label=_("The answer of the office"),
        choices=(("1", _("Agreed")), ("0", _("Not agreed"))),
        widget=forms.RadioSelect,
        initial="1",
    )
    reason = LineField(
        label=_("Reason"), max_length=300, required=False,
        help_text=_("Where it is not agreed to; the parents read it."),
    )  # fmt: skip
    upload = forms.FileField(
        label=_("Signed document"), required=False, help_text=_("PDF, picture or Word, to 10 MB.")
    )

    def __init__(self, *args: Any, is_of_staff: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number, reason = self.fields["number"], self.fields["reason"]
        number.label = _("Number of the document")
        number.help_text = _("For example 152/GGT-UBND. A refusal has one too.")
        if is_of_staff:
            number.help_text = _("For example 152/QĐ-UBND. A refusal has one too.")
            reason.help_text = _("Where it is not agreed to.")


class DraftForm(Form):
    """Who will sign a draft, in which form."""

    matter = forms.CharField(required=False, widget=forms.HiddenInput())
    answer = forms.ChoiceField(
        label=_("The answer of the office"),
        choices=(("1", _("Agreed")), ("0", _("Not agreed"))),
        required=False,
    )
    reason = LineField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Where it is not agreed to.")
    )
    signed_as = forms.ChoiceField(label=_("Signed as"))
    signer = LineField(label=_("Signed by"), max_length=160, required=False)
    signer_position = LineField(label=_("Position of the signer"), max_length=120, required=False)

    def __init__(self, *args: Any, signing: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forms_of_it = [(code, SigningForm(code).label) for code in signing]
        self.offer("signed_as", forms_of_it)
        for field in self.fields.values():
            field.asked_by_choice = True  # type: ignore[attr-defined]  # field.html reads it


class WishedDayFields(Form):
    """A day that is warned of when it is before the one asked for; the person decides."""

    is_day_sure = forms.BooleanField(
        label=_("This day is right, although it is before the one asked for"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_day_sure"].widget = forms.HiddenInput()

    def refuse(self, error: DomainError) -> None:
        """Offer the tick that lets an earlier day stand."""
        if isinstance(error, BeforeTheDayWished):
            self.fields["is_day_sure"].widget = forms.CheckboxInput()
        super().refuse(error)


class ReleaseForm(WishedDayFields):
    """The day from which the old school has the pupil no longer."""

    field_order = ("on", "is_day_sure")
    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        BeforeTheDayWished: "on",
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
        self.offer("room", [*empty, *named])
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


class ReceiveForm(ClassFields, WishedDayFields):
    """The first day at the new school, and the class when it is known."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        BeforeTheDayWished: "on",
        DayBeforeRelease: "on",
        DayTooFar: "on",
        ClassIsFull: "room",
        OtherSchoolsClass: "room",
        AlreadyEnrolled: "on",
    }
    field_order = ("on", "is_day_sure", "room", "is_sure", "plan")
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


class ArriveForm(WishedDayFields):
    """The first day of a colleague at the new school."""

    field_order = ("on", "is_day_sure")
    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        BeforeTheDayWished: "on",
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

    def __init__(self, *args: Any, whose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("paper", papers_for(whose))


def papers_for(whose: str) -> list[tuple[str, str]]:
    """Return the kinds of papers that a file may hold, by whose it is."""
    known = {rule.paper for rule in paper_rules() if rule.whose == whose} | {Paper.OTHER.value}
    return [(code, str(label)) for code, label in Paper.choices if code in known]
