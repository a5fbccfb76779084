"""The forms of a class: opening it, moving pupils into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.registry.schools.api import (
    GradeLevel,
    HomeroomClass,
    further_grades,
    grade_levels,
)
from khuevan.registry.students.errors import AlreadyThere, NoSuchDay, OtherYearsClass, SitsLater
from khuevan.ui.forms import DayField, Form


@dataclass(frozen=True, slots=True)
class Seat:
    """A class to sit in and, where it teaches several, the grade of the pupil in it."""

    room: HomeroomClass
    grade: GradeLevel | None = None

    @property
    def further_grade_id(self) -> int | None:
        """Return the grade when it is not the class's own, as it is kept with the seat."""
        own = self.grade is None or self.grade.pk == self.room.grade_level_id
        return None if own or self.grade is None else self.grade.pk

    @property
    def label(self) -> str:
        """Return the name of the class, with the grade where there are several."""
        if self.grade is None:
            return self.room.name
        return gettext("%(class)s, %(grade)s") % {
            "class": self.room.name,
            "grade": self.grade.label,
        }


def seats_in(rooms: Iterable[HomeroomClass]) -> dict[str, Seat]:
    """Return the seats of classes by what a form sends: the class, and the grade behind it."""
    listed = list(rooms)
    taught = further_grades([one.pk for one in listed])
    known = {one.pk: one for one in grade_levels()} if taught else {}
    seats: dict[str, Seat] = {}
    for room in listed:
        further = taught.get(room.pk, ())
        own = known[room.grade_level_id] if further else None
        seats[str(room.uuid)] = Seat(room, own)
        seats |= {f"{room.uuid}:{grade.code}": Seat(room, grade) for grade in further}
    return seats


class PlaceForm(Form):
    """Pupils to another class of the school."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        NoSuchDay: "on",
        OtherYearsClass: "on",
        SitsLater: "on",
        AlreadyThere: "class_uuid",
    }

    class_uuid = forms.ChoiceField(label=_("To class"))
    on = DayField(label=_("From"))

    def __init__(self, *args: Any, classes: Iterable[HomeroomClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats_in(classes)
        named = [(key, one.label) for key, one in self.seats.items()]
        self.offer("class_uuid", [("", _("Choose a class")), *named])

    @property
    def seat(self) -> Seat:
        """Return the class chosen, with the grade in it."""
        return self.seats[self.cleaned_data["class_uuid"]]
