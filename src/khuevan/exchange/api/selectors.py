"""Reading tokens: one's own, and whose a presented one is."""

from __future__ import annotations

from datetime import date, datetime

from khuevan.exchange.api.actor import TokenActor
from khuevan.exchange.api.errors import TokenRefused
from khuevan.exchange.api.models import ApiToken
from khuevan.exchange.api.permissions import MANAGE_TOKENS
from khuevan.exchange.api.rules import secret_hash
from khuevan.kernel.actor import SIGNED_IN, Actor, Permission, permissions
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.access.api import SUPPORT_HAT, GrantActor, Hat, actor_for_person
from khuevan.platform.accounts.api import User


def own_tokens(*, actor: Actor) -> ScopedQuerySet[ApiToken]:
    """Return the actor's own tokens, newest first."""
    return ApiToken.objects.visible_to(actor, SIGNED_IN).order_by("-pk")


def token_in_force(secret: str, *, now: datetime) -> ApiToken:
    """Return the token behind a secret.

    :raises TokenRefused: when there is none, or it has ended
    """
    token = (
        ApiToken.objects.unscoped(because="whose token it is, is what is being asked")
        .filter(secret_hash=secret_hash(secret), revoked_at__isnull=True, expires_at__gt=now)
        .select_related("person")
        .first()
    )
    if token is None:
        raise TokenRefused
    return token


def actor_of_token(token: ApiToken, *, on: date, now: datetime) -> TokenActor:
    """Return the actor a token stands for.

    :raises TokenRefused: when its person can no longer sign in
    """
    users = User.objects.for_sign_in().filter(person_id=token.person_id, is_active=True)
    if not users.exists():
        raise TokenRefused
    actor = actor_for_person(token.person, on=on, now=now, hat_key=token.hat_key)
    if actor.hat and (actor.hat.key != token.hat_key or is_support(actor.hat)):
        actor.hat = None
    return TokenActor(actor, token.name, frozenset(token.permissions))


def offered_permissions(actor: GrantActor) -> list[Permission]:
    """Return what the hat worn holds and a token may be given."""
    held = carried_by(actor.hat)
    return [permission for permission in permissions if permission.code in held]


def carried_by(hat: Hat | None) -> frozenset[str]:
    """Return what a token of a hat may hold: never the making of tokens, nothing of support."""
    if hat is None or is_support(hat):
        return frozenset()
    return permissions_of(hat) - {MANAGE_TOKENS.code}


def is_support(hat: Hat) -> bool:
    """Return whether a hat is support's: a person looks there, for a reason, never a program."""
    return hat.code == SUPPORT_HAT


def permissions_of(hat: Hat | None) -> frozenset[str]:
    """Return the permission codes of a hat's grants."""
    if hat is None:
        return frozenset()
    return frozenset(code for grant in hat.grants for code in grant.permissions)
