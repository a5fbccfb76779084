"""Guardians of pupils: one parent of brothers and sisters, and what each school was told of them.

A person is changed, and recognized, by whoever reaches everybody they answer for. What a school
says of a parent beyond its reach stays with the guardianships of its own pupils (docs/adr/0008).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import not_over
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.kernel.vietnamese import fold, match_key, split_name
from khuevan.platform.access.api import (
    GrantSpec,
    derive_grants,
    end_derived_grants,
    holders_of_more,
)
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import write_new
from khuevan.registry.students.data import GuardianData
from khuevan.registry.students.facts import GUARDIANSHIP, guardianship_key, home_schools
from khuevan.registry.students.following import LONG_AGO
from khuevan.registry.students.models import Guardianship, Student
from khuevan.registry.students.rules import comes_of_age_on

_BATCH = 1000
_LOCKED = "the pupils' own guardians, already locked"

_GuardianKey = tuple[str, int, str]
Told = tuple[Student, GuardianData]


def write_guardians(listed: Sequence[Told], *, actor: Actor, permission: Permission) -> int:
    """Write guardians of pupils; brothers and sisters within reach share the same person.

    Two guardians are one person when name, birth year and phone are all given and equal.
    """
    people = _known_guardians([data for _student, data in listed], actor, permission)
    chosen = []
    new: list[Person] = []
    for _student, data in listed:
        key = _guardian_key(data)
        person = people.get(key) if key else None
        if person is None:
            person = _build_guardian(data)
            new.append(person)
            if key:
                people[key] = person
        chosen.append(person)
    write_new(new)
    rows = [
        _build_guardianship(student, data, person)
        for (student, data), person in zip(listed, chosen, strict=True)
    ]
    write_new(rows)
    derive_grants(_guardian_grants(rows))
    return len(rows)


def merge_guardians(
    wanted: Sequence[Told], *, actor: Actor, permission: Permission, on: date
) -> None:
    """Update guardians known by relation, replace those who are others, add the new ones.

    None is removed by a list that leaves them out, and none comes back by one who was ended for a
    reason: that takes `restore_guardian`.
    """
    if not wanted:
        return
    ids = {student.pk for student, _data in wanted}
    known = _known_guardianships(ids, on=on)
    ended = ended_guardians(ids)
    new, kept = [], []
    for student, data in wanted:
        row = known.get((student.pk, data.relation))
        if row is not None and is_same_guardian(row.guardian, data):
            kept.append((row, data))
        elif not was_ended(ended, student.pk, data):
            new.append((student, data))
            if row is not None:
                _end_guardianship(row, on=on)
    if kept:
        _update_guardians(kept, actor, permission)
    if new:
        write_guardians(new, actor=actor, permission=permission)


def ended_guardians(student_ids: Collection[int]) -> dict[tuple[int, str], list[Person]]:
    """Return whose guardianship was ended for a reason, by pupil and relation."""
    rows = (
        Guardianship.objects.unscoped(because=_LOCKED)
        .filter(student_id__in=student_ids)
        .exclude(end_reason="")
        .select_related("guardian")
    )
    found: dict[tuple[int, str], list[Person]] = {}
    for row in rows:
        found.setdefault((row.student_id, row.relation), []).append(row.guardian)
    return found


def was_ended(
    ended: Mapping[tuple[int, str], Sequence[Person]], student_id: int, data: GuardianData
) -> bool:
    """Return whether a list names somebody whose guardianship was ended for a reason."""
    former = ended.get((student_id, data.relation), ())
    return any(match_key(one.full_name) == match_key(data.full_name) for one in former)


def is_same_guardian(person: Person, data: GuardianData) -> bool:
    """Return whether a name is another spelling of a known guardian's: the given name decides.

    Somebody else under the same relation must not inherit the former one's sign-in and children.
    """
    return fold(split_name(data.full_name)[2]) == fold(person.given_name)


def _known_guardianships(student_ids: set[int], *, on: date) -> dict[tuple[int, str], Guardianship]:
    """Return the guardianships that hold by pupil and relation; brothers share one parent."""
    rows = (
        Guardianship.objects.unscoped(because=_LOCKED)
        .filter(not_over(on), student_id__in=student_ids)
        .select_related("guardian")
        .order_by("-pk")
    )
    people: dict[int, Person] = {}
    known = {}
    for row in rows:
        row.guardian = people.setdefault(row.guardian_id, row.guardian)
        known[row.student_id, row.relation] = row
    return known


def _end_guardianship(row: Guardianship, *, on: date) -> None:
    row.ends_on = on
    row.save(update_fields=["ends_on"])
    end_derived_grants(source_key=guardianship_key(row.pk), on=on)


def _update_guardians(
    kept: Sequence[tuple[Guardianship, GuardianData]], actor: Actor, permission: Permission
) -> None:
    """Write what is new of known guardians: a fixed number of statements."""
    others = _beyond_reach({row.guardian_id for row, _data in kept}, actor, permission)
    people: dict[int, Person] = {}
    columns, worked = {"version"}, []
    for row, data in kept:
        changed = set() if row.guardian_id in others else _change_guardian(row.guardian, data)
        if changed:
            people[row.guardian_id] = row.guardian
            columns |= changed
        if data.occupation and data.occupation != row.occupation:
            row.occupation = data.occupation
            worked.append(row)
    if people:
        Person.objects.unscoped(because=_LOCKED).bulk_update(people.values(), sorted(columns))
    if worked:
        Guardianship.objects.unscoped(because=_LOCKED).bulk_update(worked, ["occupation"])
    _tell_all(kept, _in_reach(actor, permission))


def _beyond_reach(people: set[int], actor: Actor, permission: Permission) -> set[int]:
    """Return who of these is more than the guardian of pupils whom the actor reaches.

    They have a child elsewhere, or are a pupil or an employee themselves.
    """
    reached = Student.objects.visible_to(actor, permission).filter(
        guardianships__guardian_id__in=people
    )
    elsewhere = (
        Guardianship.objects.unscoped(because="whether another knows a parent, never who")
        .filter(guardian_id__in=people)
        .exclude(student_id__in=reached.values("pk"))
        .values_list("guardian_id", flat=True)
    )
    return {*elsewhere, *holders_of_more(people, than=GUARDIANSHIP)}


def _in_reach(actor: Actor, permission: Permission) -> ScopedQuerySet[Guardianship]:
    rows = Guardianship.objects.visible_to(actor, permission)
    return rows.select_related("guardian").order_by("pk")


def _tell_all(
    kept: Sequence[tuple[Guardianship, GuardianData]], rows: ScopedQuerySet[Guardianship]
) -> None:
    """Let all children within reach know the same of their parent."""
    told: dict[int, list[GuardianData]] = {}
    for row, data in kept:
        told.setdefault(row.guardian_id, []).append(data)
    changed = []
    for row in rows.filter(guardian_id__in=told):
        before = _told(row)
        for data in told[row.guardian_id]:
            _tell(row, data)
        if _told(row) != before:
            changed.append(row)
    if changed:
        Guardianship.objects.unscoped(because=_LOCKED).bulk_update(
            changed, ["told_name", "told_birth_year", "told_phone"], batch_size=_BATCH
        )


def _told(row: Guardianship) -> tuple[str, int | None, str]:
    return row.told_name, row.told_birth_year, row.told_phone


def _tell(row: Guardianship, data: GuardianData) -> None:
    """Keep with a guardianship what differs from the person's own row. Blank changes nothing."""
    person = row.guardian
    is_alike = match_key(person.full_name) == match_key(data.full_name)
    row.told_name = "" if is_alike else data.full_name
    if data.birth_year:
        same = data.birth_year == person.birth_year
        row.told_birth_year = None if same else data.birth_year
    if data.phone:
        row.told_phone = "" if data.phone == person.phone else data.phone


def _change_guardian(person: Person, data: GuardianData) -> set[str]:
    """Put what a list says of a guardian onto the person and return the columns that change."""
    columns: set[str] = set()
    if match_key(person.full_name) != match_key(data.full_name):
        person.set_name(*split_name(data.full_name))
        columns |= Person.NAME_COLUMNS
    for name, value in (("birth_year", data.birth_year), ("phone", data.phone)):
        if value and value != getattr(person, name):
            setattr(person, name, value)
            columns.add(name)
    person.version += bool(columns)
    return columns


def _guardian_key(data: GuardianData) -> _GuardianKey | None:
    if not (data.birth_year and data.phone):
        return None
    return match_key(data.full_name), data.birth_year, data.phone


def _known_guardians(
    listed: Sequence[GuardianData], actor: Actor, permission: Permission
) -> dict[_GuardianKey, Person]:
    """Return who of these is a guardian of a pupil within reach already: one query."""
    phones = {data.phone for data in listed if _guardian_key(data)}
    if not phones:
        return {}
    rows = (
        _in_reach(actor, permission)
        .annotate(shown_phone=Coalesce(NullIf("told_phone", Value("")), F("guardian__phone")))
        .filter(shown_phone__in=phones)
        .filter(Q(told_birth_year__isnull=False) | Q(guardian__birth_year__isnull=False))
        .order_by("-pk")
    )
    return {
        (match_key(row.full_name), row.birth_year or 0, row.phone): row.guardian for row in rows
    }


def _build_guardian(data: GuardianData) -> Person:
    sex = {"FATHER": "MALE", "MOTHER": "FEMALE"}.get(data.relation, "")
    person = Person(birth_year=data.birth_year, phone=data.phone, sex=sex)
    person.set_name(*split_name(data.full_name))
    return person


def _build_guardianship(student: Student, data: GuardianData, person: Person) -> Guardianship:
    row = Guardianship(
        student=student,
        student_person_id=student.person_id,
        guardian=person,
        relation=data.relation,
        occupation=data.occupation,
        contact_order=1 if data.relation == "MOTHER" else 2,
    )
    _tell(row, data)
    return row


def _guardian_grants(rows: Sequence[Guardianship]) -> Iterator[GrantSpec]:
    """Yield what follows from guardianships; the child's school knows the account."""
    schools = home_schools({row.student_id for row in rows})
    for row in rows:
        yield GrantSpec(
            person_id=row.guardian_id,
            role_code="guardian",
            source_key=guardianship_key(row.pk),
            starts_on=row.student.person.birth_date or LONG_AGO,
            ends_on=comes_of_age_on(row.student.person.birth_date),
            anchor_person_id=row.student_person_id,
            home_unit_id=schools.get(row.student_id),
        )
