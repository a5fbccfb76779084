"""What the pages of a move-over share: its door, its school's name, its head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from khuevan.kernel.actor import Actor, Permission
from khuevan.registry.cutover import selectors
from khuevan.registry.cutover.models import Cutover
from khuevan.registry.cutover.permissions import RUN_CUTOVERS, SIGN_CUTOVERS, VIEW_CUTOVERS
from khuevan.registry.cutover.shown import crumbs, product_name
from khuevan.registry.schools.api import School, get_school_for, held_on, name_of
from khuevan.ui.page import form_status, render_page
from khuevan.ui.request import Request


def found(
    actor: Actor, uuid: UUID, permission: Permission = VIEW_CUTOVERS
) -> tuple[Cutover, School]:
    """Return a move-over and its school with the name of today."""
    cutover = selectors.get_cutover_for(actor, uuid, permission)
    return cutover, get_school_for(actor, cutover.school.code, permission)


def school_page(cutover_school: School) -> str:
    """Return the page of a school's move-over."""
    return reverse("cutover:school", args=[cutover_school.code])


def render(
    request: Request,
    template: str,
    school: School,
    context: Mapping[str, Any],
    *,
    title: str = "",
    cutover: Cutover | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Render a page with what stands around it."""
    actor = request.actor
    frame = {
        "cutover": cutover,
        "school": school,
        "school_name": name_of(school),
        "product": product_name(cutover) if cutover else "",
        "crumbs": crumbs(actor, school, *([title] if title else [])),
        "title": title,
        "may_run": held_on(actor, RUN_CUTOVERS, school),
        "may_sign": held_on(actor, SIGN_CUTOVERS, school),
        "school_page": school_page(school),
    }
    return render_page(
        request,
        f"cutover/{template}.html",
        {**frame, **context},
        status=status or form_status(request),
    )
