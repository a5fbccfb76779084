"""Changing what is known of a person: name, codes, contacts, addresses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.accounts.api import Person
from khuevan.registry.people import actions
from khuevan.registry.people.forms import (
    AddressForm,
    BackgroundForm,
    ContactsForm,
    ConvertForm,
    NameForm,
    PassportForm,
    ReplaceCodeForm,
)
from khuevan.registry.people.frame import person_frame
from khuevan.registry.people.models import Address, AddressKind
from khuevan.registry.people.permissions import EDIT_PERSONS, VIEW_SENSITIVE
from khuevan.registry.people.selectors import (
    addresses_of_person,
    allows,
    contacts_of,
    former_communes,
    get_person_kept,
)
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(EDIT_PERSONS)
def name(request: Request, uuid: UUID) -> HttpResponse:
    """Give a person a new name by decision; the former one is kept."""
    person = get_person_kept(request.actor, uuid)
    form = NameForm(request.POST or None, initial={"version": person.version})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.change_name(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
            return _saved(request, person, _("The new name is recorded; the former one is kept."))
    told = _(
        "For a name changed by decision. A slip of the pen is corrected on the record, without a"
        " trace in the history of names."
    )
    return _show(request, person, form, title=_("New name"), verb=_("Record the name"), told=told)


@page(EDIT_PERSONS, methods=("POST",))
def temporary(request: Request, uuid: UUID) -> HttpResponse:
    """Issue a temporary code for whoever has no number yet."""
    person = get_person_kept(request.actor, uuid)
    issued = actions.issue_temporary_code(actor=request.actor, uuid=uuid, now=clock.now())
    return _saved(request, person, _("Temporary code %(code)s.") % {"code": issued.code})


@page(EDIT_PERSONS)
def replace(request: Request, uuid: UUID) -> HttpResponse:
    """Put the number or the ministry's code in the place of a temporary code."""
    person = get_person_kept(request.actor, uuid)
    form = ReplaceCodeForm(request.POST or None, initial={"version": person.version})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.replace_temporary_code(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
            return _saved(request, person, _("Replaced. The temporary code still finds them."))
    told = _("Classes, marks and papers stay as they are; only the code changes.")
    title, verb = _("Replace the temporary code"), _("Replace the code")
    return _show(request, person, form, title=title, verb=verb, told=told)


@page(EDIT_PERSONS)
def passport(request: Request, uuid: UUID) -> HttpResponse:
    """Record a foreigner's passport."""
    person = get_person_kept(request.actor, uuid)
    form = PassportForm(request.POST or None, today=request.actor.today)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.add_passport(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
            return _saved(request, person, _("Passport recorded."))
    return _show(request, person, form, title=_("Passport"), verb=_("Record the passport"))


@page(EDIT_PERSONS)
def background(request: Request, uuid: UUID) -> HttpResponse:
    """Set nationality, and religion for whoever may see it; opening the form is noted."""
    actor = request.actor
    person = get_person_kept(actor, uuid)
    sensitive = allows(actor, person, VIEW_SENSITIVE)
    initial = {
        "version": person.version,
        "nationality_code": person.nationality_code,
        "religion_code": person.religion_code,
    }
    form = BackgroundForm(
        request.POST or None, initial=initial, today=actor.today, sensitive=sensitive
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.set_background(actor=actor, uuid=uuid, now=clock.now(), **form.cleaned_data)
            return _saved(request, person, _("Nationality and religion saved."))
    elif sensitive and person.religion_code:
        actions.note_opened(actor=actor, person=person, what="sensitive", now=clock.now())
    title, verb = _("Nationality, religion"), _("Save changes")
    return _show(request, person, form, title=title, verb=verb)


@page(EDIT_PERSONS)
def contacts(request: Request, uuid: UUID) -> HttpResponse:
    """Set phones and addresses for mail in the order in which to try them."""
    person = get_person_kept(request.actor, uuid)
    lines = contacts_of(request.actor, person)
    initial = {"version": person.version}
    form = ContactsForm(request.POST or None, initial=initial, lines=lines)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.set_contacts(
                actor=request.actor,
                uuid=uuid,
                version=form.cleaned_data["version"],
                contacts=form.contacts,
                now=clock.now(),
            )
            return _saved(request, person, _("Contacts saved."))
    context = {**person_frame(request, person, "person"), "form": form}
    return render_page(request, "people/contacts.html", context, status=form_status(request))


@page(EDIT_PERSONS)
def address(request: Request, uuid: UUID) -> HttpResponse:
    """Record that somebody lives elsewhere from a day on."""
    person = get_person_kept(request.actor, uuid)
    form = AddressForm(request.POST or None, initial={"kind": AddressKind.CURRENT})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with form.domain_errors():
            actions.move_address(
                actor=request.actor,
                uuid=uuid,
                kind=AddressKind(told["kind"]),
                detail=told["detail"],
                area_code=told["area_code"],
                on=told["on"],
                now=clock.now(),
            )
            return _saved(request, person, _("Address recorded; the one before is kept."))
    return _show(request, person, form, title=_("New address"), verb=_("Record the address"))


@page(EDIT_PERSONS)
def convert(request: Request, uuid: UUID, address: UUID) -> HttpResponse:
    """Carry an address of a former commune over to the one it lies in today."""
    person = get_person_kept(request.actor, uuid)
    held = _own_address(request, person, address)
    form = ConvertForm(request.POST or None, became=former_communes(held.area))
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.convert_address(
                actor=request.actor,
                uuid=uuid,
                address=address,
                area_code=form.cleaned_data["area_code"],
                now=clock.now(),
            )
            return _saved(request, person, _("Carried over; the words as given are kept."))
    told = _("“%(words)s” was written when %(former)s still existed. It ended on 30/06/2025.") % {
        "words": held.detail,
        "former": held.area.full_name if held.area else "",
    }
    title, verb = _("Address in a commune of today"), _("Carry over")
    return _show(request, person, form, title=title, verb=verb, told=told)


def _own_address(request: Request, person: Person, uuid: UUID) -> Address:
    for one in addresses_of_person(request.actor, person):
        if one.uuid == uuid:
            return one
    raise NotFound


def _saved(request: Request, person: Person, words: str) -> HttpResponse:
    messages.success(request, words)
    return done(request, reverse("people:person", args=[person.uuid]))


def _show(
    request: Request, person: Person, form: Form, *, title: str, verb: str, told: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        **person_frame(request, person, "person"),
        "form": form,
        "title": title,
        "verb": verb,
        "told": told,
        "back_url": reverse("people:person", args=[person.uuid]),
    }
    return render_page(request, "people/form.html", context, status=form_status(request))
