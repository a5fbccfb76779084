"""What people are told about their own account, and offices about support sessions in them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.kernel import clock
from khuevan.platform.access.api import (
    VIEW_SUPPORT,
    account_issued,
    holders_at,
    reset_answered,
    reset_asked,
    support_closed,
    support_opened,
)
from khuevan.platform.notifications.actions import notify
from khuevan.platform.notifications.kinds import declare

ISSUED = declare(
    "access.issued",
    _("This account was opened or given a new password. If you don't know why, ask your unit."),
    icon="key-round",
)
ASKED_OF_YOU = declare(
    "access.reset_asked",
    _("%(requester)s asks you to confirm a new password for %(owner)s"),
    icon="key-round",
)
ASKED_ABOUT_YOU = declare(
    "access.reset_about_you",
    _("%(requester)s asked for a new password for your account"),
    icon="key-round",
)
CONFIRMED = declare(
    "access.reset_confirmed", _("The new password for %(owner)s is confirmed"), icon="circle-check"
)
DECLINED = declare(
    "access.reset_declined", _("The new password for %(owner)s was declined"), icon="circle-alert"
)
OPENED = declare(
    "access.support_opened",
    _("%(person)s from support looks at your unit: %(reason)s"),
    icon="eye",
)
CLOSED = declare(
    "access.support_closed", _("%(person)s closed the support session in your unit"), icon="eye"
)


def tell_owner(*, person_id: int, **_more: Any) -> None:
    """Tell the owner that somebody else opened an account, issued a password or switched it on."""
    notify([person_id], ISSUED, now=clock.now(), link=reverse("access:account"))


def tell_of_request(
    *,
    uuid: UUID,
    owner_id: int,
    owner: str,
    requester: str,
    person_ids: Collection[int],
    **_more: Any,
) -> None:
    """Tell the owner, and those who may confirm, that somebody asked for a password."""
    names, link = {"owner": owner, "requester": requester}, reverse("access:reset", args=[uuid])
    notify(person_ids, ASKED_OF_YOU, now=clock.now(), params=names, link=link)
    notify([owner_id], ASKED_ABOUT_YOU, now=clock.now(), params=names, link=link)


def tell_of_answer(
    *, uuid: UUID, is_confirmed: bool, owner: str, person_ids: Collection[int], **_more: Any
) -> None:
    """Tell whoever asked how the second person answered."""
    kind = CONFIRMED if is_confirmed else DECLINED
    link = reverse("access:reset", args=[uuid])
    notify(person_ids, kind, now=clock.now(), params={"owner": owner}, link=link)


def tell_of_support(
    *, unit_id: int, person_id: int, person: str, reason: str, **_more: Any
) -> None:
    """Tell a unit that somebody from support opened a session in it, and why."""
    _tell_unit(OPENED, unit_id, person_id, person=person, reason=reason)


def tell_of_its_end(*, unit_id: int, person_id: int, person: str, **_more: Any) -> None:
    """Tell a unit that a support session in it was closed."""
    _tell_unit(CLOSED, unit_id, person_id, person=person)


def _tell_unit(kind: str, unit_id: int, person_id: int, **told: str) -> None:
    heads = set(holders_at(unit_id, VIEW_SUPPORT, on=clock.today())) - {person_id}
    notify(heads, kind, now=clock.now(), params=told, link=reverse("access:support"))


account_issued.connect(tell_owner, dispatch_uid="notifications.issued")
reset_asked.connect(tell_of_request, dispatch_uid="notifications.reset_asked")
reset_answered.connect(tell_of_answer, dispatch_uid="notifications.reset_answered")
support_opened.connect(tell_of_support, dispatch_uid="notifications.support_opened")
support_closed.connect(tell_of_its_end, dispatch_uid="notifications.support_closed")
