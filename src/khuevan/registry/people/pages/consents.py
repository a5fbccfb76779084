"""Consents by purpose: asked in plain words, one tick a purpose, taken back at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.platform.accounts.api import Person
from khuevan.registry.people import actions
from khuevan.registry.people.consent_rules import Part, Verdict
from khuevan.registry.people.consents import (
    Standing,
    cleared,
    consents_of,
    part_of_actor,
    standings,
    with_photo,
)
from khuevan.registry.people.forms import PaperConsentForm
from khuevan.registry.people.frame import is_family, person_frame
from khuevan.registry.people.models import Consent, ConsentMethod
from khuevan.registry.people.permissions import GIVE_CONSENTS, RECORD_CONSENTS, VIEW_CONSENTS
from khuevan.registry.people.purposes import purpose_of, purposes
from khuevan.registry.people.selectors import allows, get_person_for
from khuevan.registry.people.sources import representatives_of
from khuevan.ui.formats import moment
from khuevan.ui.menus import chosen_from, menu
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Pill

PILLS = {
    Verdict.ALLOWED: Pill("ok", "circle-check", gettext_lazy("Allowed")),
    Verdict.MISSING: Pill("warn", "circle-alert", gettext_lazy("Not allowed: no answer yet")),
    Verdict.REFUSED: Pill("neutral", "ban", gettext_lazy("Not allowed: somebody said no")),
}


@page(VIEW_CONSENTS, methods=("GET",))
def consents(request: Request, uuid: UUID) -> HttpResponse:
    """Show how it stands with each purpose, and let whoever has a say answer."""
    actor = request.actor
    person = get_person_for(actor, uuid, VIEW_CONSENTS)
    part = part_of_actor(actor, person, actor.today) if actor.may(GIVE_CONSENTS) else None
    is_own = actor.person_id == person.pk
    context = {
        **person_frame(request, person, "consents"),
        "lines": [_line(one, part) for one in standings(actor, person, actor.today)],
        "may_answer": part is not None,
        "is_self": is_own,
        "is_for_family": is_family(request),
        "may_record": allows(actor, person, RECORD_CONSENTS),
        "past": [_told(row) for row in consents_of(actor, person) if row.withdrawn_at],
    }
    return render_page(request, "people/consents.html", context)


@page(GIVE_CONSENTS, methods=("POST",))
def answer(request: Request, uuid: UUID, purpose: str) -> HttpResponse:
    """Say yes, say no, or take an answer back."""
    actor, said = request.actor, request.POST.get("answer", "")
    if said == "withdraw":
        actions.withdraw(actor=actor, uuid=uuid, purpose=purpose, now=clock.now())
        messages.success(request, _("Taken back. From now on this is no longer done."))
    else:
        is_yes = said == "yes"
        actions.answer(actor=actor, uuid=uuid, purpose=purpose, is_yes=is_yes, now=clock.now())
        messages.success(request, _("You agreed.") if is_yes else _("You did not agree."))
    return done(request, reverse("people:consents", args=[uuid]))


@page(RECORD_CONSENTS)
def paper(request: Request, uuid: UUID, purpose: str) -> HttpResponse:
    """Record what somebody signed on paper."""
    actor = request.actor
    person = get_person_for(actor, uuid, RECORD_CONSENTS)
    asked = purpose_of(purpose, on=actor.today)
    form = PaperConsentForm(request.POST or None, signers=_signers(actor, person))
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.record_paper(
                actor=actor,
                uuid=uuid,
                purpose=purpose,
                given_by=UUID(form.cleaned_data["given_by"]),
                is_yes=form.cleaned_data["is_yes"] == "yes",
                paper=form.cleaned_data["paper"],
                now=clock.now(),
            )
            messages.success(request, _("The answer on paper is recorded."))
            return done(request, reverse("people:consents", args=[uuid]))
    context = {
        **person_frame(request, person, "consents"),
        "form": form,
        "title": asked.name,
        "told": asked.words,
        "verb": _("Record the answer"),
        "back_url": reverse("people:consents", args=[uuid]),
    }
    return render_page(request, "people/form.html", context, status=form_status(request))


@page(VIEW_CONSENTS, methods=("GET",))
def allowed(request: Request) -> HttpResponse:
    """List the people in reach of whom a purpose is allowed today, with their photos."""
    actor = request.actor
    offered = [(one.key, one.name) for one in purposes() if one.holds(actor.today)]
    key = chosen_from(request, "purpose", (key for key, _name in offered)) or offered[0][0]
    purpose = purpose_of(key, on=actor.today)
    menus = [menu(request, "purpose", _("Purpose"), offered[1:], everything=offered[0][1])]
    found = cleared(actor, purpose, actor.today)
    pictured = with_photo(found)
    people = [
        {
            "name": one.full_name,
            "initials": one.initials,
            "url": reverse("people:consents", args=[one.uuid]),
            "photo_url": reverse("people:photo", args=[one.uuid]) + f"?for={key}",
            "has_photo": one.pk in pictured,
        }
        for one in found
    ]
    context = {
        "is_for_family": is_family(request),
        "menus": menus,
        "people": people,
        "purpose": purpose,
    }
    return render_page(request, "people/allowed.html", context)


def _line(one: Standing, part: Part | None) -> dict[str, Any]:
    return {
        "key": one.purpose.key,
        "name": one.purpose.name,
        "words": one.purpose.words,
        "source": one.purpose.source,
        "pill": PILLS[one.decision.verdict],
        "missing": [_part(missing) for missing in one.decision.missing],
        "asks_me": part is not None and (one.own is None),
        "answers": [_told(row) for row in one.answers],
        "own": None if one.own is None else ("yes" if one.own.is_yes else "no"),
    }


def _part(part: Part) -> str:
    return _("the child") if part is Part.SELF else _("a parent or guardian")


def _told(row: Consent) -> dict[str, Any]:
    said = _("agrees") if row.is_yes else _("does not agree")
    how = ConsentMethod(row.method).label
    parts = [said, str(how), row.paper, moment(timezone.localtime(row.given_at))]
    if row.withdrawn_at:
        told = {"when": moment(timezone.localtime(row.withdrawn_at))}
        parts.append(_("taken back %(when)s") % told)
    name = purpose_name(row.purpose)
    return {
        "who": row.given_by.full_name,
        "purpose": name,
        "text": " · ".join(part for part in parts if part),
    }


def purpose_name(key: str) -> str:
    """Return the name of a purpose of any time."""
    return next((one.name for one in purposes() if one.key == key), key)


def _signers(actor: Actor, person: Person) -> list[tuple[str, str]]:
    on = actor.today
    answering = representatives_of([person.pk], on).get(person.pk, [])
    listed = [one for one in answering if one.has_custody]
    rows = Person.objects.unscoped(because="the guardians of a person in reach")
    uuids = dict(rows.filter(pk__in=[one.person_id for one in listed]).values_list("pk", "uuid"))
    guardians = [(str(uuids[one.person_id]), f"{one.name} ({one.relation})") for one in listed]
    return [*guardians, (str(person.uuid), person.full_name)]
