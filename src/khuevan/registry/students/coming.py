"""A pupil whom a program registers and the records may know: what the form asks, asked once."""

from __future__ import annotations

from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.registry.people.api import VIEW_SENSITIVE
from khuevan.registry.students.errors import KnownHere, OnRollAlready, SensitiveNotYours
from khuevan.registry.students.identity import Facts
from khuevan.registry.students.models import Student
from khuevan.registry.students.selectors import former_pupils, namesakes, pupil_free_to_come
from khuevan.ui.formats import day

GOES_ON, ANOTHER = "GOES_ON", "ANOTHER"


def known_pupil(
    *,
    actor: Actor,
    school_id: int,
    told: Facts,
    personal_number: str | None,
    answer: str,
    on: date,
) -> tuple[Student, bool] | None:
    """Return the pupil whose record goes on, and whether to this school; None when new.

    `answer` is what the caller said to the refusal: GOES_ON, ANOTHER, or nothing yet.

    :raises SensitiveNotYours: when a number is given and the actor may not see numbers there
    :raises KnownHere: when a former pupil of the school may be meant and nothing is said
    :raises OnRollAlready: when one of that name and birth date is on its roll and nothing is said
    :raises AlreadyEnrolled: when another school has the pupil still
    """
    if personal_number and school_id not in actor.reach(VIEW_SENSITIVE, "school"):
        raise SensitiveNotYours
    listed = former_pupils(
        actor=actor, school_id=school_id, told=told, personal_number=personal_number, on=on
    )
    own = [
        row for row in listed if personal_number and row.person.personal_number == personal_number
    ] or listed
    if own and answer == GOES_ON and len(own) == 1:
        return own[0].student, True
    if own and answer != ANOTHER:
        raise KnownHere(name=own[0].person.full_name, day=day(own[0].ends_on))
    if personal_number:
        coming = pupil_free_to_come(told=told, personal_number=personal_number, on=on)
        if coming is not None:
            return coming, False
    if answer != ANOTHER:
        _ask_of_namesakes(actor, school_id, told, on)
    return None


def _ask_of_namesakes(actor: Actor, school_id: int, told: Facts, on: date) -> None:
    found = namesakes(
        actor=actor,
        school_id=school_id,
        full_name=told.full_name,
        birth_date=told.birth_date,
        on=on,
    )
    if found:
        raise OnRollAlready(name=found[0].person.full_name)
