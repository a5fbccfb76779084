"""The page of the one search box, and the list that drops from it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from khuevan.kernel.actor import SIGNED_IN
from khuevan.platform.search import selectors
from khuevan.platform.search.selectors import LONGEST_QUERY
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

IN_DROPDOWN = 4
ON_PAGE = 20


@page(SIGNED_IN, methods=("GET",))
def results(request: Request) -> HttpResponse:
    """Show everything found, by kind; the query stays in its box."""
    query = _query(request)
    groups = selectors.search(actor=request.actor, query=query, limit=ON_PAGE)
    context = {"query": query, "groups": groups, "longest": LONGEST_QUERY}
    return render_page(request, "search/results.html", context)


@page(SIGNED_IN, methods=("GET",))
def dropdown(request: Request) -> HttpResponse:
    """Give the best few of each kind for the list under the box."""
    query = _query(request)
    context = {
        "query": query,
        "groups": selectors.search(actor=request.actor, query=query, limit=IN_DROPDOWN),
        "all_url": f"{reverse('search:results')}?{urlencode({'q': query})}",
    }
    return render_page(request, "search/dropdown_page.html", context, partial="dropdown")


def _query(request: Request) -> str:
    return request.GET.get("q", "").strip()[:LONGEST_QUERY]
