"""Somebody about to be recorded: whether the records may know them already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.registry import Registry
from khuevan.ui.request import Request

TOLD = "alike_told"
"""What the answer leaves in the form: whoever fills it in was told."""
LOOK = "look_alike"
"""What a form sends along when it only asks whether the records know the newcomer."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a form says of somebody who is about to be recorded in a unit."""

    full_name: str
    birth_date: date
    unit_id: int
    unit_code: str
    sex: str = ""
    personal_number: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""
    is_staff: bool = False


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Somebody of the records who may be the same: told as far as the actor may know."""

    text: str
    why: Sequence[str]
    url: str = ""
    link: str = ""


Seeker = Callable[[Actor, Newcomer], Sequence[Lookalike]]
seekers: Registry[Seeker] = Registry("seeker of people recorded already")


def lookalikes(actor: Actor, newcomer: Newcomer) -> list[Lookalike]:
    """Return who may be the newcomer, the likeliest first."""
    return [one for seek in seekers for one in seek(actor, newcomer)]


def alike_part(request: Request, newcomer: Newcomer | None) -> HttpResponse:
    """Answer a form that is being filled in with who may be the newcomer; nothing is saved."""
    alike = lookalikes(request.actor, newcomer) if newcomer else []
    return render(request, "people/alike.html", {"alike": alike})


def warn_of_lookalikes(request: Request, newcomer: Newcomer | None) -> None:
    """Tell who saves without having been told while filling in, as without scripts."""
    if newcomer is None or TOLD in request.POST:
        return
    for one in lookalikes(request.actor, newcomer):
        words = {"text": one.text, "why": "; ".join(one.why)}
        messages.warning(request, _("There may be a record already: %(text)s (%(why)s)") % words)
