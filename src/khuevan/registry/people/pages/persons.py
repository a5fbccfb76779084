"""One person with many roles: who it is, codes, contacts, addresses; and the course of a life."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import last_day
from khuevan.platform.accounts.api import Person, Sex
from khuevan.platform.codes.api import code_table
from khuevan.registry.people import actions
from khuevan.registry.people.frame import person_frame
from khuevan.registry.people.life import code_shown, life_of, roles_of
from khuevan.registry.people.models import Address, AddressKind, CodeKind, ContactKind
from khuevan.registry.people.permissions import VIEW_ADDRESSES, VIEW_PERSONS
from khuevan.registry.people.rules import with_place
from khuevan.registry.people.selectors import (
    LIFELONG,
    NUMBER,
    CodeLine,
    addresses_of_person,
    codes_of,
    contacts_of,
    former_names_of,
    get_person_for,
    temporary_code_of,
)
from khuevan.ui.formats import day, number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Cell, Head, Pill, ReadyTable, Row


@page(VIEW_PERSONS, methods=("GET",))
def person(request: Request, uuid: UUID) -> HttpResponse:
    """Show who somebody is, by which codes they are known, how and where they are found."""
    found = _opened(request, uuid, "person")
    actor, frame = request.actor, person_frame(request, found, "person")
    temporary = temporary_code_of(found.pk)
    context = {
        **frame,
        "facts": _facts(actor, found),
        "former": _former_names(actor, found),
        "codes": _codes(actor, found),
        "temporary": temporary,
        "may_issue": frame["may_edit"] and temporary is None and not _is_known(actor, found),
        "contacts": [
            {"name": one.value, "letter": str(place), "text": one.note, "role": _kind(one.kind)}
            for place, one in enumerate(contacts_of(actor, found), start=1)
        ],
        "addresses": _addresses(actor, found, may_edit=frame["may_edit"]),
        "sees_addresses": actor.may(VIEW_ADDRESSES),
        "roles": roles_of(actor, found, actor.today),
    }
    return render_page(request, "people/person.html", context)


@page(VIEW_PERSONS, methods=("GET",))
def life(request: Request, uuid: UUID) -> HttpResponse:
    """Tell a person's life in the system, newest first, as far as the reader may know."""
    found = _opened(request, uuid, "life")
    events = life_of(request.actor, found)
    context = {**person_frame(request, found, "life"), "events": events}
    return render_page(request, "people/life.html", context)


def _opened(request: Request, uuid: UUID, what: str) -> Person:
    found = get_person_for(request.actor, uuid)
    actions.note_opened(actor=request.actor, person=found, what=what, now=clock.now())
    return found


def _is_known(actor: Actor, found: Person) -> bool:
    return any(one.kind != CodeKind.PASSPORT for one in codes_of(actor, found, on=actor.today))


def _facts(actor: Actor, found: Person) -> list[dict[str, Any]]:
    born = day(found.birth_date) if found.birth_date else ""
    age = found.age_on(actor.today)
    if age is not None:
        born = _("%(day)s (%(age)s years old)") % {"day": born, "age": number(age)}
    country = found.nationality_code
    return [
        {"label": _("Full name"), "value": found.full_name},
        {"label": _("Date of birth"), "value": born or str(found.birth_year or "")},
        {"label": _("Sex"), "value": Sex(found.sex).label if found.sex else ""},
        {"label": _("Nationality"), "value": code_table("nationalities").name_of(country)},
    ]


def _former_names(actor: Actor, found: Person) -> list[dict[str, str]]:
    lines = []
    for one in former_names_of(actor, found):
        told = {"day": day(last_day(one.ends_on))}
        parts = (_("until %(day)s") % told, one.reason, one.decision)
        lines.append({"name": one.full_name, "text": " · ".join(part for part in parts if part)})
    return lines


def _codes(actor: Actor, found: Person) -> ReadyTable:
    heads = (Head(_("Kind of code")), Head(_("Code")), Head(_("Period")), Head(_("State")))
    rows = [
        Row(label=_code_kind(one.kind), cells=_code_cells(one, actor))
        for one in codes_of(actor, found, on=actor.today)
    ]
    return ReadyTable(_("Identifying codes"), heads, rows)


def _code_cells(one: CodeLine, actor: Actor) -> tuple[Cell, ...]:
    told = code_shown(one)
    over = one.ends_on is not None and one.ends_on <= actor.today
    pill = Pill("neutral", "history", _("Replaced")) if over else Pill("ok", "check", _("In use"))
    issuer = code_table("nationalities").name_of(one.issuer) if one.issuer else ""
    return (
        Cell(" · ".join(part for part in (told, issuer) if part), css="nowrap"),
        Cell(_period(one)),
        Cell(pill=pill),
    )


def _period(one: Any) -> str:
    if one.ends_on is not None:
        told = {"first": day(one.starts_on) if one.starts_on else "…"}
        return _("%(first)s to %(last)s") % {**told, "last": day(last_day(one.ends_on))}
    return _("from %(day)s") % {"day": day(one.starts_on)} if one.starts_on else ""


def _code_kind(kind: str) -> str:
    if kind == NUMBER:
        return _("Personal number")
    if kind == LIFELONG:
        return _("Code of the lifelong learning record")
    return str(CodeKind(kind).label)


def _kind(kind: str) -> str:
    return str(ContactKind(kind).label)


def _addresses(actor: Actor, found: Person, *, may_edit: bool) -> list[dict[str, Any]]:
    if not actor.may(VIEW_ADDRESSES):
        return []
    return [_address(found, one, may_edit=may_edit) for one in addresses_of_person(actor, found)]


def _address(found: Person, one: Address, *, may_edit: bool) -> dict[str, Any]:
    place = one.area.full_name if one.area else ""
    is_old = one.area is not None and one.area.ends_on is not None and one.ends_on is None
    return {
        "kind": AddressKind(one.kind).label,
        "text": with_place(one.detail, place),
        "period": _period(one),
        "original": one.original,
        "is_over": one.ends_on is not None,
        "is_old": is_old,
        "convert_url": reverse("people:convert", args=[found.uuid, one.uuid])
        if is_old and may_edit
        else "",
    }
