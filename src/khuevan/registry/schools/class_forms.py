"""Forms of a homeroom class: they check what is typed, and save nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.schools import errors
from khuevan.registry.schools.actions import ClassDetails
from khuevan.registry.schools.forms import ClosePlaceForm
from khuevan.registry.schools.models import (
    EducationLevel,
    GradeLevel,
    HomeroomClass,
    Session,
)
from khuevan.ui.forms import Form, LineField


class ClassForm(Form):
    """A homeroom class: opened, or described anew."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.ClassNameTaken: "name",
        errors.GradeNotTaught: "grade_level",
        errors.GradesDontMix: "further_grades",
        errors.GradeTwice: "further_grades",
        errors.GradeStillTaught: "further_grades",
    }

    grade_level = forms.ChoiceField(label=_("Grade"))
    name = LineField(label=_("Name of the class"), help_text=_("For example 6A"), max_length=30)
    session = forms.ChoiceField(
        label=_("Time of lessons"), choices=Session.choices, widget=forms.RadioSelect
    )
    sessions_a_week = forms.IntegerField(
        label=_("Sessions a week"),
        help_text=_("A class with two sessions a day has 9 or 10"),
        min_value=1,
        max_value=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    place = forms.ChoiceField(label=_("Campus and room"), required=False)
    further_grades = forms.MultipleChoiceField(
        label=_("Multi-grade class: further grades"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_inclusive = forms.BooleanField(label=_("Inclusive class"), required=False)
    is_gifted = forms.BooleanField(label=_("Class for the gifted"), required=False)
    subject_combination = LineField(
        label=_("Subject combination"),
        help_text=_("Upper secondary, for example physics, chemistry, biology, informatics"),
        max_length=160,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        grades: Sequence[GradeLevel],
        places: Sequence[tuple[str, str]] = (),
        is_new: bool = True,
        own_grade: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.grades = {str(grade.pk): grade for grade in grades}
        named = [(key, grade.label) for key, grade in self.grades.items()]
        self.offer("grade_level", named)
        self.offer("further_grades", [one for one in named if one[0] != str(own_grade)])
        self.offer("place", [("", _("Main campus, no room yet")), *places])
        if not is_new:
            del self.fields["grade_level"]
        levels = {grade.level for grade in grades}
        if not levels & {"TH", "MN"}:
            del self.fields["further_grades"]
        if levels == {EducationLevel.PRESCHOOL}:
            self.fields["name"].help_text = _("For example Lá 1")
        if EducationLevel.UPPER_SECONDARY not in levels:
            del self.fields["subject_combination"]

    @property
    def details(self) -> ClassDetails:
        """Return what was said beside grade and name."""
        said = self.cleaned_data
        kind, _sep, text = said["place"].partition(":")
        uuid = UUID(text) if text else None
        return ClassDetails(
            session=said["session"],
            campus=uuid if kind == "campus" else None,
            room=uuid if kind == "room" else None,
            further_grades=tuple(self.grades[key] for key in said.get("further_grades", ())),
            sessions_a_week=said["sessions_a_week"],
            is_inclusive=said["is_inclusive"],
            is_gifted=said["is_gifted"],
            subject_combination=said.get("subject_combination", ""),
        )


class CloseClassForm(ClosePlaceForm):
    """Closing a class, merged into another or not."""

    merged_into = forms.ChoiceField(label=_("Merged into"), required=False)

    def __init__(self, *args: Any, others: Sequence[HomeroomClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.uuid): one for one in others}
        self.offer(
            "merged_into",
            [("", _("No class"))] + [(key, one.name) for key, one in self.others.items()],
        )
