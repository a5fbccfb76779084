"""The regulations to read: all of them, and one with what rests on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.platform.regulations import selectors, tables
from khuevan.platform.regulations.models import Regulation
from khuevan.platform.regulations.notes import told_note
from khuevan.platform.regulations.permissions import VIEW_REGULATIONS
from khuevan.ui.formats import day
from khuevan.ui.menus import chosen_from, menu
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

STATES = (("now", gettext_lazy("In force today")), ("past", gettext_lazy("No longer in force")))


@page(VIEW_REGULATIONS, methods=("GET",))
def regulation_list(request: Request) -> HttpResponse:
    """Show the recorded texts, newest first: all, or those of a state."""
    state = chosen_from(request, "state", (code for code, _label in STATES))
    found = list(selectors.regulations(state=state, on=request.actor.today))
    context = {
        "menus": [menu(request, "state", _("Show"), STATES, everything=_("all"))],
        "table": tables.regulation_table(found),
        "meta": _("%(count)s texts") % {"count": len(found)},
    }
    return render_page(request, "regulations/list.html", context)


@page(VIEW_REGULATIONS, methods=("GET",))
def regulation(request: Request, code: str) -> HttpResponse:
    """Show one text: its dates, how sure we are of them, what it replaces, and what rests on it."""
    text = selectors.regulation_with_links(code)
    context = {
        "text": text,
        "facts": _facts(text),
        "settings": tables.setting_table(selectors.settings_of(text)),
        "powers": tables.power_table(selectors.powers_of(text)),
    }
    return render_page(request, "regulations/regulation.html", context)


def _facts(text: Regulation) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Kind of text"), "value": text.get_kind_display()},
        {"label": _("Issued by"), "value": text.issuer},
        {"label": _("Issued on"), "value": day(text.issued_on) if text.issued_on else ""},
        {"label": _("In force"), "value": tables.period(text.starts_on, text.ends_on)},
        {"label": _("How sure"), "value": text.get_confidence_display()},
        {"label": _("Note"), "value": told_note(text.source)},
        *_links(_("Replaces"), text.supersedes.all()),
        *_links(_("Replaced by"), text.superseded_by.all()),
        *_links(_("Amends"), text.amends.all()),
        *_links(_("Amended by"), text.amended_by.all()),
    ]
    return [fact for fact in facts if fact["value"]]


def _links(label: str, texts: Iterable[Regulation]) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "value": text.number,
            "url": reverse("regulations:one", args=[text.code]),
        }
        for text in texts
    ]
