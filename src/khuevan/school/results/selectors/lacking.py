"""What a class still lacks for a stage to be settled, and who owes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.kernel.periods import in_force
from khuevan.registry.staff.api import TeachingAssignment, homeroom_teachers
from khuevan.school.gradebooks.api import Gradebook
from khuevan.school.results.models import Scheme, Stage
from khuevan.school.results.selectors.classes import ClassYear, PupilYear, day_in_year

BECAUSE = "who owes marks of a class that the actor reached"
PERIOD_OF = {Stage.TERM_1: "term_1", Stage.YEAR: "annual", Stage.AFTER_SUMMER: "final"}


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing: what, of which pupils, and who enters it."""

    what: str
    pupils: tuple[str, ...]
    owner: str = ""

    def __str__(self) -> str:
        if not self.pupils:
            return self.what
        return _("%(what)s of %(names)s") % {"what": self.what, "names": named(self.pupils)}


MOST_NAMED = 3


def named(names: Sequence[str]) -> str:
    """Return a few names, and how many more there are."""
    told = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return told if more <= 0 else _("%(names)s and %(count)s more") % {"names": told, "count": more}


def lacking(year: ClassYear, stage: Stage, on: date) -> list[Lack]:
    """Return what is missing before a stage can be settled, subjects first."""
    if not year.pupils or year.is_stored:
        return []
    found = _of_subjects(year, stage, on)
    homeroom = homeroom_teachers([year.room.pk], on=day_in_year(year.room, on))
    owner = homeroom.get(year.room.pk, "")
    return found + [
        Lack(what, tuple(one.name for one in pupils), owner)
        for what, pupils in _decisions(year, stage)
        if pupils
    ]


def _of_subjects(year: ClassYear, stage: Stage, on: date) -> list[Lack]:
    marked = [one for one in year.pupils if not one.has_plan]
    if year.scheme == Scheme.PRIMARY:
        late = [one for one in marked if one.row is None or one.row.study_annual is None]
        needs = stage is Stage.YEAR and late
        return [Lack(_("Levels and tests"), tuple(one.name for one in late))] if needs else []
    names: dict[str, list[str]] = {}
    for one in marked:
        for subject in one.missing(PERIOD_OF[stage]):
            names.setdefault(subject, []).append(one.name)
    if not names:
        return []
    teachers = _teachers(year, on)
    return [Lack(one, tuple(late), teachers.get(one, "")) for one, late in names.items()]


def _decisions(year: ClassYear, stage: Stage) -> list[tuple[str, list[PupilYear]]]:
    if year.scheme == Scheme.PRIMARY:
        return []
    first = [one for one in year.pupils if one.row is None or one.row.conduct_1 is None]
    if stage is Stage.TERM_1:
        return [(_("Conduct of term I"), first)]
    second = [one for one in year.pupils if one.row is None or one.row.conduct_2 is None]
    absent = [one for one in year.pupils if one.absences is None]
    return [
        (_("Conduct of term I"), first),
        (_("Conduct of term II"), second),
        (pgettext("sessions missed", "Absences"), absent),
    ]


def _teachers(year: ClassYear, on: date) -> dict[str, str]:
    """Return who teaches each subject of a class."""
    rows = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(day_in_year(year.room, on)), homeroom_class=year.room
    )
    of_part: dict[str, list[str]] = {}
    for one in rows.select_related("person").order_by("pk"):
        of_part.setdefault(one.subject_name, []).append(one.person.full_name)
    parts = dict(
        Gradebook.objects.unscoped(because=BECAUSE)
        .filter(homeroom_class=year.room)
        .values_list("pk", "parts")
    )
    return {
        one.name: ", ".join(
            dict.fromkeys(
                name for book in one.books for part in parts[book] for name in of_part.get(part, ())
            )
        )
        for one in year.subjects
    }
