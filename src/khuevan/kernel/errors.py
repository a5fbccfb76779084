"""Expected failures. Everything that is not a DomainError is a bug and is not caught."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Something a person asked for that the rules refuse; says what, where and what next.

    Subclasses stand beside the action that raises them and set `code` ("app.reason") and a
    translatable `message` with named placeholders, filled from the keyword arguments.
    """

    code: ClassVar[str] = "kernel.refused"
    message: ClassVar[str | Promise] = _("This cannot be done.")
    status: ClassVar[int] = 409

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message) % self.details if self.details else str(self.message)


class NotFound(DomainError):
    """There is no such thing, or it is not for this actor: the same answer for both."""

    code = "kernel.not_found"
    message = _("Not found, or not yours to see.")
    status = 404


class DayOutOfRange(DomainError):
    """A day on which nothing was recorded yet, or which lies too far ahead."""

    code = "kernel.day_out_of_range"
    message = _("The day has to be from %(earliest)s to %(latest)s.")
    status = 400


class Conflict(DomainError):
    """Somebody else changed the row since it was read."""

    code = "kernel.conflict"
    message = _("Someone else changed this since you opened it.")
