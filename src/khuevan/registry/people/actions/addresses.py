"""Where somebody lives: set by lists, moved from a day on, carried over to today's communes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.accounts.api import Person
from khuevan.platform.areas.api import TWO_LEVELS_SINCE, Area, AreaKind, areas_on, successors_of
from khuevan.registry.people import audit_codes, rules
from khuevan.registry.people.actions.common import day_of, lock_person, note
from khuevan.registry.people.errors import (
    NoSuchDay,
    NotACommune,
    NotOfOldAreas,
    ReasonNeeded,
    WhichCommune,
)
from khuevan.registry.people.models import Address, AddressKind
from khuevan.ui.formats import day

BECAUSE = "the caller holds the persons' rows locked"
LONGEST = 250


def set_addresses(details: Mapping[tuple[int, str], str]) -> None:
    """Set current addresses by person and kind, for one person or many, in three statements.

    A step inside the caller's transaction.
    """
    rows = Address.objects.unscoped(because=BECAUSE).filter(
        person_id__in={person_id for person_id, _kind in details}, ends_on__isnull=True
    )
    known = {(row.person_id, row.kind): row for row in rows}
    changed = [known[key] for key, text in details.items() if key in known]
    for row in changed:
        row.detail = details[row.person_id, row.kind]
    if changed:
        Address.objects.unscoped(because=BECAUSE).bulk_update(changed, ["detail"])
    Address.objects.bulk_create(
        Address(person_id=person_id, kind=kind, detail=text)
        for (person_id, kind), text in details.items()
        if (person_id, kind) not in known
    )


@transaction.atomic
def move_address(
    *,
    actor: Actor,
    uuid: UUID,
    kind: AddressKind,
    detail: str,
    area_code: str,
    on: date,
    now: datetime,
) -> Address:
    """Record that somebody lives elsewhere from a day on; the address before ends on it.

    :raises ReasonNeeded: when neither words nor a commune are given
    :raises NoSuchDay: not after the day on which the address before began, or ahead of today
    :raises NotACommune: when no commune of that day has the code
    """
    person = lock_person(actor, uuid)
    text, area = normalize(detail)[:LONGEST], _commune(area_code, on)
    if not text and area is None:
        raise ReasonNeeded
    today = day_of(now)
    held = _current(person, kind)
    earliest = (held.starts_on if held else None) or person.birth_date or rules.EARLIEST_CHANGE
    if not earliest <= on <= today or (held and held.starts_on == on):
        raise NoSuchDay(earliest=day(earliest), latest=day(today))
    if held is not None:
        held.ends_on = on
        held.save(update_fields=["ends_on"])
    moved = Address.objects.create(person=person, kind=kind, detail=text, area=area, starts_on=on)
    note(audit_codes.MOVED, actor=actor, person=person, now=now, details={"kind": kind.value})
    return moved


@transaction.atomic
def convert_address(
    *, actor: Actor, uuid: UUID, address: UUID, now: datetime, area_code: str = ""
) -> Address:
    """Carry an address of a former commune over to the one it went into; its words are kept.

    :raises NotOfOldAreas: when its commune is one of today, or none is known
    :raises WhichCommune: when the commune went into several and none of them is named
    """
    person = lock_person(actor, uuid)
    held = _of_person(person, address)
    if held.area is None or held.area.ends_on is None or held.ends_on is not None:
        raise NotOfOldAreas
    became = list(successors_of(held.area.code, on=TWO_LEVELS_SINCE))
    chosen = _choose(held.area, became, area_code)
    former = [held.area.full_name, *_names_above(held.area)]
    held.ends_on = TWO_LEVELS_SINCE
    if held.starts_on is not None and held.starts_on >= TWO_LEVELS_SINCE:
        held.ends_on = held.starts_on + timedelta(days=1)
    held.save(update_fields=["ends_on"])
    carried = Address.objects.create(
        person=person,
        kind=held.kind,
        detail=rules.without_places(held.detail, former),
        original=held.original or held.detail,
        area=chosen,
        starts_on=held.ends_on,
    )
    told = {"kind": held.kind, "from": held.area.full_name, "to": chosen.full_name}
    note(audit_codes.CONVERTED, actor=actor, person=person, now=now, details=told)
    return carried


def _choose(former: Area, became: list[Area], code: str) -> Area:
    if not became:
        raise NotOfOldAreas
    if not code and len(became) == 1:
        return became[0]
    for area in became:
        if area.code == code:
            return area
    raise WhichCommune(former=former.full_name, names=", ".join(area.full_name for area in became))


def _names_above(area: Area) -> list[str]:
    names, code = [], area.parent_code
    before = TWO_LEVELS_SINCE - timedelta(days=1)
    while code:
        above = areas_on(before).filter(code=code).first()
        if above is None:
            break
        names.append(above.full_name)
        code = above.parent_code
    return names


def _commune(code: str, on: date) -> Area | None:
    if not code:
        return None
    found = areas_on(on).filter(code=code, kind=AreaKind.COMMUNE).first()
    if found is None:
        raise NotACommune(day=day(on))
    return found


def _current(person: Person, kind: AddressKind) -> Address | None:
    rows = Address.objects.unscoped(because=BECAUSE)
    return rows.filter(person=person, kind=kind, ends_on__isnull=True).first()


def _of_person(person: Person, address: UUID) -> Address:
    rows = Address.objects.unscoped(because=BECAUSE).select_related("area")
    found = rows.filter(person=person, uuid=address).first()
    if found is None:
        raise NotFound
    return found
