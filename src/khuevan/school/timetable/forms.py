"""The forms of timetables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.school.timetable import errors
from khuevan.school.timetable.rule_models import MOST_NOTICE
from khuevan.ui.forms import DayField, Form, LineField

DAYS = (("6", _("Monday to Saturday")), ("5", _("Monday to Friday")))


class NewTimetableForm(Form):
    """A new version: what it is called, from which Monday, of what it is a copy."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.NotAMonday: "starts_on",
        errors.OutsideTheYear: "starts_on",
    }

    name = LineField(label=_("Name"), max_length=80)
    starts_on = DayField(label=_("From Monday"))
    days = forms.ChoiceField(label=_("Days with lessons"), choices=DAYS)
    copy_of = forms.ChoiceField(
        label=_("Starts from"),
        required=False,
        help_text=_("A copy keeps the places of its lessons."),
    )

    def __init__(self, *args: Any, versions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("copy_of", [("", _("All lessons of the assignments, unplaced")), *versions])


class PublishForm(Form):
    """Why a timetable is published later than the school promises."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.PublishedLate: "reason"}

    reason = LineField(
        label=_("Why it cannot wait"),
        max_length=160,
        required=False,
        help_text=_(
            "Shown to everybody who sees the timetable, and kept in the log: nothing about"
            " anybody's health, please."
        ),
    )


class NoticeForm(Form):
    """How many working days ahead a school publishes."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.NoSuchRule: "working_days"}

    working_days = forms.IntegerField(
        label=_("Publish at least so many working days ahead"),
        min_value=0,
        max_value=MOST_NOTICE,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class WayForm(Form):
    """How far two campuses are apart."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.SameCampus: "other"}

    one = forms.ChoiceField(label=_("Campus"))
    other = forms.ChoiceField(label=_("Other campus"))
    km = forms.DecimalField(
        label=_("Kilometres"),
        min_value=0,
        max_digits=4,
        decimal_places=1,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    minutes = forms.IntegerField(
        label=_("Minutes of the way"),
        min_value=1,
        max_value=300,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, sites: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.offer(name, sites)


class StandInForm(Form):
    """Who stands in for a lesson on a day, and why."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.TeacherBusy: "member",
        errors.OwnLesson: "member",
        errors.NotOnStaff: "member",
    }

    member = forms.ChoiceField(label=_("Stands in"))
    reason = LineField(label=_("Reason"), max_length=160, required=False)

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("member", members)


class MoveForm(Form):
    """To when a lesson of a day is moved, who holds it there, and why."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.ClassBusy: "to",
        errors.TeacherBusy: "to",
        errors.TeacherAway: "to",
        errors.RoomTaken: "to",
        errors.AlreadyThere: "to",
        errors.NoLessonsThatDay: "to",
        errors.NoSuchSpot: "to",
    }

    to = forms.ChoiceField(
        label=_("New time"),
        help_text=_("Times at which the class and its teacher are free."),
    )
    reason = LineField(label=_("Reason"), max_length=160, required=False)

    def __init__(self, *args: Any, times: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", times)


class SwapForm(Form):
    """With which lesson of the class one is swapped."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.ClassBusy: "other",
        errors.TeacherBusy: "other",
        errors.TeacherAway: "other",
        errors.RoomTaken: "other",
        errors.AlreadyThere: "other",
        errors.NotThatDay: "other",
    }

    other = forms.ChoiceField(
        label=_("Swap with"),
        help_text=_("Lessons of the class in that week whose teacher is free at the other time."),
    )
    reason = LineField(label=_("Reason"), max_length=160, required=False)

    def __init__(self, *args: Any, lessons: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("other", lessons)


class CombineForm(Form):
    """Which classes have a subject together, and who teaches them."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.OneClassAlone: "classes",
        errors.LessonsNotAlike: "classes",
        errors.LessonLocked: "classes",
    }

    classes = forms.MultipleChoiceField(
        label=_("Classes that learn together"), widget=forms.CheckboxSelectMultiple
    )
    member = forms.ChoiceField(label=_("Teacher of all of them"))

    def __init__(
        self,
        *args: Any,
        classes: Sequence[tuple[str, str]],
        members: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("classes", classes)
        self.offer("member", members)


OWN_ROOM = "own"


class SubjectRoomForm(Form):
    """All lessons of a subject into one room."""

    subject = forms.ChoiceField(label=_("Lessons of"))
    room = forms.ChoiceField(label=_("Into the room"))

    def __init__(
        self,
        *args: Any,
        subjects: Sequence[tuple[str, str]],
        rooms: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("subject", subjects)
        self.offer("room", [(OWN_ROOM, _("Own room of each class")), *rooms])


class ResultForm(Form):
    """What FET made of the problem."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.UnreadableFile: "file",
        errors.FileRefused: "file",
        errors.OtherResult: "file",
    }

    file = forms.FileField(
        label=_("Result of FET"),
        help_text=_("NAME_activities.xml or NAME_data_and_timetable.fet, as FET wrote it"),
        allow_empty_file=True,
    )


class ProblemForm(Form):
    """A timetable that another school, or another program, made with FET."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.UnreadableFile: "file",
        errors.FileRefused: "file",
    }

    file = forms.FileField(
        label=_("Problem of FET"),
        help_text=_("NAME.fet, or NAME_data_and_timetable.fet with the result in it"),
        allow_empty_file=True,
    )
    result = forms.FileField(
        label=_("Result of FET"),
        help_text=_("NAME_activities.xml, where the lessons have their places"),
        required=False,
        allow_empty_file=True,
    )

    def refuse(self, error: DomainError) -> None:
        """Say what is refused beside the file it is about."""
        result = self.cleaned_data.get("result")
        if result and error.details.get("file") == result.name:
            self.add_error("result", str(error))
        else:
            super().refuse(error)
