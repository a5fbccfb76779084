"""The demo's sign-in page: the fixed cast, one click each. Its route exists in demo mode only."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect

from khuevan.kernel.actor import PUBLIC
from khuevan.platform.access.demo import DemoPerson, demo_cast
from khuevan.platform.access.sign_in import note_second_factor
from khuevan.platform.accounts.api import User
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request

BACKEND = "khuevan.platform.accounts.backends.PasswordBackend"


@page(PUBLIC)
def demo(request: Request) -> HttpResponseBase:
    """Show the cast, or sign in as one of them; their second step counts as done."""
    if request.method == "POST":
        user = _cast().get(request.POST.get("username", ""))
        if user is None:
            raise Http404
        login(request, user, backend=BACKEND)
        note_second_factor(request, user.pk)
        return redirect("/")
    users = _cast()
    people = [(one, users[one.username]) for one in demo_cast if one.username in users]
    return render_page(request, "access/demo.html", {"groups": _grouped(people)})


def _cast() -> dict[str, User]:
    names = [one.username for one in demo_cast]
    found = User.objects.for_sign_in().filter(username__in=names, is_active=True)
    return {user.username: user for user in found}


def _grouped(people: list[tuple[DemoPerson, User]]) -> dict[str, list[tuple[DemoPerson, User]]]:
    groups: dict[str, list[tuple[DemoPerson, User]]] = {}
    for one, user in people:
        groups.setdefault(str(one.group), []).append((one, user))
    return groups
