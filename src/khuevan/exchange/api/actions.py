"""Creating and revoking tokens; keeping answers for repeated requests."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from khuevan.exchange.api import audit_codes
from khuevan.exchange.api.errors import KeyReused, OutcomeUnknown, TokenNotOwn
from khuevan.exchange.api.models import ApiToken, KeptAnswer
from khuevan.exchange.api.permissions import MANAGE_TOKENS
from khuevan.exchange.api.rules import SHOWN, new_secret, secret_hash
from khuevan.exchange.api.selectors import carried_by, own_tokens
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import GrantActor, nobody
from khuevan.platform.audit.api import record

KEPT_FOR = timedelta(hours=24)
USED_EVERY = timedelta(hours=1)


@transaction.atomic(durable=True)
def create_token(
    *,
    actor: GrantActor,
    name: str,
    permissions: Collection[str],
    expires_at: datetime,
    now: datetime,
) -> tuple[ApiToken, str]:
    """Create a token for the hat worn and return it with its secret, which is shown this once.

    :raises TokenNotOwn: when it would hold what the hat does not
    """
    if not actor.may(MANAGE_TOKENS) or actor.person_id is None or actor.hat is None:
        raise NotFound
    offered = carried_by(actor.hat)
    beyond = set(permissions) - offered
    if beyond:
        raise TokenNotOwn(names=", ".join(sorted(beyond)))
    secret = new_secret()
    token = ApiToken.objects.create(
        person_id=actor.person_id,
        name=name,
        beginning=secret[:SHOWN],
        secret_hash=secret_hash(secret),
        hat_key=actor.hat.key,
        hat_label=actor.role_label,
        permissions=sorted(permissions),
        created_at=now,
        expires_at=expires_at,
    )
    record(
        audit_codes.TOKEN_CREATED,
        actor=actor,
        at=now,
        target=token,
        person_id=actor.person_id,
        unit_id=actor.hat.unit_id,
        details={"name": name, "permissions": token.permissions, "expires_at": expires_at},
    )
    return token, secret


@transaction.atomic(durable=True)
def revoke_token(*, actor: GrantActor, uuid: UUID, now: datetime) -> ApiToken:
    """Revoke one of the actor's own tokens; revoking it twice changes nothing."""
    token = own_tokens(actor=actor).lock(own_tokens(actor=actor).one(uuid).pk)
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        record(
            audit_codes.TOKEN_REVOKED,
            actor=actor,
            at=now,
            target=token,
            person_id=token.person_id,
            details={"name": token.name},
        )
    return token


@transaction.atomic
def revoke_tokens_of(*, person_id: int, now: datetime) -> int:
    """Revoke all tokens of a person: whoever gets a new way in must not find an old one open."""
    rows = ApiToken.objects.unscoped(because="somebody issued this person's sign-in anew")
    found = list(
        rows.filter(person_id=person_id, revoked_at__isnull=True)
        .select_for_update(no_key=True)
        .order_by("pk")
    )
    for token in found:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        record(
            audit_codes.TOKEN_REVOKED,
            actor=nobody(on=now.date()),
            at=now,
            target=token,
            person_id=person_id,
            details={"name": token.name},
        )
    return len(found)


def note_use(*, token: ApiToken, now: datetime) -> None:
    """Note that a token was used, at most once an hour."""
    if token.last_used_at is None or now - token.last_used_at > USED_EVERY:
        ApiToken.objects.unscoped(because="the token itself is presented").filter(
            pk=token.pk
        ).update(last_used_at=now)


@transaction.atomic
def open_answer(
    *, person_id: int, key: str, method: str, path: str, fingerprint: str, now: datetime
) -> tuple[KeptAnswer, bool]:
    """Return the answer kept under a key and False, or a new open one and True.

    :raises KeyReused: when the key named another request
    :raises OutcomeUnknown: when the first request has not answered
    """
    why = "the keys of the person who asks"
    own = KeptAnswer.objects.unscoped(because=why).filter(person_id=person_id)
    own.filter(expires_at__lte=now).delete()
    answer, is_new = own.get_or_create(
        key=key,
        defaults={
            "person_id": person_id,
            "method": method,
            "path": path[:500],
            "fingerprint": fingerprint,
            "created_at": now,
            "expires_at": now + KEPT_FOR,
        },
    )
    if is_new:
        return answer, True
    if answer.fingerprint != fingerprint:
        raise KeyReused
    if answer.status is None:
        raise OutcomeUnknown
    return answer, False


def close_answer(*, answer: KeptAnswer, status: int, content_type: str, body: bytes) -> None:
    """Keep what a request was answered."""
    answer.status, answer.content_type, answer.body = status, content_type[:120], body
    answer.save(update_fields=["status", "content_type", "body"])


def drop_answer(*, answer: KeptAnswer) -> None:
    """Forget a request that failed by a fault of ours, so that it may be sent again."""
    answer.delete()
