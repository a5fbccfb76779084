"""What stands around a page: navigation, hats, counts. Apps register; the shell asks each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from khuevan.kernel.actor import Permission
from khuevan.kernel.registry import Registry
from khuevan.ui.addresses import address
from khuevan.ui.request import Request


@dataclass(frozen=True, slots=True)
class NavItem:
    """A line of the navigation, shown to whoever may open it."""

    label: str | Promise
    route: str
    icon: str
    permission: Permission
    group: str | Promise = ""
    hats: tuple[str, ...] = ()
    """Hat codes that see it; empty for all."""
    order: int = 100
    foot: bool = False
    bottom: bool = False
    short: str | Promise = ""
    """What the bottom bar of a phone calls it; the label when empty."""
    count: Callable[[Request], int] | None = None
    prefix: str = ""
    """Paths that light this line up; the route's own path when empty."""
    lights_up: Callable[[Request], bool] | None = None
    """Decides instead of the path, and before it, where a line stands for pages with different
    beginnings or for some under another line's."""


@dataclass(slots=True)
class Link:
    """A navigation line ready to draw."""

    label: str | Promise
    url: str
    icon: str
    count: int
    current: bool
    short: str | Promise = ""


@dataclass(slots=True)
class Group:
    """Navigation lines under one heading."""

    label: str | Promise
    items: list[Link] = field(default_factory=list)


OFFICE = "ui/shell.html"
nav: Registry[NavItem] = Registry("navigation item")
extras: Registry[Callable[[Request], dict[str, Any]]] = Registry("shell extra")
"""Parts of the shell other apps fill: unit, year, hats, notification count."""

shells_by_hat: Registry[str] = Registry("shell of a hat")
"""The shell of those who do not work in the office's, by hat."""

_DEFAULTS: dict[str, Any] = {
    "unit_name": "",
    "unit_icon": "landmark",
    "year_label": "",
    "hats": [],
    "notification_count": 0,
    "person_name": "",
    "person_initials": "",
    "languages": [],
    "theme": "",
    "is_signed_in": False,
}


def build_shell(request: Request) -> dict[str, Any]:
    """Return what base.html draws around the page for this request's actor."""
    shell = {**_DEFAULTS, "frame": frame_of(request)}
    for extra in extras:
        shell.update(extra(request))
    lines = _one_lit([(item, _link(item, request)) for item in _allowed(request)])
    shell["groups"] = _grouped([pair for pair in lines if not pair[0].foot])
    shell["foot_items"] = [link for item, link in lines if item.foot]
    shell["bottom_items"] = [link for item, link in lines if item.bottom][:5]
    return shell


def frame_of(request: Request) -> str:
    """Return the template of the shell that suits the reader."""
    hat = getattr(request.actor, "hat", None)
    return shells_by_hat.get(hat.code) if hat and hat.code in shells_by_hat else OFFICE


def _allowed(request: Request) -> list[NavItem]:
    actor = request.actor
    if not actor.is_signed_in:
        return []
    hat = actor.hat.code if actor.hat else ""
    wearable = [item for item in nav if not item.hats or hat in item.hats]
    allowed = [item for item in wearable if actor.may(item.permission)]
    return sorted(allowed, key=lambda item: item.order)


def _link(item: NavItem, request: Request) -> Link:
    url = address(item.route)
    current = item.lights_up(request) if item.lights_up else _is_under(request, item, url)
    count = item.count(request) if item.count else 0
    return Link(item.label, url, item.icon, count, current, item.short)


def _one_lit(lines: list[tuple[NavItem, Link]]) -> list[tuple[NavItem, Link]]:
    """Put out the lines that a path lights up where one that decides for itself is lit."""
    if any(link.current and item.lights_up for item, link in lines):
        for item, link in lines:
            link.current = link.current and item.lights_up is not None
    return lines


def _is_under(request: Request, item: NavItem, url: str) -> bool:
    prefix = item.prefix or url
    return request.path == url or (prefix != "/" and request.path.startswith(prefix))


def _grouped(lines: list[tuple[NavItem, Link]]) -> list[Group]:
    groups: dict[str, Group] = {}
    for item, link in lines:
        groups.setdefault(str(item.group), Group(item.group)).items.append(link)
    return list(groups.values())
