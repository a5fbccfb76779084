"""Answering a question for consent, and taking an answer back: in force at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.accounts.api import Person
from khuevan.registry.people import audit_codes
from khuevan.registry.people.actions.common import day_of, lock_person, note
from khuevan.registry.people.consent_rules import OF_AGE, Part
from khuevan.registry.people.consents import part_of_actor
from khuevan.registry.people.errors import NoController, NotToAnswer, PaperNeeded
from khuevan.registry.people.models import Consent, ConsentMethod
from khuevan.registry.people.permissions import GIVE_CONSENTS, RECORD_CONSENTS
from khuevan.registry.people.purposes import Purpose, purpose_of
from khuevan.registry.people.sources import home_of, representatives_of

LOCKED = "the person is reached and locked"


@transaction.atomic
def answer(*, actor: Actor, uuid: UUID, purpose: str, is_yes: bool, now: datetime) -> Consent:
    """Say yes or no to one purpose, for oneself or for a child one answers for.

    :raises NotToAnswer: for whoever has no say: without custody, under 7, of a child of 18
    :raises NoController: while the person is at no school
    """
    person = lock_person(actor, uuid, GIVE_CONSENTS)
    on = day_of(now)
    asked = purpose_of(purpose, on=on)
    part = part_of_actor(actor, person, on)
    if part is None or actor.person_id is None:
        raise NotToAnswer
    given = _write(person, actor.person_id, part, asked, is_yes=is_yes, now=now)
    _note(actor, person, given, now)
    return given


@transaction.atomic
def record_paper(
    *,
    actor: Actor,
    uuid: UUID,
    purpose: str,
    given_by: UUID,
    is_yes: bool,
    paper: str,
    now: datetime,
) -> Consent:
    """Record what the person, or somebody who answers for them, signed on paper.

    :raises NotToAnswer: when whoever signed has no say
    :raises PaperNeeded: when the paper is not named
    """
    person = lock_person(actor, uuid, RECORD_CONSENTS)
    if not normalize(paper):
        raise PaperNeeded
    on = day_of(now)
    asked = purpose_of(purpose, on=on)
    signer, part = _signer(person, given_by, now)
    given = _write(person, signer, part, asked, is_yes=is_yes, now=now, paper=normalize(paper))
    _note(actor, person, given, now)
    return given


@transaction.atomic
def withdraw(*, actor: Actor, uuid: UUID, purpose: str, now: datetime) -> None:
    """Take back one's own answer for a purpose, without a reason; what it allowed ends at once."""
    person = lock_person(actor, uuid, GIVE_CONSENTS)
    if actor.person_id is None:
        raise NotFound
    rows = _open(person, actor.person_id, purpose)
    if not rows:
        raise NotFound
    for row in rows:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
    note(
        audit_codes.CONSENT_WITHDRAWN,
        actor=actor,
        person=person,
        now=now,
        details={"purpose": purpose, "use": purpose_of(purpose, on=day_of(now)).name},
    )


def _signer(person: Person, uuid: UUID, now: datetime) -> tuple[int, Part]:
    on = day_of(now)
    age = person.age_on(on)
    if person.uuid == uuid:
        return person.pk, Part.SELF
    signers = Person.objects.unscoped(because="who signed is looked up among the guardians alone")
    listed = [
        one.person_id
        for one in representatives_of([person.pk], on).get(person.pk, ())
        if one.has_custody
    ]
    found = signers.filter(pk__in=listed, uuid=uuid).first()
    if found is None or (age is not None and age >= OF_AGE):
        raise NotToAnswer
    return found.pk, Part.REPRESENTATIVE


def _write(
    person: Person,
    given_by: int,
    part: Part,
    purpose: Purpose,
    *,
    is_yes: bool,
    now: datetime,
    paper: str = "",
) -> Consent:
    on = day_of(now)
    controller_id = home_of(person.pk, on)
    if controller_id is None:
        raise NoController
    for row in _open(person, given_by, purpose.key):
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
    return Consent.objects.create(
        subject=person,
        given_by_id=given_by,
        capacity=part.value,
        controller_id=controller_id,
        purpose=purpose.key,
        data_types=list(purpose.data_types),
        text_version=purpose.text_version,
        is_yes=is_yes,
        method=ConsentMethod.PAPER if paper else ConsentMethod.ONLINE,
        paper=paper,
        valid_from=on,
        given_at=now,
    )


def _open(person: Person, given_by: int, purpose: str) -> list[Consent]:
    rows = Consent.objects.unscoped(because=LOCKED).filter(
        subject=person, given_by_id=given_by, purpose=purpose, withdrawn_at__isnull=True
    )
    return list(rows.order_by("pk"))


def _note(actor: Actor, person: Person, given: Consent, now: datetime) -> None:
    code = audit_codes.CONSENT_GIVEN if given.is_yes else audit_codes.CONSENT_REFUSED
    name = purpose_of(given.purpose, on=day_of(now)).name
    told = {
        "purpose": given.purpose,
        "use": name,
        "text": given.text_version,
        "method": given.method,
    }
    note(code, actor=actor, person=person, now=now, details=told)
