"""The button on a list's own page that takes it out in the columns in which it is loaded."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from khuevan.platform.sheets.importers import find_importer

register = template.Library()


@register.inclusion_tag("sheets/out_button.html", takes_context=True)
def list_out(context: dict[str, Any], word: str, unit_id: int | None = None) -> dict[str, str]:
    """Show the button to who keeps the list of their own unit; costs no query.

    On the page of one school it is shown where that school is the reader's own.
    """
    actor = context["request"].actor
    importer = find_importer(word)
    own = getattr(getattr(actor, "hat", None), "unit_id", None)
    is_own = own is not None and unit_id in {None, own}
    if importer is None or importer.outgoing is None or not is_own:
        return {"url": ""}
    may = actor.may(importer.outgoing.permission) and actor.may(importer.permission)
    return {"url": reverse("sheets:out", args=[word]) if may else ""}
