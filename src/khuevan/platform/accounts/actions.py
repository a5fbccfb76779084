"""Writing sign-ins. Steps inside `access` actions, which decide who may, except for one's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.accounts import audit_codes
from khuevan.platform.accounts.errors import HasAccount, UsernameTaken
from khuevan.platform.accounts.models import Person, User
from khuevan.platform.accounts.rules import base_username, free_username, new_slip_password
from khuevan.platform.audit.api import record

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class IssuedSignIn:
    """A sign-in with the password that is shown once, for the slip."""

    user: User
    password: str


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    person: Person,
    username: str = "",
    unit_id: int | None,
    issued_for: Collection[str] = (),
    now: datetime,
) -> IssuedSignIn:
    """Give a person a sign-in with a one-time password; a step of the caller's action.

    :raises HasAccount: when the person has one already
    :raises UsernameTaken: when another person has that username
    """
    existing = User.objects.for_sign_in().filter(person_id=person.pk).first()
    if existing is not None:
        raise HasAccount(person=person.full_name, username=existing.username)
    issued = _insert(person, username or _suggested(person), issued_for, now=now)
    _record(audit_codes.USER_CREATED, actor, issued.user, unit_id=unit_id, now=now)
    return issued


@transaction.atomic
def issue_password(
    *,
    actor: Actor,
    user: User,
    unit_id: int | None,
    issued_for: Collection[str] = (),
    now: datetime,
) -> IssuedSignIn:
    """Replace a password by a one-time one and end all sessions; a step of the caller's action."""
    user = _locked(user)
    password = new_slip_password()
    user.set_password(password)
    user.must_change_password = True
    user.issued_for = sorted(issued_for)
    user.save(update_fields=["password", "must_change_password", "issued_for"])
    _record(audit_codes.PASSWORD_ISSUED, actor, user, unit_id=unit_id, now=now)
    return IssuedSignIn(user, password)


@transaction.atomic
def change_own_password(*, actor: Actor, user: User, password: str, now: datetime) -> None:
    """Set the password its owner chose; whoever calls has checked its strength."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    _record(audit_codes.PASSWORD_CHANGED, actor, user, unit_id=None, now=now)


@transaction.atomic
def set_active(
    *,
    actor: Actor,
    user: User,
    is_active: bool,
    unit_id: int | None,
    reason: str = "",
    now: datetime,
) -> None:
    """Switch a sign-in off or on; a step of the caller's action. Off ends its sessions at once."""
    user = _locked(user)
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    code = audit_codes.USER_REACTIVATED if is_active else audit_codes.USER_DEACTIVATED
    _record(code, actor, user, unit_id=unit_id, now=now, reason=reason)


def set_language(*, user: User, language: str) -> None:
    """Remember the language its owner reads."""
    user.language = language
    user.save(update_fields=["language"])


def set_theme(*, user: User, theme: str) -> None:
    """Remember light, dark or, when empty, the system's choice."""
    user.theme = theme
    user.save(update_fields=["theme"])


@transaction.atomic
def create_users(
    *, people: Sequence[Person], usernames: Iterable[str], password: str | None, now: datetime
) -> list[User]:
    """Create many sign-ins at once, for a generated world or a bulk load of a unit.

    Without a password nobody can sign in until one is issued. A step of the caller's action.
    """
    encoded = make_password(password)
    return User.objects.bulk_create(
        [
            User(username=username, person=person, password=encoded, created_at=now)
            for person, username in zip(people, usernames, strict=True)
        ],
        batch_size=_BATCH,
    )


def _insert(
    person: Person, username: str, issued_for: Collection[str], *, now: datetime
) -> IssuedSignIn:
    password = new_slip_password()
    user = User(
        username=username,
        person=person,
        must_change_password=True,
        issued_for=sorted(issued_for),
        created_at=now,
    )
    user.set_password(password)
    taken = User.objects.for_sign_in().filter(username__iexact=username)
    if taken.exists():
        raise UsernameTaken(username=username)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise UsernameTaken(username=username) from error
    return IssuedSignIn(user, password)


def _suggested(person: Person) -> str:
    base = base_username(person.family_name, person.middle_name, person.given_name)
    taken = User.objects.for_sign_in().filter(username__startswith=base)
    return free_username(base, set(taken.values_list("username", flat=True)))


def _locked(user: User) -> User:
    return User.objects.unscoped(because="the caller found this user in its own scope").lock(
        user.pk
    )


def _record(
    code: str,
    actor: Actor,
    user: User,
    *,
    unit_id: int | None,
    now: datetime,
    reason: str = "",
) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=user,
        unit_id=unit_id,
        person_id=user.person_id,
        details={"username": user.username, "reason": reason},
    )
