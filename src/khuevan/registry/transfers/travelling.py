"""What of a pupil's record travels: parts that other apps add to, taken on the day of the release.

In one province the record itself follows the person. What is taken here is how it stood, frozen:
the new school reads it, the old one keeps what it saw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.periods import not_over
from khuevan.kernel.registry import Registry
from khuevan.platform.accounts.api import Sex
from khuevan.registry.students.api import ClassPlacement, Enrollment, Guardianship, Relation
from khuevan.ui.formats import day, masked

Content = dict[str, Any]
Lines = list[tuple[str, str]]
_WHY = "the record of a pupil whom the actor releases, locked by the caller"


@dataclass(frozen=True, slots=True)
class TravellingPart:
    """A part of the record: how it is taken at the release, brought in, and read."""

    label: str | Promise
    take: Callable[[Enrollment, date], Content]
    """Return plain JSON of the part as it stands before the first day no longer at the school."""
    lines: Callable[[Content], Lines]
    """Return what is read, as label and value."""
    masks: str = ""
    """Which of its values only people of the new school with the permission read in full."""
    bring: Callable[[Content, Enrollment], None] = lambda _content, _enrollment: None
    """Take it in at the new school: for what doesn't follow the person by itself."""
    order: int = 100


parts: Registry[TravellingPart] = Registry("travelling part")
"""Marks, conduct and absences come from the apps that keep them."""


def parts_in_order() -> Sequence[tuple[str, TravellingPart]]:
    """Return all parts by their order."""
    return sorted(parts.items(), key=lambda pair: pair[1].order)


def _identity(enrollment: Enrollment, _on: date) -> Content:
    person, student = enrollment.person, enrollment.student
    return {
        "full_name": person.full_name,
        "sex": person.sex,
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "number": person.personal_number or "",
        "moet_code": student.moet_code or "",
        "registry_number": enrollment.registry_number,
    }


def masked_content(part: TravellingPart, content: Content) -> Content:
    """Return what whoever may not read the sensitive value of a part is given of it."""
    if not part.masks or not content.get(part.masks):
        return content
    return {**content, part.masks: masked(content[part.masks])}


def _identity_lines(content: Content) -> Lines:
    born = content["birth_date"]
    return [
        (_("Full name"), content["full_name"]),
        (_("Date of birth"), day(date.fromisoformat(born)) if born else ""),
        (_("Sex"), str(Sex(content["sex"]).label) if content["sex"] else ""),
        (_("Personal number"), content["number"]),
        (_("Ministry code"), content["moet_code"]),
        (_("Registry book of the old school"), content["registry_number"]),
    ]


def _guardians(enrollment: Enrollment, on: date) -> Content:
    rows = (
        Guardianship.objects.unscoped(because=_WHY)
        .filter(not_over(on), student_id=enrollment.student_id)
        .select_related("guardian")
        .order_by("contact_order", "pk")
    )
    return {"guardians": [{"relation": row.relation, "name": row.full_name} for row in rows]}


def _guardian_lines(content: Content) -> Lines:
    return [(str(Relation(one["relation"]).label), one["name"]) for one in content["guardians"]]


def _schooling(enrollment: Enrollment, on: date) -> Content:
    rows = (
        ClassPlacement.objects.unscoped(because=_WHY)
        .filter(student_id=enrollment.student_id, school_id=enrollment.school_id, starts_on__lt=on)
        .select_related("homeroom_class__academic_year")
        .order_by("starts_on", "pk")
    )
    return {
        "since": enrollment.starts_on.isoformat(),
        "until": on.isoformat(),
        "classes": [
            {
                "year": row.homeroom_class.academic_year.code,
                "class": row.homeroom_class.name,
                "since": row.starts_on.isoformat(),
            }
            for row in rows
        ],
    }


def _schooling_lines(content: Content) -> Lines:
    since, until = (day(date.fromisoformat(content[name])) for name in ("since", "until"))
    classes = [
        (
            _("Class"),
            _("%(class)s, %(year)s, since %(day)s")
            % {
                "class": one["class"],
                "year": one["year"],
                "day": day(date.fromisoformat(one["since"])),
            },
        )
        for one in content["classes"]
    ]
    span = _("%(since)s to before %(until)s") % {"since": since, "until": until}
    return [(_("At the old school"), span), *classes]


def register_own_parts() -> None:
    """Register what the registry itself knows of a pupil."""
    parts.register(
        "identity",
        TravellingPart(
            gettext_lazy("Identifiers"), _identity, _identity_lines, masks="number", order=10
        ),
    )
    parts.register(
        "guardians",
        TravellingPart(gettext_lazy("Guardians"), _guardians, _guardian_lines, order=20),
    )
    parts.register(
        "schooling",
        TravellingPart(gettext_lazy("Schooling"), _schooling, _schooling_lines, order=30),
    )
