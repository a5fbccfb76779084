"""The forms of combinations, rounds, wishes, pasted lists and changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.choices import errors
from khuevan.registry.choices.actions import ChangeData, CombinationData, RoundData
from khuevan.registry.choices.models import MOST_PLACES, MOST_WISHES
from khuevan.ui.forms import DayField, Form, LineField

EMPTY = ("", "–")
Choices = Sequence[tuple[Any, Any]]


class CombinationForm(Form):
    """A combination: its name, subjects, clusters, places and classes."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.CombinationNamed: "name"}

    name = LineField(label=_("Name"), max_length=60)
    options = forms.MultipleChoiceField(
        label=_("Chosen subjects"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Exactly four."),
    )
    clusters = forms.MultipleChoiceField(
        label=_("Study topics"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Exactly three, each of a subject that these pupils learn."),
    )
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES)
    rooms = forms.MultipleChoiceField(
        label=_("Classes that learn it"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, *args: Any, options: Choices, clusters: Choices, rooms: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("options", options)
        self.offer("clusters", clusters)
        self.offer("rooms", rooms)
        if not rooms:
            del self.fields["rooms"]

    @property
    def data_said(self) -> CombinationData:
        """Return what was said."""
        said = self.cleaned_data
        return CombinationData(
            said["name"],
            said["options"],
            said["clusters"],
            said["capacity"],
            [int(pk) for pk in said.get("rooms", [])],
        )


class RoundForm(Form):
    """A round: its days and its rules."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.RoundNamed: "name",
        errors.RoundUnfit: "last",
        errors.RoundsOverlap: "first",
    }

    name = LineField(label=_("Name"), max_length=80)
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
    most_wishes = forms.IntegerField(
        label=_("Wishes of each pupil"), min_value=1, max_value=MOST_WISHES
    )
    score_name = LineField(
        label=_("Score that decides where places are short"),
        max_length=80,
        required=False,
        help_text=_("For instance the admission score. Without one, lots alone decide."),
    )

    @property
    def data_said(self) -> RoundData:
        """Return what was said."""
        said = self.cleaned_data
        return RoundData(
            said["name"], said["first"], said["last"], said["most_wishes"], said["score_name"]
        )


class WishesForm(Form):
    """A pupil's wishes, one list a rank."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.WishesUnfit: "wish_1"}

    def __init__(self, *args: Any, offered: Choices, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, most + 1):
            self.fields[f"wish_{number}"] = forms.ChoiceField(
                label=_("Wish %(number)s") % {"number": number},
                choices=[EMPTY, *offered],
                required=number == 1,
                error_messages={
                    "required": _("Please choose at least one combination."),
                    "invalid_choice": _("Please choose one from the list."),
                },
            )

    @property
    def chosen(self) -> list[int]:
        """Return the combinations in order."""
        said = (self.cleaned_data.get(name, "") for name in self.fields)
        return [int(pk) for pk in said if pk]


class ListForm(Form):
    """Lines of pupils with scores and wishes."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {errors.ListUnclear: "lines"}

    lines = forms.CharField(
        label=_("Pupils, a line each"),
        widget=forms.Textarea(attrs={"rows": 14, "wrap": "off", "spellcheck": "false"}),
        help_text=_(
            "Class, full name, birth date, score, wishes by name: as copied from a spreadsheet. "
            "What is empty stays as it was."
        ),
    )


class PublishForm(Form):
    """From which day the pupils learn what they got."""

    takes_effect_on = DayField(label=_("Learnt from"))
    seen = LineField(widget=forms.HiddenInput, required=False, max_length=40)
    """When the result was computed that whoever publishes has looked at."""


class ChangeForm(Form):
    """Another combination for a pupil."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.CatchUpMissing: "catch_up",
        errors.SameCombination: "after",
        errors.CombinationClosed: "after",
    }

    after = forms.ChoiceField(label=_("New combination"))
    on = DayField(label=_("From"))
    reason = LineField(label=_("Reason"), max_length=300)
    catch_up = LineField(
        label=_("How new subjects are caught up"),
        max_length=500,
        required=False,
        help_text=_("Needed after grade 10: which subjects, when, by whom."),
    )

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("after", [EMPTY, *offered])

    @property
    def data_said(self) -> ChangeData:
        """Return what was said."""
        said = self.cleaned_data
        return ChangeData(said["on"], said["reason"], said["catch_up"])
