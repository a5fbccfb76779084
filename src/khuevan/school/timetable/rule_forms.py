"""The forms of what a school asks of its timetables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.staff.api import subject_label
from khuevan.school.timetable import errors
from khuevan.school.timetable.asked.terms import TERMS
from khuevan.school.timetable.core.rulebook import RULES
from khuevan.school.timetable.core.values import HARD
from khuevan.ui.forms import DayField, Form, LineField

MUST, WISH = "must", "wish"
KINDS = ((MUST, _("Must be kept")), (WISH, _("Should be kept: each time it is not costs points")))
USUAL_COST = 10
ROWS = ("subjects", "classes", "rooms")
Choices = Sequence[tuple[str, str]]


class RuleForm(Form):
    """One rule: on or off, must or wish, its numbers and rows; for whom, where it isn't for all."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.NumbersCross: "least"}

    whom = forms.ChoiceField(label=_("For whom"))
    is_on = forms.BooleanField(label=_("The rule holds"), required=False)
    kind = forms.ChoiceField(label=_("How strict"), choices=KINDS, widget=forms.RadioSelect)
    cost = forms.IntegerField(
        label=_("Points each time it is not kept"),
        help_text=_("1 to 99; counts for a wish alone"),
        min_value=1,
        max_value=99,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    subjects = forms.MultipleChoiceField(
        label=_("Subjects"), required=False, widget=forms.CheckboxSelectMultiple
    )
    classes = forms.MultipleChoiceField(
        label=_("Classes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    rooms = forms.MultipleChoiceField(
        label=_("Rooms"),
        help_text=_("Where rooms are chosen, lessons must be in one of them"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    across_long_break = forms.BooleanField(
        label=_("A double period may go across the long break"), required=False
    )
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Until (that day no longer)"), required=False)

    def __init__(
        self,
        *args: Any,
        code: str,
        whom: Sequence[Any] = (),
        rows: Mapping[str, Choices] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.code, self.terms = code, TERMS[code]
        for number in self.terms.numbers:
            self.fields[number.name] = forms.IntegerField(
                label=str(number.label),
                min_value=number.least,
                max_value=number.most,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            )
        for name in self._left_out(bool(whom)):
            del self.fields[name]
        for name in ROWS:
            if name in self.fields:
                self.offer(name, (rows or {}).get(name, ()))
        if whom:
            self.offer("whom", whom)
            self.fields["is_on"].help_text = _("Without the tick it is lifted for them.")
        else:
            del self.fields["starts_on"], self.fields["ends_on"]
        last = [name for name in ("starts_on", "ends_on") if name in self.fields]
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def _left_out(self, has_whom: bool) -> list[str]:  # noqa: FBT001
        terms = self.terms
        taken = {
            "subjects": terms.subjects is not None and not (has_whom and "SUBJECT" in terms.scopes),
            "classes": terms.has_classes,
            "rooms": terms.has_rooms and has_whom,
            "across_long_break": terms.across_break,
            "whom": has_whom,
            "is_on": not terms.is_fixed,
            "kind": not terms.is_fixed,
            "cost": not terms.is_fixed,
        }
        return [name for name, is_taken in taken.items() if not is_taken]

    @property
    def weight(self) -> int:
        """Return what the rule is worth: all, or the points that were said."""
        if self.cleaned_data.get("kind", MUST) == MUST:
            return HARD
        return self.cleaned_data.get("cost") or usual_cost(self.code)

    def params(self, spots: Iterable[str]) -> dict[str, object]:
        """Return the numbers and rows that were said."""
        values = self.cleaned_data
        found: dict[str, object] = {
            number.name: values[number.name] for number in self.terms.numbers
        }
        found.update({name: list(values[name]) for name in ROWS if name in self.fields})
        if "across_long_break" in self.fields:
            found["across_long_break"] = values["across_long_break"]
        if self.terms.has_spots:
            found["spots"] = list(spots)
        return found

    def clean(self) -> dict[str, Any]:
        """Say what is missing of a block of classes."""
        values = super().clean() or {}
        if self.terms.has_classes and len(values.get("classes", ())) < 2:
            self.add_error("classes", _now("Please choose at least two classes."))
        if self.terms.has_classes and not values.get("subjects"):
            self.add_error("subjects", _now("Please choose at least one subject."))
        return values


class DepartmentForm(Form):
    """A department with its subjects."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.DepartmentTaken: "name"}

    name = LineField(label=_("Name of the department"), max_length=60)
    subjects = forms.MultipleChoiceField(
        label=_("Subjects it gives"),
        help_text=_("Whoever gives these subjects most belongs to it"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, subjects: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("subjects", [(name, subject_label(name)) for name in subjects])


def usual_cost(code: str) -> int:
    """Return what a wish is worth where nobody said it."""
    weight = RULES[code].weight
    return int(weight) if weight < HARD else USUAL_COST


class WishForm(Form):
    """What a teacher asks beside the marked periods."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.NothingAsked: "reason"}

    free_days = forms.IntegerField(
        label=_("Free days a week"),
        min_value=0,
        max_value=6,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    free_sessions = forms.IntegerField(
        label=_("Free half-days a week"),
        min_value=0,
        max_value=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    reason = LineField(
        label=_("Reason"),
        help_text=_("Only who makes the timetable reads it. Please write nothing about health."),
        max_length=160,
        required=False,
    )

    def __init__(self, *args: Any, is_free: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_free:
            del self.fields["free_days"], self.fields["free_sessions"]


class AnswerForm(Form):
    """The word with which a wish is accepted or not."""

    answer = LineField(label=_("A word to the teacher"), max_length=160, required=False)


class BellsForm(Form):
    """From which day bell times hold; the times themselves stand in a table."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {}

    starts_on = DayField(label=_("They hold from"))
