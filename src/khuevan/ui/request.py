"""The request as views get it: the middleware has put in who acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from khuevan.kernel.actor import Actor


class Hat(Protocol):
    """One of the roles somebody acts in, as far as pages tell them apart."""

    @property
    def key(self) -> str:
        """Return what the hat is called in addresses."""

    @property
    def code(self) -> str:
        """Return the code of the role."""

    @property
    def label(self) -> str:
        """Return the role as people say it."""

    @property
    def unit_id(self) -> int | None:
        """Return where it is worn."""

    @property
    def needs_second_factor(self) -> bool:
        """Return whether it opens with a second factor only."""


class Visitor(Actor, Protocol):
    """Whoever opened a page, in the hat worn and with the others to change to."""

    @property
    def hat(self) -> Hat | None:
        """Return the hat worn; None for nobody, and before the second factor."""

    @property
    def hats(self) -> Sequence[Hat]:
        """Return all hats, the one worn among them."""


class Request(HttpRequest):
    """A request after the middleware: somebody, or nobody, acts."""

    actor: Visitor
    htmx: HtmxDetails
