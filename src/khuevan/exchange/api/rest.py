"""Endpoints about the interface itself: who am I here."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from ninja import Schema

from khuevan.kernel.actor import PUBLIC, SIGNED_IN, permissions
from khuevan.ui.rest import Router

router = Router(tags=["me"])


class MeOut(Schema):
    """Who asks, in which role, with which permissions."""

    name: str
    role: str
    permissions: list[str]


class RootOut(Schema):
    """Where the description is, and where one makes a token."""

    description: str
    tokens: str


@router.get("/", permission=PUBLIC, response=RootOut)
def root(request: HttpRequest) -> RootOut:
    """Return where the description of the interface is, and the page that makes tokens."""
    return RootOut(description=reverse("rest:openapi"), tokens=reverse("rest:tokens"))


@router.get("/me", permission=SIGNED_IN, response=MeOut)
def me(request: HttpRequest) -> MeOut:
    """Return who the request is made by and what it may do."""
    actor = request.actor  # type: ignore[attr-defined]
    held = [permission.code for permission in permissions if actor.may(permission)]
    return MeOut(name=actor.label, role=actor.role_label, permissions=held)
