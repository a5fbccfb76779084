"""Reading what the staff of a school teaches at other schools: periods a week, and nothing more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from khuevan.kernel.periods import in_force
from khuevan.platform.organizations.api import names_on
from khuevan.registry.curriculum.load_rules import Taught
from khuevan.registry.curriculum.models import ClassSubject
from khuevan.registry.curriculum.selectors.plans import givers_of
from khuevan.registry.staff.api import Appointment, TeachingAssignment

BECAUSE = "of staff of a school that the caller reached: how many periods, at which school"
SOURCE, CONFIDENCE = "Nghị định 93/2026/NĐ-CP, Điều 13", "TEXT_SEEN"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What somebody gives at another school."""

    unit_id: int
    school: str
    periods: Fraction
    is_main: bool
    """Whether the other school is the main one: there the total is counted."""

    @property
    def as_taught(self) -> Taught:
        """Return it as a load counts it: each period is one."""
        what = _("Lessons at %(school)s") % {"school": self.school}
        return Taught(what, self.periods, source=SOURCE, confidence=CONFIDENCE)


def taught_elsewhere(
    school_id: int, member_ids: Collection[int], *, on: date, term: int, weeks: tuple[int, int]
) -> dict[int, list[Elsewhere]]:
    """Return what some staff gives at other schools in a term, by staff member.

    At a second school as many periods as the written order says, else as the plans there give.
    Six queries where anybody has another school, else one.
    """
    posts = list(
        Appointment.objects.unscoped(because=BECAUSE)
        .filter(in_force(on), staff_member_id__in=member_ids)
        .exclude(unit_id=school_id)
    )
    if not posts:
        return {}
    planned = _planned({post.staff_member_id for post in posts}, school_id, on, term, weeks)
    names = names_on({post.unit_id for post in posts}, on)
    found: defaultdict[int, list[Elsewhere]] = defaultdict(list)
    for post in posts:
        asked = Fraction(post.weekly_periods or 0)
        periods = asked or planned.get((post.staff_member_id, post.unit_id), Fraction(0))
        if periods:
            name = names.get(post.unit_id, "")
            found[post.staff_member_id].append(
                Elsewhere(post.unit_id, name, periods, is_main=post.is_primary)
            )
    return found


def _planned(
    member_ids: set[int], school_id: int, on: date, term: int, weeks: tuple[int, int]
) -> dict[tuple[int, int], Fraction]:
    """Return the periods a week that plans of other schools give them, by member and school."""
    rows = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), staff_member_id__in=member_ids
    )
    rooms = rows.exclude(school_id=school_id).values("homeroom_class_id")
    subjects = list(
        ClassSubject.objects.unscoped(because=BECAUSE).filter(homeroom_class_id__in=rooms)
    )
    givers = givers_of(subjects, on=on)
    first, length = sum(weeks[:term]), weeks[term]
    found: defaultdict[tuple[int, int], Fraction] = defaultdict(Fraction)
    for subject in subjects:
        for giver in givers.get(subject.pk, []):
            member_id = giver.teaching.staff_member_id
            if member_id in member_ids:
                given = sum(giver.weeks[first : first + length])
                found[member_id, subject.school_id] += Fraction(given, length)
    return found
