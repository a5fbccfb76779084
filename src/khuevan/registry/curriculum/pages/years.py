"""Which school year a page is asked for, and the menu to choose another."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from khuevan.registry.schools.api import AcademicYear, academic_year_on
from khuevan.ui.request import Request


def asked_year(request: Request) -> AcademicYear | None:
    """Return the school year that an address names, else the one of today."""
    code = request.GET.get("year", "")
    found = AcademicYear.objects.filter(code=code).first() if code else None
    return found or academic_year_on(request.actor.today)


def year_menu(codes: list[str], chosen: str, **kept: str) -> dict[str, Any]:
    """Return the menu of school years; `kept` stays in the address."""
    return {
        "label": _("School year %(year)s") % {"year": chosen},
        "options": [
            {
                "label": code,
                "url": "?" + urlencode({"year": code, **kept}),
                "current": code == chosen,
            }
            for code in codes
        ],
    }


def known_years() -> list[str]:
    """Return the codes of the school years, the newest first."""
    return list(AcademicYear.objects.order_by("-starts_on").values_list("code", flat=True))
