"""What the pages of counts and of comparisons share: their files, and addresses without sense."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404

from khuevan.kernel.errors import DomainError
from khuevan.ui.request import Request

FILES = ("xlsx", "csv")
Read = TypeVar("Read")


def or_404(read: Callable[[Request], Read], request: Request) -> Read:
    """Return what an address asks for; what makes no sense is not found."""
    try:
        return read(request)
    except DomainError as error:
        raise Http404 from error
