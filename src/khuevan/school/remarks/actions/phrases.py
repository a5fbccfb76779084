"""Phrases for comments: added one by one or pasted as a list, changed, removed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.kernel.vietnamese import match_key, normalize
from khuevan.platform.audit.api import record
from khuevan.registry.schools.api import School
from khuevan.school.remarks import audit_codes
from khuevan.school.remarks.bank import GIVEN, PUPIL, Line, shipped
from khuevan.school.remarks.errors import NoPhrases, PhraseThere, PlaceUnknown, WordRefused
from khuevan.school.remarks.limits import build_limits, setting_of
from khuevan.school.remarks.models import LONGEST_SUBJECT, Phrase
from khuevan.school.remarks.permissions import MANAGE_PHRASES, WRITE_REMARKS
from khuevan.school.remarks.selectors.phrases import own_phrases, phrases_of_school

MOST = 300
LONGEST = 300
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\d{1,3}[.)])\s+")
_PLACE = re.compile(r"\{[^}]*\}")


def read_phrases(pasted: str) -> list[str]:
    """Return the phrases of a pasted list: one a line, without bullets and numbers, each once."""
    lines = (normalize(_BULLET.sub("", line.split("\t")[-1])) for line in pasted.splitlines())
    kept = {match_key(one): one for one in reversed([line for line in lines if line])}
    return list(reversed(kept.values()))[:MOST]


@transaction.atomic
def add_phrases(
    *,
    actor: Actor,
    school: School | None,
    subjects: str,
    part: str,
    band: str,
    texts: Sequence[str],
    now: datetime,
) -> int:
    """Add phrases to a school's, or without a school to the actor's own; return how many are new.

    :raises NotFound: when the actor keeps no such phrases
    :raises NoPhrases, WordRefused, PlaceUnknown:
    """
    _require_keeper(actor, school)
    if not texts:
        raise NoPhrases
    for text in texts:
        check_phrase(text, school, actor)
    lines = [Line(subjects, part, band, text) for text in texts]
    return _add(actor, school, lines, now)


@transaction.atomic
def take_shipped(*, actor: Actor, school: School, now: datetime) -> int:
    """Copy the shipped phrases into a school's, to be changed there; return how many are new."""
    _require_keeper(actor, school)
    return _add(actor, school, shipped(), now)


@transaction.atomic
def change_phrase(
    *,
    actor: Actor,
    school: School | None,
    uuid: UUID,
    subjects: str,
    part: str,
    band: str,
    text: str,
    now: datetime,
) -> Phrase:
    """Change a phrase; comments that were made of it stay as they are.

    :raises NotFound: when it is none that the actor keeps
    :raises PhraseThere, WordRefused, PlaceUnknown:
    """
    row = _locked(actor, school, uuid)
    text = normalize(text)
    check_phrase(text, school, actor)
    others = _kept(actor, school).filter(subjects=subjects, part=part, band=band, text=text)
    if others.exclude(pk=row.pk).exists():
        raise PhraseThere(text=text)
    row.subjects, row.part, row.band, row.text = subjects, part, band, text
    row.save(update_fields=["subjects", "part", "band", "text"])
    _record(audit_codes.PHRASE_CHANGED, actor, school, now)
    return row


@transaction.atomic
def remove_phrase(*, actor: Actor, school: School | None, uuid: UUID, now: datetime) -> None:
    """Remove a phrase; comments that were made of it stay as they are.

    :raises NotFound: when it is none that the actor keeps
    """
    row = _locked(actor, school, uuid)
    Phrase.objects.unscoped(because="a phrase that its keeper removes").filter(pk=row.pk).delete()
    _record(audit_codes.PHRASE_REMOVED, actor, school, now)


def check_phrase(text: str, school: School | None, actor: Actor) -> None:
    """Refuse a phrase with a forbidden word, or with a place that nothing is put into.

    :raises WordRefused, PlaceUnknown:
    """
    setting = setting_of(school.pk) if school else None
    limits = build_limits(LONGEST_SUBJECT, setting.forbidden if setting else (), actor.today)
    for found in limits.refused(text):
        raise WordRefused(word=found.shown, place=found.place)
    for place in _PLACE.findall(text):
        if place not in {GIVEN, PUPIL}:
            raise PlaceUnknown(place=place, em=PUPIL, tên=GIVEN)


def _require_keeper(actor: Actor, school: School | None) -> None:
    if school is None:
        if actor.person_id is None or not actor.may(WRITE_REMARKS):
            raise NotFound
    elif school.pk not in actor.reach(MANAGE_PHRASES, "school"):
        raise NotFound


def _kept(actor: Actor, school: School | None) -> ScopedQuerySet[Phrase]:
    return phrases_of_school(actor=actor, school=school) if school else own_phrases(actor=actor)


def _locked(actor: Actor, school: School | None, uuid: UUID) -> Phrase:
    _require_keeper(actor, school)
    rows = _kept(actor, school)
    return rows.lock(rows.one(uuid).pk)


def _add(actor: Actor, school: School | None, lines: Iterable[Line], now: datetime) -> int:
    there = {
        (one.subjects, one.part, one.band, match_key(one.text)) for one in _kept(actor, school)
    }
    new = [
        Phrase(
            school=school,
            owner_id=None if school else actor.person_id,
            subjects=one.subjects,
            part=one.part,
            band=one.band,
            text=one.text,
        )
        for one in lines
        if (one.subjects, one.part, one.band, match_key(one.text)) not in there
    ]
    Phrase.objects.bulk_create(new)
    if new:
        _record(audit_codes.PHRASES_ADDED, actor, school, now, count=len(new))
    return len(new)


def _record(
    code: object, actor: Actor, school: School | None, now: datetime, **details: int
) -> None:
    record(
        code,  # type: ignore[arg-type]
        actor=actor,
        at=now,
        unit_id=school.pk if school else None,
        details=details,
    )
