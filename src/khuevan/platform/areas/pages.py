"""The provinces, districts and communes of any day, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.periods import holds, last_day
from khuevan.platform.areas import selectors
from khuevan.platform.areas.actions import FORMER_SINCE
from khuevan.platform.areas.forms import AreaForm
from khuevan.platform.areas.models import Area
from khuevan.platform.areas.permissions import VIEW_AREAS
from khuevan.platform.areas.selectors import Traced
from khuevan.ui.formats import day
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Cell, Head, Pill, ReadyTable, Row

MOST = 100
COLUMNS = (
    Head(gettext_lazy("Name")),
    Head(gettext_lazy("Code")),
    Head(gettext_lazy("Belongs to")),
    Head(gettext_lazy("Period")),
    Head(gettext_lazy("Became")),
    Head(gettext_lazy("Made of")),
    Head(gettext_lazy("State")),
)


@page(VIEW_AREAS, methods=("GET",))
def area_list(request: Request) -> HttpResponse:
    """Show the areas with a name or code, of all times or of a day; the provinces else."""
    form = AreaForm(request.GET or None)
    today = request.actor.today
    asked: dict[str, Any] = {"q": "", "on": None}
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
    if asked["q"]:
        found = selectors.areas_found(asked["q"], on=asked["on"], limit=MOST + 1)
    else:
        found = list(selectors.provinces(asked["on"] or today))
    rows = selectors.traced(found[:MOST])
    context: dict[str, Any] = {
        "form": form,
        "table": area_table(rows, asked["on"] or today),
        "is_cut": len(found) > MOST,
        "reused": _changes_of_code(rows),
        "is_early": asked["on"] is not None and asked["on"] < FORMER_SINCE,
        "first_day": day(FORMER_SINCE),
    }
    return render_page(request, "areas/list.html", context)


def _changes_of_code(found: Sequence[Traced]) -> list[str]:
    """Return the sentences on a code that stands for another area, or for one called otherwise."""
    by_code: dict[str, list[Traced]] = {}
    for one in sorted(found, key=lambda one: one.area.starts_on):
        by_code.setdefault(one.area.code, []).append(one)
    said = [
        [
            _changed(before.area, after)
            for before, after in pairwise(rows)
            if before.area.full_name != after.area.full_name
        ]
        for rows in by_code.values()
    ]
    told = [one for one in said if one]
    return told[0] if len(told) == 1 else []


def _changed(before: Area, after: Traced) -> str:
    """Return the sentence on one code that means something else from a day on."""
    told = {
        "code": before.code,
        "until": day(last_day(before.ends_on)) if before.ends_on else "–",
        "before": before.full_name,
        "since": day(after.area.starts_on),
        "after": after.area.full_name,
    }
    if after.is_only(before):
        return _("On %(since)s %(before)s became %(after)s: the same area, code %(code)s.") % told
    return (
        _(
            "The code %(code)s was used again: until %(until)s it was %(before)s, since %(since)s"
            " it is %(after)s."
        )
        % told
    )


def area_table(rows: list[Traced], on: date) -> ReadyTable:
    """Return areas as a list, each with what it came from and went into."""
    return ReadyTable(_("Areas"), COLUMNS, [_row(one, on) for one in rows])


def _row(one: Traced, on: date) -> Row:
    area = one.area
    is_now = holds(area, on)
    state = Pill("ok", "check", _("Stands")) if is_now else Pill("neutral", "history", _("Former"))
    return Row(
        label=area.full_name,
        cells=(
            Cell(area.code),
            Cell(one.above, none="" if one.above else "–"),
            Cell(_period(area), css="nowrap" if area.ends_on is None else ""),
            _names(one.became),
            _names(one.came_from),
            Cell(pill=state),
        ),
    )


def _names(areas: tuple[Area, ...]) -> Cell:
    text = ", ".join(f"{one.full_name} ({one.code})" for one in areas)
    return Cell(text, none="" if text else "–")


def _period(area: Area) -> str:
    if area.ends_on is None:
        return _("since %(day)s") % {"day": day(area.starts_on)}
    last = day(last_day(area.ends_on))
    if area.listed_since is not None:
        return _("until %(last)s (not verified before %(first)s)") % {
            "last": last,
            "first": day(area.listed_since),
        }
    return _("%(first)s to %(last)s") % {"first": day(area.starts_on), "last": last}
