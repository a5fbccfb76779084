"""Whether a one-time password that nobody has used is still as good as on the day it was issued.

Who issued it knows it. Once more is entrusted to the account, by somebody else or by a fact, it
works only if they could issue it today too.
"""

from __future__ import annotations

from datetime import date, datetime

from khuevan.platform.access.actions.accounts import issuing_refusal
from khuevan.platform.access.actions.issuing import opened_by
from khuevan.platform.access.actions.resets import still_answered_for
from khuevan.platform.access.permissions import MANAGE_USERS
from khuevan.platform.access.selectors import actor_for_person, users
from khuevan.platform.accounts.api import SLIP_CODES, Person, User
from khuevan.platform.audit.api import AuditEntry


def is_void(user: User, *, on: date, now: datetime) -> bool:
    """Return whether an unused one-time password opens more than its issuer may know."""
    if not user.must_change_password or not user.has_usable_password():
        return False
    if opened_by(user.person, on=on) <= set(user.issued_for):
        return False
    entry = _issue(user)
    if entry is None or entry.actor_person_id is None:
        return False  # by the operator of the server, who may issue any
    issuer = _person(entry.actor_person_id)
    return not (
        _could_again(issuer, user, on=on, now=now)
        or still_answered_for(user, issuer, on=on, now=now)
    )


def _issue(user: User) -> AuditEntry | None:
    rows = AuditEntry.objects.unscoped(because="who issued the password; not shown to anybody")
    return rows.filter(person_id=user.person_id, code__in=SLIP_CODES).order_by("-id").first()


def _person(person_id: int) -> Person:
    rows = Person.objects.unscoped(because="what the issuer may do now; not shown to anybody")
    return rows.get(pk=person_id)


def _could_again(issuer: Person, user: User, *, on: date, now: datetime) -> bool:
    """Return whether the issuer could issue it today, in one of their roles."""
    for hat in actor_for_person(issuer, on=on, now=now).hats:
        worn = actor_for_person(issuer, on=on, now=now, hat_key=hat.key)
        keeps = users(actor=worn, permission=MANAGE_USERS).filter(pk=user.pk)
        if keeps.exists() and issuing_refusal(worn, user.person) is None:
            return True
    return False
