"""Reading answers: what each purpose comes to for whom, and who may answer as what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.accounts.api import Person
from khuevan.registry.people.consent_rules import (
    CHILD_SPEAKS_FROM,
    OF_AGE,
    Decision,
    Part,
    Voice,
    decide,
)
from khuevan.registry.people.models import Consent, Photo
from khuevan.registry.people.permissions import VIEW_CONSENTS
from khuevan.registry.people.purposes import Purpose, purpose_of, purposes
from khuevan.registry.people.selectors import persons
from khuevan.registry.people.sources import representatives_of

REACHED = "the caller reached these people through a scope"


def decisions(people: Collection[Person], purpose: Purpose, *, on: date) -> dict[int, Decision]:
    """Return what the answers for a purpose come to, for people reached already: two queries."""
    ids = {person.pk for person in people}
    voices: dict[int, list[Voice]] = {pk: [] for pk in ids}
    rows = Consent.objects.unscoped(because=REACHED).filter(
        subject_id__in=ids, purpose=purpose.key, withdrawn_at__isnull=True
    )
    for row in rows:
        voice = Voice(row.given_by_id, Part(row.capacity), row.is_yes, row.valid_from)
        voices[row.subject_id].append(voice)
    guardians = representatives_of(ids, on)
    return {
        person.pk: decide(
            on,
            is_publication=purpose.is_publication,
            asks_child=purpose.asks_child,
            age=person.age_on(on),
            person_id=person.pk,
            representatives={
                one.person_id for one in guardians.get(person.pk, ()) if one.has_custody
            },
            voices=voices[person.pk],
        )
        for person in people
    }


def may_use(person: Person, key: str, *, on: date) -> bool:
    """Return whether the answers of today allow a use of a person's data."""
    return decisions([person], purpose_of(key, on=on), on=on)[person.pk].is_allowed


def part_of_actor(actor: Actor, person: Person, on: date) -> Part | None:
    """Return as what the actor may answer for a person; None: not at all.

    A guardian whose custody ended, or who has none, answers nothing; nor does a child under 7.
    """
    if actor.person_id is None:
        return None
    age = person.age_on(on)
    if actor.person_id == person.pk:
        return Part.SELF if age is None or age >= CHILD_SPEAKS_FROM else None
    if age is not None and age >= OF_AGE:
        return None
    mine = representatives_of([person.pk], on).get(person.pk, [])
    has_custody = any(one.person_id == actor.person_id and one.has_custody for one in mine)
    return Part.REPRESENTATIVE if has_custody else None


def consents_of(actor: Actor, person: Person) -> ScopedQuerySet[Consent]:
    """Return all answers about a person that the actor may see, newest first."""
    rows = Consent.objects.visible_to(actor, VIEW_CONSENTS).filter(subject=person)
    return rows.select_related("given_by").order_by("-given_at", "-pk")


def waiting(actor: Actor, person: Person, on: date) -> int:
    """Return how many purposes the actor has a say in and has not answered yet."""
    if part_of_actor(actor, person, on) is None:
        return 0
    mine = Consent.objects.unscoped(because="the actor's own answers").filter(
        subject=person, given_by_id=actor.person_id, withdrawn_at__isnull=True
    )
    answered = set(mine.values_list("purpose", flat=True))
    return sum(one.holds(on) and one.key not in answered for one in purposes())


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one purpose: what the answers come to, and those that stand."""

    purpose: Purpose
    decision: Decision
    answers: tuple[Consent, ...]
    own: Consent | None
    """The actor's own answer, when one stands."""


def standings(actor: Actor, person: Person, on: date) -> list[Standing]:
    """Return how it stands with every purpose of a day."""
    rows = [row for row in consents_of(actor, person) if row.withdrawn_at is None]
    found = []
    for purpose in purposes():
        if purpose.holds(on):
            answers = tuple(row for row in rows if row.purpose == purpose.key)
            own = next((row for row in answers if row.given_by_id == actor.person_id), None)
            decision = decisions([person], purpose, on=on)[person.pk]
            found.append(Standing(purpose, decision, answers, own))
    return found


def with_photo(people: Collection[Person]) -> set[int]:
    """Return which of these people, reached already, have a photo."""
    rows = Photo.objects.unscoped(because=REACHED).filter(person__in=people, replaced_at=None)
    return set(rows.values_list("person_id", flat=True))


def cleared(actor: Actor, purpose: Purpose, on: date) -> list[Person]:
    """Return the people in reach of whom a purpose is allowed today, by name."""
    asked = Consent.objects.visible_to(actor, VIEW_CONSENTS).filter(
        purpose=purpose.key, withdrawn_at__isnull=True, is_yes=True
    )
    rows = persons(actor, VIEW_CONSENTS).filter(pk__in=asked.values("subject_id"))
    people = list(rows.order_by("sort_key", "pk"))
    allowed = decisions(people, purpose, on=on)
    return [person for person in people if allowed[person.pk].is_allowed]
