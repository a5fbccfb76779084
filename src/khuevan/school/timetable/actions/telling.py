"""Telling people what a published timetable changes for them, and nobody else."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from khuevan.kernel.periods import in_force, not_over
from khuevan.platform.accounts.api import User
from khuevan.platform.notifications.api import notify
from khuevan.registry.students.api import ClassPlacement, Guardianship
from khuevan.school.timetable.differences import changes_by_class, changes_by_person
from khuevan.school.timetable.models import Timetable
from khuevan.school.timetable.notices import CLASS_WEEK_CHANGED, YOUR_WEEK_CHANGED
from khuevan.school.timetable.selectors.versions import standing_of, timetable_on
from khuevan.ui.formats import day

BECAUSE = "who is to know of a timetable that was just published"
ONE_DAY = timedelta(days=1)


def tell_changes(timetable: Timetable, *, now: datetime) -> None:
    """Tell teachers whose lessons are otherwise than before, and families of such classes.

    A step of the transaction that publishes it.
    """
    before = timetable_on(timetable.school_id, timetable.starts_on - ONE_DAY)
    was, stands = standing_of(before), standing_of(timetable)
    by_count: defaultdict[int, list[int]] = defaultdict(list)
    for person_id, count in changes_by_person(was, stands).items():
        by_count[count].append(person_id)
    since = day(timetable.starts_on)
    link = f"/my/timetable/?on={timetable.starts_on.isoformat()}"
    for count, people in sorted(by_count.items()):
        params = {"day": since, "count": count}
        notify(people, YOUR_WEEK_CHANGED, now=now, params=params, link=link)
    families = _families(timetable)
    for name in sorted(changes_by_class(was, stands)):
        notify(families[name], CLASS_WEEK_CHANGED, now=now, params={"day": since, "room": name})


def _families(timetable: Timetable) -> defaultdict[str, set[int]]:
    """Return pupils and their guardians who sign in, by the name of the class."""
    on = timetable.starts_on
    placed = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on),
        school_id=timetable.school_id,
        homeroom_class__academic_year_id=timetable.academic_year_id,
    )
    class_of = dict(placed.values_list("person_id", "homeroom_class__name"))
    people: defaultdict[str, set[int]] = defaultdict(set)
    for person_id, name in class_of.items():
        people[name].add(person_id)
    for pupil_id, guardian_id in _guardians(set(class_of), on):
        people[class_of[pupil_id]].add(guardian_id)
    everybody = {one for found in people.values() for one in found}
    users = User.objects.unscoped(because=BECAUSE).filter(person_id__in=everybody)
    signing_in = set(users.values_list("person_id", flat=True))
    for found in people.values():
        found &= signing_in
    return people


def people_of_class(class_id: int, on: date) -> set[int]:
    """Return the pupils of a class on a day and their guardians, of those who sign in."""
    placed = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id=class_id
    )
    pupils = set(placed.values_list("person_id", flat=True))
    everybody = pupils | {guardian for _pupil, guardian in _guardians(pupils, on)}
    users = User.objects.unscoped(because=BECAUSE).filter(person_id__in=everybody)
    return set(users.values_list("person_id", flat=True))


def _guardians(pupil_ids: set[int], on: date) -> list[tuple[int, int]]:
    """Return who answers for whom on a day; whom custody or a court keeps out is left out."""
    rows = Guardianship.objects.unscoped(because=BECAUSE)
    limited = rows.filter(in_force(on, "limits"), student_person_id__in=pupil_ids)
    told = rows.filter(not_over(on), student_person_id__in=pupil_ids)
    told = told.exclude(pk__in=limited.values("pk"))
    return list(told.values_list("student_person_id", "guardian_id"))
