"""What this app gives the page shell: the person, the hats, the unit, the year, the languages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from khuevan.kernel.memo import memo
from khuevan.platform.access.actor import GrantActor, Hat
from khuevan.platform.access.anchors import year_labels
from khuevan.platform.access.selectors import unit_names
from khuevan.ui.addresses import address
from khuevan.ui.request import Request

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


def shell_extras(request: Request) -> dict[str, Any]:
    """Return the parts of the shell that follow from who acts: one query for all unit names."""
    actor = request.actor
    parts: dict[str, Any] = {
        "is_signed_in": actor.is_signed_in,
        "languages": _languages(request),
        "account_url": address("access:account"),
        "sign_out_url": address("account_logout"),
        "language_url": address("access:language"),
        "theme_url": address("access:theme"),
    }
    if isinstance(actor, GrantActor):
        parts |= _person(request, actor)
        parts |= _hats(actor)
        parts["year_label"] = next((label(request) for label in year_labels), "")
    return parts


def _person(request: Request, actor: GrantActor) -> dict[str, Any]:
    person = request.user.person  # type: ignore[union-attr]
    return {
        "person_name": actor.label,
        "person_initials": person.initials,
        "theme": request.user.theme,  # type: ignore[union-attr]
    }


def _hats(actor: GrantActor) -> dict[str, Any]:
    names = _unit_names(frozenset(hat.unit_id for hat in actor.hats), actor.today)
    worn = actor.hat or actor.waiting
    unit = names.get(worn.unit_id or 0, "") if worn else ""
    return {
        "hats": [_hat(hat, names, is_worn=hat is worn) for hat in actor.hats],
        "unit_name": unit or (worn.label if worn else ""),
        "unit_icon": "school" if worn and worn.is_of_a_school else "landmark",
        "purpose": actor.purpose,
    }


@memo(seconds=15, size=4096)
def _unit_names(ids: frozenset[int | None], on: date) -> dict[int, str]:
    return unit_names(ids, on=on)


def _hat(hat: Hat, names: dict[int, str], *, is_worn: bool) -> dict[str, Any]:
    return {
        "key": hat.key,
        "label": hat.label,
        "detail": names.get(hat.unit_id or 0, ""),
        "url": reverse("access:hat", args=(hat.key,)),
        "current": is_worn,
    }


def _languages(request: Request) -> list[dict[str, Any]]:
    now = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return [
        {
            "code": code,
            "label": LANGUAGE_NAMES.get(code, code),
            "url": address("access:language"),
            "current": code == now,
        }
        for code, _label in settings.LANGUAGES
    ]
