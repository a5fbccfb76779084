"""Who decides: asked for any school and day, and told for one school as a tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from khuevan.kernel.errors import DomainError, NotFound
from khuevan.kernel.vietnamese import fold
from khuevan.platform.areas.api import TWO_LEVELS_SINCE
from khuevan.platform.regulations.api import power_label, power_named
from khuevan.registry.authority import selectors, tables
from khuevan.registry.authority.answers import Answer
from khuevan.registry.authority.doors import school_asked
from khuevan.registry.authority.forms import DaysForm, QuestionForm
from khuevan.registry.authority.permissions import VIEW_AUTHORITY
from khuevan.registry.schools.api import School, name_of, school_frame, schools
from khuevan.ui.formats import day
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

T = TypeVar("T")
OFFERED = 12
ERAS = {
    "from": day(TWO_LEVELS_SINCE - timedelta(days=1)),
    "to": day(TWO_LEVELS_SINCE),
}
"""The last day of the districts beside the first of the two levels: what is asked most."""


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """What is told of one day: an answer, or a sentence that says why there is none."""

    on: date
    value: T | None = None
    refusal: str = ""


@page(VIEW_AUTHORITY, methods=("GET",))
def ask(request: Request) -> HttpResponse:
    """Ask who decides a matter for a school on one day or two."""
    form = QuestionForm(request.GET or None, initial={"on": request.actor.today})
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= _asked(request, form.cleaned_data)
    return render_page(request, "authority/ask.html", context)


@page(VIEW_AUTHORITY, methods=("GET",))
def school(request: Request, code: str) -> HttpResponse:
    """Show who decides every matter for a school, on one day or two."""
    form, days = _days(request)
    found = school_asked(request.actor, code, on=days[0])
    told = [
        _told(one, lambda on: selectors.all_authorities(school_id=found.pk, on=on)) for one in days
    ]
    context = {
        **school_frame(request, found, "authority"),
        "form": form,
        "refusals": [one.refusal for one in told if one.refusal],
        "table": _table(found, told),
        "eras_url": f"?{urlencode(ERAS)}",
    }
    return render_page(request, "authority/school.html", context)


@page(VIEW_AUTHORITY, methods=("GET",))
def power(request: Request, code: str, power: str) -> HttpResponse:
    """Show who decided one matter for a school through all that is recorded."""
    on = request.actor.today
    found = school_asked(request.actor, code, on=on)
    histories = selectors.histories(power, school_id=found.pk, on=on)
    name = power_named(power)
    asked = {"school": found.code, "power": name, **ERAS}
    context = {
        **school_frame(request, found, "authority"),
        "power_name": power_label(name),
        "histories": [tables.history_table(one) for one in histories],
        "compare_url": f"{reverse('authority:ask')}?{urlencode(asked)}",
        "all_url": reverse("authority:school", args=[found.code]),
    }
    return render_page(request, "authority/power.html", context)


def _asked(request: Request, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the answer for each day, or the schools that may be meant."""
    try:
        found = school_asked(request.actor, asked["school"], on=asked["on"])
    except NotFound:
        return {"is_unclear": True, "offered": _offered(request, asked["school"])}
    days = [one for one in (asked["on"], asked["also"]) if one]
    told = [
        _told(one, lambda on: selectors.authority(asked["power"], school_id=found.pk, on=on))
        for one in days
    ]
    return {
        "told": [{"on": day(one.on), "refusal": one.refusal, **_panel(one.value)} for one in told],
        "eras_url": f"?{urlencode({**request.GET.dict(), **ERAS})}",
        "school_url": reverse("authority:school", args=[found.code]),
        "power_url": reverse("authority:power", args=[found.code, asked["power"]]),
        "school_name": name_of(found),
        "power_name": power_label(asked["power"]),
    }


def _panel(answer: Answer | None) -> dict[str, Any]:
    """Return an answer as its panel shows it."""
    if answer is None:
        return {"rulings": []}
    return {
        "school_name": answer.school_name,
        "rulings": [tables.ruling_view(one) for one in answer.rulings],
    }


def _offered(request: Request, text: str) -> list[dict[str, str]]:
    """Return the schools whose name holds these words, each as the same question about it."""
    rows = schools(actor=request.actor, on=request.actor.today, permission=VIEW_AUTHORITY)
    for word in fold(text).split():
        rows = rows.filter(search_name__contains=word)
    return [
        {
            "label": name_of(row),
            "meta": " · ".join(part for part in (row.area_name, row.code) if part),
            "url": f"?{urlencode({**request.GET.dict(), 'school': row.code})}",
        }
        for row in rows[:OFFERED]
    ]


def _days(request: Request) -> tuple[DaysForm, list[date]]:
    """Return the form of the days and what it asks; today when nothing readable was."""
    today = request.actor.today
    form = DaysForm(request.GET or None, initial={"on": today})
    if not form.is_bound or not form.is_valid():
        return form, [today]
    asked = form.cleaned_data
    return form, [one for one in (asked["on"], asked["also"]) if one]


def _told(on: date, read: Callable[[date], T]) -> Told[T]:
    """Return what is told of a day; a refusal as its sentence."""
    try:
        return Told(on, read(on))
    except DomainError as error:
        return Told(on, refusal=str(error))


def _table(found: School, told: list[Told[list[Answer]]]) -> Any:
    """Return the table of one day or of two."""
    lists = [one.value or [] for one in told]
    if len(told) == 1:
        return tables.powers_table(found.code, lists[0])
    days = (told[0].on, told[1].on)
    return tables.comparison_table(found.code, days, (lists[0], lists[1]))
