"""A choice of a page as a chip that opens its options, each of them a plain link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from khuevan.ui.request import Request


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    label: str | Promise
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """What `ui/components/chip_menu.html` draws."""

    label: str
    options: Sequence[Option]


def menu(
    request: Request,
    name: str,
    label: str | Promise,
    choices: Iterable[tuple[str, str | Promise]],
    *,
    everything: str | Promise,
) -> Menu:
    """Return the options of a parameter of the address, "everything" first."""
    chosen = request.GET.get(name, "")
    offered = [("", everything), *choices]
    current = next((text for value, text in offered if value == chosen), everything)
    options = [
        Option(text, _address(request, name, value), value == chosen) for value, text in offered
    ]
    return Menu(f"{label}: {current}", options)


def chosen_from(request: Request, name: str, allowed: Iterable[str]) -> str:
    """Return a parameter's value when it is one of the allowed, else nothing."""
    value = request.GET.get(name, "")
    return value if value in set(allowed) else ""


def _address(request: Request, name: str, value: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    if value:
        query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path
