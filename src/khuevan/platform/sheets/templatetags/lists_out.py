"""The buttons on a list's own page that load it, and take it out in the columns it is loaded in."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from khuevan.platform.sheets.importers import find_importer
from khuevan.platform.sheets.permissions import USE_IMPORTS

register = template.Library()


@register.inclusion_tag("sheets/out_button.html", takes_context=True)
def list_out(
    context: dict[str, Any], word: str, unit_id: int | None = None, label: str = ""
) -> dict[str, str]:
    """Show the button to who keeps the list of their own unit; costs no query.

    On the page of one school it is shown where that school is the reader's own.
    """
    importer = find_importer(word)
    if importer is None or importer.outgoing is None or not _is_own(context, unit_id):
        return {"url": ""}
    actor = context["request"].actor
    may = actor.may(importer.outgoing.permission) and actor.may(importer.permission)
    return {"url": reverse("sheets:out", args=[word]) if may else "", "label": label}


@register.inclusion_tag("sheets/in_button.html", takes_context=True)
def list_in(context: dict[str, Any], word: str, unit_id: int) -> dict[str, str]:
    """Show the button that loads a list to who may load it for their own unit."""
    importer, actor = find_importer(word), context["request"].actor
    may = importer is not None and actor.may(importer.permission) and actor.may(USE_IMPORTS)
    shown = may and _is_own(context, unit_id)
    return {"url": reverse("sheets:upload", args=[word]) if shown else ""}


def _is_own(context: dict[str, Any], unit_id: int | None) -> bool:
    own = getattr(getattr(context["request"].actor, "hat", None), "unit_id", None)
    return own is not None and unit_id in {None, own}
