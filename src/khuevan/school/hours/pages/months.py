"""Which month an address asks for, and the steps to the ones beside it."""

from __future__ import annotations

from datetime import date, timedelta

from khuevan.school.hours.rules import month_of
from khuevan.ui.request import Request

MONTHS = 6


def asked_month(request: Request) -> date:
    """Return the first day of the month that an address names, else of today's week."""
    try:
        found = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return month_of(request.actor.today)
    return found if 2000 <= found.year <= 2100 else month_of(request.actor.today)


def around(month: date) -> list[dict[str, str]]:
    """Return the months half a year before and after one, to choose from."""
    first = month.year * 12 + month.month - 1 - MONTHS
    return [
        {"key": f"{at // 12}-{at % 12 + 1:02d}", "label": f"{at % 12 + 1:02d}/{at // 12}"}
        for at in range(first, first + 2 * MONTHS + 1)
    ]


def beside(month: date) -> dict[str, str]:
    """Return the months before and after one, as an address names them."""
    before = month - timedelta(days=1)
    after = month + timedelta(days=31)
    return {"before": f"?month={before:%Y-%m}", "after": f"?month={after:%Y-%m}"}
