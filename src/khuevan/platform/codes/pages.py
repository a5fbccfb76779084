"""The code lists to read: all of them, and the codes of one with validity and source."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.vietnamese import fold
from khuevan.platform.codes import tables
from khuevan.platform.codes.lists import Code, code_table, code_tables
from khuevan.platform.codes.permissions import VIEW_CODES
from khuevan.ui.menus import chosen_from, menu
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

STATES = (("now", gettext_lazy("In force today")), ("past", gettext_lazy("No longer in force")))


@page(VIEW_CODES, methods=("GET",))
def code_lists(request: Request) -> HttpResponse:
    """Show all lists."""
    on = request.actor.today
    table = tables.list_table(code_tables().values(), on=on)
    return render_page(request, "codes/lists.html", {"table": table})


@page(VIEW_CODES, methods=("GET",))
def code_list(request: Request, key: str) -> HttpResponse:
    """Show the codes of one list: those of a state, with some words in the name."""
    one, on = code_table(key), request.actor.today
    state = chosen_from(request, "state", (code for code, _label in STATES))
    words = request.GET.get("q", "").strip()[:80]
    found = [code for code in one.codes if _is_shown(code, state, words, on)]
    context = {
        "one": one,
        "q": words,
        "menus": [menu(request, "state", _("Show"), STATES, everything=_("all"))],
        "table": tables.code_rows(found, caption=one.name),
        "meta": _("%(shown)s of %(all)s codes") % {"shown": len(found), "all": len(one.codes)},
    }
    return render_page(request, "codes/list.html", context)


def _is_shown(code: Code, state: str, words: str, on: date) -> bool:
    if state and code.holds(on) != (state == "now"):
        return False
    text = fold(" ".join((code.code, code.name_vi, code.name_en, *code.aliases)))
    return all(word in text for word in fold(words).split())
