"""The roles of a person and the course of a life, gathered from every app that knows of some."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import last_day
from khuevan.platform.accounts.api import Person
from khuevan.registry.people.models import AddressKind, CodeKind
from khuevan.registry.people.permissions import VIEW_ADDRESSES
from khuevan.registry.people.selectors import (
    LIFELONG,
    NUMBER,
    CodeLine,
    addresses_of_person,
    former_names_of,
)
from khuevan.registry.people.sources import RoleLine, role_sources
from khuevan.registry.people.story import BORN, Happening
from khuevan.ui.formats import day, masked


def roles_of(actor: Actor, person: Person, on: date) -> list[dict[str, Any]]:
    """Return what a person is and was within the actor's scope: what holds first."""
    lines = [line for source in role_sources for line in source.roles(actor, person, on)]
    lines.sort(key=lambda line: (not _holds(line, on), -(line.starts_on or date.min).toordinal()))
    return [
        {
            "name": line.label,
            "letter": line.label[:1],
            "role": "" if _holds(line, on) else _("before"),
            "text": " · ".join(part for part in (line.place, _period(line)) if part),
            "url": line.url,
        }
        for line in lines
    ]


def life_of(actor: Actor, person: Person) -> list[Happening]:
    """Return what happened to a person within the actor's scope, newest first."""
    events = [one for source in role_sources for one in source.events(actor, person)]
    events += _own_events(actor, person)
    if person.birth_date is not None:
        events.append(Happening(on=person.birth_date, title=_("Born"), icon="user", rank=BORN))
    return sorted(events, key=lambda one: one.moment, reverse=True)


def code_shown(one: CodeLine) -> str:
    """Return a code as lists and programs show it: numbers of persons and passports masked."""
    if one.kind in (NUMBER, LIFELONG):
        return masked(one.code)
    if one.kind == CodeKind.PASSPORT:
        return masked(one.code, head=2, tail=2)
    return one.code


def _own_events(actor: Actor, person: Person) -> list[Happening]:
    found = []
    for one in former_names_of(actor, person):
        told = {"former": one.full_name}
        title = _("New name; before it %(former)s") % told
        text = " · ".join(part for part in (one.reason, one.decision) if part)
        found.append(Happening(on=one.ends_on, title=title, text=text, icon="pencil"))
    if not actor.may(VIEW_ADDRESSES):
        return found
    for row in addresses_of_person(actor, person):
        if row.starts_on is not None:
            kind = str(AddressKind(row.kind).label)
            place = row.area.full_name if row.area else row.detail
            title = _("%(kind)s: %(place)s") % {"kind": kind, "place": place}
            found.append(Happening(on=row.starts_on, title=title, icon="map-pin"))
    return found


def _holds(line: RoleLine, on: date) -> bool:
    return line.ends_on is None or line.ends_on > on


def _period(line: RoleLine) -> str:
    if line.ends_on is not None:
        first = day(line.starts_on) if line.starts_on else "…"
        return _("%(first)s to %(last)s") % {"first": first, "last": day(last_day(line.ends_on))}
    return _("from %(day)s") % {"day": day(line.starts_on)} if line.starts_on else ""
