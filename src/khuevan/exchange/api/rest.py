"""Endpoints about the interface itself: who am I here."""

from __future__ import annotations

from django.urls import reverse
from ninja import Schema

from khuevan.exchange.api.actor import TokenActor
from khuevan.kernel.actor import PUBLIC, SIGNED_IN, permissions
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

router = Router(tags=["me"])


class MeOut(Schema):
    """Who asks, in which role, with which permissions; `token` is empty in a browser's session."""

    name: str
    role: str
    token: str
    permissions: list[str]


class RootOut(Schema):
    """Where the description is, and where one makes a token."""

    description: str
    tokens: str


@router.get("/", permission=PUBLIC, response=RootOut)
def root(request: Request) -> RootOut:
    """Return where the description of the interface is, and the page that makes tokens."""
    return RootOut(description=reverse("rest:openapi"), tokens=reverse("rest:tokens"))


@router.get("/me", permission=SIGNED_IN, response=MeOut)
def me(request: Request) -> MeOut:
    """Return who the request is made by and what it may do."""
    actor = request.actor
    held = [permission.code for permission in permissions if actor.may(permission)]
    if isinstance(actor, TokenActor):
        role, token = actor.inner.role_label, actor.name
    else:
        role, token = actor.role_label, ""
    return MeOut(name=actor.label, role=role, token=token, permissions=held)
