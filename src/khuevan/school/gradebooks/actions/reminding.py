"""Reminding teachers of marks that are missing: once a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.notifications.api import notify
from khuevan.registry.schools.api import AcademicYear, School
from khuevan.school.gradebooks.errors import NobodyToRemind, RemindedToday
from khuevan.school.gradebooks.models import MarksReminder
from khuevan.school.gradebooks.notices import MARKS_MISSING
from khuevan.school.gradebooks.periods import period_name
from khuevan.school.gradebooks.permissions import MANAGE_BOOKS
from khuevan.school.gradebooks.selectors.progress import Progress, progress_of


@transaction.atomic
def remind_teachers(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    level: str,
    period: int,
    now: datetime,
) -> int:
    """Tell each teacher who answers for gradebooks with gaps which they are; return how many.

    :raises NotFound: when the actor doesn't keep this school's gradebooks
    :raises NobodyToRemind: when nothing is missing, or nobody answers for it
    :raises RemindedToday: when they were told today
    """
    if school.pk not in actor.reach(MANAGE_BOOKS, "school"):
        raise NotFound
    rows = progress_of(
        actor=actor,
        school=school,
        year=year,
        level=level,
        period=period,
        on=actor.today,
        permission=MANAGE_BOOKS,
    )
    by_person: defaultdict[int, list[Progress]] = defaultdict(list)
    for one in rows:
        if not one.is_complete and one.answers is not None:
            by_person[one.answers.member.person_id].append(one)
    if not by_person:
        raise NobodyToRemind
    try:
        with transaction.atomic():
            MarksReminder.objects.create(
                school=school,
                level=level,
                period=period,
                sent_on=actor.today,
                told=len(by_person),
            )
    except IntegrityError as error:
        raise RemindedToday from error
    for person, found in sorted(by_person.items()):
        params = {
            "period": period_name(level, period),
            "books": ", ".join(
                f"{one.book.subject_name} {one.book.homeroom_class.name}" for one in found
            ),
            "count": sum(one.missing for one in found),
        }
        notify([person], MARKS_MISSING, now=now, params=params, link="")
    return len(by_person)
