"""A pair as its page shows it: both records side by side, why, and what a merge would do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.accounts.api import Person, Sex
from khuevan.registry.duplicates import facts
from khuevan.registry.duplicates.actions.merging import Versions, merge
from khuevan.registry.duplicates.matching.names import Likeness
from khuevan.registry.duplicates.matching.records import Comparison
from khuevan.registry.duplicates.matching.telling import reasons
from khuevan.registry.duplicates.models import DuplicatePair, PairKind, PersonMerge
from khuevan.registry.duplicates.telling import ROWS
from khuevan.registry.people.api import record_urls, unit_names
from khuevan.registry.staff.api import Appointment, Position, StaffMember
from khuevan.registry.students.api import Guardianship, Student
from khuevan.ui.formats import day, masked

WHY = "two people the caller reached"
CODES = {"moet_code": Student, "staff_code": StaffMember}
ONE, OTHER = "one", "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of both, and which of the two is marked to begin with."""

    name: str
    label: str | Promise
    one: str
    other: str
    marked: str

    @property
    def differs(self) -> bool:
        """Tell whether there is something to choose."""
        return bool(self.one and self.other and self.one != self.other)


def why(pair: DuplicatePair) -> list[str]:
    """Return what speaks for one person and what against, in words."""
    seen = {fact: Likeness(value) for fact, value in pair.seen.items()}
    of_guardians = pair.kind == PairKind.GUARDIAN
    return [str(one) for one in reasons(Comparison(**seen), of_guardians=of_guardians)]


def lines_of(pair: DuplicatePair, chosen: Mapping[str, str]) -> list[Line]:
    """Return the facts of both people side by side; the number is masked."""
    kept: Any = StaffMember if pair.kind == PairKind.STAFF else Student
    rows = kept.objects.unscoped(because=WHY).filter(person__in=(pair.one, pair.other))
    coded: dict[int, Student | StaffMember] = {row.person_id: row for row in rows}
    lines = []
    for name, fact in facts.CHOSEN.items():
        one, other = (
            _told(name, person, coded.get(person.pk)) for person in (pair.one, pair.other)
        )
        if one or other:
            marked = chosen.get(name) or chosen.get("kept") or (ONE if one else OTHER)
            lines.append(Line(name, fact.label, one, other, marked))
    return lines


def _told(name: str, person: Person, coded: Student | StaffMember | None) -> str:
    if name == "name":
        return person.full_name
    if name == "birth_date":
        return day(person.birth_date) if person.birth_date else str(person.birth_year or "")
    if name == "sex":
        return str(Sex(person.sex).label) if person.sex else ""
    if name == "personal_number":
        return masked(person.personal_number) if person.personal_number else ""
    if name in CODES:
        return (coded.moet_code or "") if isinstance(coded, CODES[name]) else ""
    return person.phone


def heads(pair: DuplicatePair, actor: Actor) -> list[dict[str, Any]]:
    """Return who both are: name, where, the family or the positions, the page of the record."""
    ids = (pair.one_id, pair.other_id)
    units, urls = unit_names(ids, actor.today), record_urls(ids)
    beside = _positions(ids) if pair.kind == PairKind.STAFF else _families(ids)
    return [
        {
            "side": side,
            "name": person.full_name,
            "unit": units.get(person.pk, ""),
            "url": urls.get(person.pk, ""),
            "beside": beside.get(person.pk, ""),
        }
        for side, person in ((ONE, pair.one), (OTHER, pair.other))
    ]


def _positions(ids: Collection[int]) -> dict[int, str]:
    """Return what somebody works as and since when, the newest first."""
    rows = Appointment.objects.unscoped(because=WHY).filter(person__in=ids)
    told: dict[int, list[str]] = {}
    for row in rows.order_by("-starts_on", "-pk"):
        words = {"position": Position(row.position).label, "since": day(row.starts_on)}
        if row.ends_on:
            text = _("%(position)s, %(since)s to %(until)s") % {**words, "until": day(row.ends_on)}
        else:
            text = _("%(position)s, since %(since)s") % words
        told.setdefault(row.person_id, []).append(text)
    return {pk: "; ".join(texts) for pk, texts in told.items()}


def _families(ids: Collection[int]) -> dict[int, str]:
    """Return whose child somebody is, or whose parent: the names of the others."""
    rows = Guardianship.objects.unscoped(because=WHY).filter(ends_on__isnull=True)
    told: dict[int, list[str]] = {}
    of_child = rows.filter(student_person__in=ids).select_related("guardian")
    for row in of_child.order_by("contact_order", "pk"):
        told.setdefault(row.student_person_id, []).append(row.full_name)
    of_parent = rows.filter(guardian__in=ids).select_related("student_person")
    for row in of_parent.order_by("pk"):
        told.setdefault(row.guardian_id, []).append(row.student_person.full_name)
    return {pk: ", ".join(names) for pk, names in told.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a merge would do, or why it is refused."""

    moves: str = ""
    removes: str = ""
    refusal: str = ""


class _TryOnly(Exception):
    """Takes a tried merge back."""


def try_out(*, actor: Actor, pair: DuplicatePair, keeps_one: bool, now: datetime) -> Outcome:
    """Return what making the pair one would do: it is done and taken back at once."""
    kept, given_up = (pair.one, pair.other) if keeps_one else (pair.other, pair.one)
    outcome = Outcome()
    try:
        with transaction.atomic():
            made = merge(
                actor=actor,
                pair=pair.uuid,
                kept=kept.uuid,
                versions=Versions(kept.version, given_up.version),
                taken=(),
                reason="-",
                now=now,
            )
            outcome = Outcome(moves=moves_of(made), removes=removes_of(made))
            raise _TryOnly
    except _TryOnly:
        return outcome
    except DomainError as error:
        return Outcome(refusal=str(error))


def moves_of(made: PersonMerge) -> str:
    """Return how many rows changed hands, by kind."""
    counted: dict[str, set[Any]] = {}
    for link, keys in made.moved.items():
        counted.setdefault(link.rsplit(".", 1)[0], set()).update(keys)
    return _counted({model: len(keys) for model, keys in counted.items()})


def removes_of(made: PersonMerge) -> str:
    """Return how many rows stood twice and were removed, by kind."""
    counted: dict[str, int] = {}
    known = {name.lower(): name for name in ROWS}
    for row in made.removed:
        name = known.get(row["model"], row["model"])
        counted[name] = counted.get(name, 0) + 1
    return _counted(counted)


def _counted(found: Mapping[str, int]) -> str:
    told = [
        _("%(count)s × %(what)s") % {"count": count, "what": ROWS[model]}
        for model, count in found.items()
        if model in ROWS and count
    ]
    rest = sum(count for model, count in found.items() if model not in ROWS)
    if rest:
        told.append(
            ngettext("%(count)s other entry", "%(count)s other entries", rest) % {"count": rest}
        )
    return ", ".join(told)


def record_url(person_id: int) -> str:
    """Return the page of somebody's record, if one is kept."""
    return record_urls([person_id]).get(person_id, "")
