"""Reading people for somebody: one person, former names, codes, numbers that contradict."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.memo import memo
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.kernel.words import name_has
from khuevan.platform.accounts.api import Person
from khuevan.platform.areas.api import TWO_LEVELS_SINCE, Area, successors_of
from khuevan.registry.people.errors import KeptElsewhere
from khuevan.registry.people.models import (
    KEPT_BY,
    PERSON_ANCHORS,
    Address,
    CodeKind,
    Contact,
    ContactKind,
    NumberReview,
    PersonCode,
    PersonName,
)
from khuevan.registry.people.permissions import (
    EDIT_PERSONS,
    VIEW_ADDRESSES,
    VIEW_DOUBTS,
    VIEW_PERSONS,
)
from khuevan.registry.people.rules import LIFELONG_SINCE
from khuevan.registry.people.sources import code_homes, record_urls

M = TypeVar("M", bound=Model)
FOUND = "only narrows rows that the caller reaches through a scope"


def persons(actor: Actor, permission: Permission) -> ScopedQuerySet[Person]:
    """Return the people the actor reaches as pupils, staff or guardians, or one by one."""
    rows: ScopedQuerySet[Person] = Person.objects.get_queryset()
    return rows.visible_through(PERSON_ANCHORS, actor, permission)


def get_person_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_PERSONS) -> Person:
    """Return a person in reach.

    :raises NotFound: when there is none, or not for this actor
    """
    return persons(actor, permission).one(uuid)


def allows(actor: Actor, person: Person, permission: Permission) -> bool:
    """Return whether the actor holds a permission on a person reached already."""
    return actor.may(permission) and persons(actor, permission).filter(pk=person.pk).exists()


def kept_persons(actor: Actor) -> ScopedQuerySet[Person]:
    """Return the people whose own row the actor may change: who mainly studies or works there.

    Whoever is known as somebody's parent alone is not among them, whether or not another school
    knows them too: an answer that told the two apart would tell of a child elsewhere.
    """
    rows: ScopedQuerySet[Person] = Person.objects.get_queryset()
    return rows.visible_through(KEPT_BY, actor, EDIT_PERSONS)


def get_person_kept(actor: Actor, uuid: UUID) -> Person:
    """Return a person whose own row the actor may change.

    :raises NotFound: when there is none, or not for this actor
    :raises KeptElsewhere: when the actor reaches the person, but as a parent or beside the main
        school or workplace alone
    """
    person = kept_persons(actor).filter(uuid=uuid).first()
    if person is None:
        get_person_for(actor, uuid, EDIT_PERSONS)
        raise KeptElsewhere
    return person


def former_names_of(actor: Actor, person: Person) -> list[PersonName]:
    """Return the names somebody bore before, newest first."""
    rows = PersonName.objects.visible_to(actor, VIEW_PERSONS).filter(person=person)
    return list(rows.order_by("-ends_on", "-pk"))


MOST_LISTED, MOST_SEARCHED = 40_000, 5_000
"""More bearers of a name than these are soon met in any list; in the search box any of them do."""
SECONDS_KEPT = 2


@memo(seconds=SECONDS_KEPT, size=16)
def bearers(words: str, *, most: int) -> list[int] | None:
    """Return the ids of the people with these words in the name; None when more than `most`.

    Tells of nobody: rows in reach are narrowed with it. One search asks for several kinds of rows.
    """
    rows = Person.objects.unscoped(because=FOUND).filter(name_has(words))
    found = list(rows.values_list("pk", flat=True)[: most + 1])
    return found if len(found) <= most else None


def with_name(rows: QuerySet[M], words: str, *, most: int = MOST_LISTED) -> QuerySet[M]:
    """Keep the rows of people with these words in the name.

    Few are told one by one. Bearers of one given name stand together in the order of names, which
    the planner can't know: it would walk a whole province for the first page of them.
    """
    found = bearers(words, most=most)
    if found is None:
        return rows.filter(name_has(words, field="person__search_name"))
    keys = rows.filter(person_id__in=found).order_by().values_list("pk", flat=True)
    return rows.filter(pk__in=list(keys))


def once_named(words: str) -> QuerySet[PersonName]:
    """Return former names that have all these words: to narrow people in reach with."""
    return PersonName.objects.unscoped(because=FOUND).filter(name_has(words))


def once_coded(code: str) -> QuerySet[PersonCode]:
    """Return codes that read so, in force or replaced: to narrow people in reach with."""
    return PersonCode.objects.unscoped(because=FOUND).filter(code=code.strip().upper())


def former_names(person_ids: Collection[int], words: str) -> dict[int, str]:
    """Return the former name by which each of these people was found."""
    rows = once_named(words).filter(person_id__in=person_ids).order_by("ends_on", "pk")
    return {row.person_id: row.full_name for row in rows}


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code of somebody for a period; masked where only the number itself is told."""

    kind: str
    code: str
    issuer: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    replaced_by: str = ""


LIFELONG = "LIFELONG"
NUMBER = "NUMBER"


def codes_of(actor: Actor, person: Person, *, on: date) -> list[CodeLine]:
    """Return somebody's codes: those in force first, then those that were replaced."""
    lines = []
    if person.personal_number:
        lines.append(CodeLine(NUMBER, person.personal_number))
        if on >= LIFELONG_SINCE:
            number = person.personal_number
            lines.append(CodeLine(LIFELONG, number, starts_on=LIFELONG_SINCE))
    for kind, home in code_homes.items():
        current = home.read(person.pk)
        if current:
            lines.append(CodeLine(kind, current))
    rows = PersonCode.objects.visible_to(actor, VIEW_PERSONS).filter(person=person)
    kept = [
        CodeLine(row.kind, row.code, row.issuer, row.starts_on, row.ends_on, row.replaced_by)
        for row in rows.order_by("-starts_on", "-pk")
    ]
    current_lines = [one for one in kept if one.ends_on is None or one.ends_on > on]
    return [*lines, *current_lines, *(one for one in kept if one not in current_lines)]


def temporary_code_of(person_id: int) -> PersonCode | None:
    """Return the temporary code in force of somebody reached already."""
    rows = PersonCode.objects.unscoped(because="the caller reached the person through a scope")
    return rows.filter(person_id=person_id, kind=CodeKind.TEMPORARY, ends_on__isnull=True).first()


def doubted(actor: Actor) -> ScopedQuerySet[Person]:
    """Return the people in reach whose number contradicts the record, but for confirmed ones."""
    seen = NumberReview.objects.unscoped(because=FOUND).filter(
        person_id=OuterRef("pk"),
        personal_number=OuterRef("personal_number"),
        doubts=OuterRef("number_doubts"),
    )
    rows = persons(actor, VIEW_DOUBTS).filter(number_doubts__gt=0)
    return rows.filter(~Exists(seen)).order_by("sort_key", "pk")


def is_confirmed(person: Person) -> bool:
    """Return whether somebody confirmed the number as it stands, with the doubts it raises."""
    rows = NumberReview.objects.unscoped(because="the caller reached the person through a scope")
    return rows.filter(
        person=person, personal_number=person.personal_number, doubts=person.number_doubts
    ).exists()


def person_of_record(person_id: int) -> str:
    """Return the page of the record kept on a person, or nothing."""
    return record_urls([person_id]).get(person_id, "")


def bearers_once(words: str, *, limit: int = 200) -> list[int]:
    """Return the ids of some people who bore a name with all these words before.

    Asked apart from today's names: one condition over both tables could use no index of either.
    """
    rows = once_named(words).order_by("person_id").values_list("person_id", flat=True)
    return list(rows.distinct()[:limit])


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One way to reach somebody, in the order in which to try them."""

    kind: str
    value: str
    note: str = ""


def contacts_of(actor: Actor, person: Person) -> list[ContactLine]:
    """Return how somebody is reached; the phone that lists show comes first."""
    rows = Contact.objects.visible_to(actor, VIEW_PERSONS).filter(
        person=person, ends_on__isnull=True
    )
    lines = [ContactLine(row.kind, row.value, row.note) for row in rows.order_by("position", "pk")]
    if person.phone and all(line.value != person.phone for line in lines):
        lines.insert(0, ContactLine(ContactKind.MOBILE, person.phone))
    return lines


def addresses_of_person(actor: Actor, person: Person) -> list[Address]:
    """Return all addresses of somebody, those in force first, then by the day they ended."""
    rows = Address.objects.visible_to(actor, VIEW_ADDRESSES).filter(person=person)
    listed = rows.select_related("area").order_by("kind", "-starts_on", "-pk")
    return sorted(listed, key=lambda row: (row.ends_on is not None, row.kind))


def former_communes(area: Area | None) -> list[Area]:
    """Return the communes that a former commune went into; none for one of today."""
    if area is None or area.ends_on is None:
        return []
    return list(successors_of(area.code, on=TWO_LEVELS_SINCE))
