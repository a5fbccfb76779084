"""Figures in the search box, for whoever may open them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from khuevan.insight.dashboard.figures import figures
from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import fold
from khuevan.platform.search.api import SearchHit


def find_figures(actor: Actor, words: str, limit: int) -> Iterable[SearchHit]:
    """Return the figures whose name has all the words."""
    wanted = words.split()
    named = ((fold(str(figure.label)), figure) for figure in figures)
    found = [figure for name, figure in named if all(word in name for word in wanted)]
    for figure in found[:limit]:
        address = reverse("dashboard:figure", args=[figure.code])
        yield SearchHit(str(figure.label), address, str(figure.numerator_label), "chart-column")
