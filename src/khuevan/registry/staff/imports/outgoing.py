"""A school's staff as the rows of the list in which they come in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.organizations.api import OrgUnit, UnitKind, version_of, versions_on
from khuevan.platform.sheets.api import format_date
from khuevan.registry.staff.imports.plan import SEXES
from khuevan.registry.staff.imports.words import AWAY, WORKING, word_lists
from khuevan.registry.staff.models import Appointment
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.selectors import on_leave


def rows(actor: Actor, unit_id: int, on: date) -> Iterator[Mapping[str, str]]:
    """Yield the staff of a school on a day, each once by their main position there, by name."""
    held = Appointment.objects.visible_to(actor, MANAGE_STAFF).filter(in_force(on), unit_id=unit_id)
    listed = held.select_related("person", "staff_member").order_by(
        "person__sort_key", "person_id", "-is_primary", "pk"
    )
    version, unit, words = version_of(unit_id, on=on), OrgUnit.objects.get(pk=unit_id), word_lists()
    away = set(on_leave(on).filter(staff_member_id__in=[one.staff_member_id for one in listed]))
    office = _office_above(unit_id, on)
    seen: set[int] = set()
    for one in listed:
        if one.person_id in seen:
            continue
        seen.add(one.person_id)
        person = one.person
        yield {
            "ordinal": str(len(seen)),
            "office": office,
            "school_code": unit.code,
            "school_name": version.name if version else "",
            "moet_code": one.staff_member.moet_code or "",
            "full_name": person.full_name,
            "birth_date": format_date(person.birth_date) if person.birth_date else "",
            "sex": SEXES.get(person.sex, ""),
            "ethnicity": words["ethnic_groups"].name_of(person.ethnicity_code)
            if person.ethnicity_code
            else "",
            "state": words["states"].name_of(AWAY if one.staff_member_id in away else WORKING),
            "personal_number": person.personal_number or "",
            "phone": person.phone,
            "position": words["positions"].name_of(one.position),
            "employment": words["employments"].name_of(one.employment) if one.employment else "",
            "starts_on": format_date(one.starts_on),
        }


def _office_above(unit_id: int, on: date) -> str:
    """Return the commune's committee that manages a school, in the words of the ministry's file."""
    unit = versions_on(on).filter(unit_id=unit_id).select_related("parent").first()
    above = unit.parent if unit else None
    if above is None or above.kind != UnitKind.COMMUNE:
        return ""
    version = version_of(above.pk, on=on)
    return version.name if version else ""
