"""Roles as data: what each may do, as a level for every area; who changed what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.actor import SIGNED_IN, Permission, permissions
from khuevan.platform.access import actions, audit_codes, rules
from khuevan.platform.access.actions.roles import holds_everywhere, may_keep_roles
from khuevan.platform.access.forms.people import NewRoleForm, ReasonForm
from khuevan.platform.access.models import Role
from khuevan.platform.access.permissions import MANAGE_ROLES
from khuevan.platform.access.roles import HATS, ROLE_LABELS
from khuevan.platform.access.selectors import area_lines, role_named, roles
from khuevan.platform.audit.api import AuditEntry, entries
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

LEVEL_NAMES = {
    rules.NONE: gettext_lazy("none"),
    "view": gettext_lazy("view"),
    "record": gettext_lazy("record"),
    "approve": gettext_lazy("approve"),
    "manage": gettext_lazy("manage"),
    rules.CUSTOM: gettext_lazy("chosen singly"),
}
PART_OF_HISTORY = 30


@page(SIGNED_IN, methods=("GET",))
def role_list(request: Request) -> HttpResponse:
    """List the roles: knowing what a role may do gives nothing."""
    groups: dict[str, list[Any]] = {}
    for role in roles():
        groups.setdefault(str(HATS[role.hat]), []).append(role)
    may_change = may_keep_roles(request.actor)
    return render_page(request, "access/roles.html", {"groups": groups, "may_change": may_change})


@page(SIGNED_IN, methods=("GET",))
def role(request: Request, code: str) -> HttpResponse:
    """Show what a role may do, and how that changed."""
    found = role_named(code)
    context = {
        "role": found,
        "areas": _areas(found),
        "gives": [ROLE_LABELS.get(one, one) for one in found.gives],
        "history": _history(request, found.pk),
        "may_change": may_keep_roles(request.actor),
    }
    return render_page(request, "access/role.html", context)


@page(MANAGE_ROLES)
def new_role(request: Request) -> HttpResponse:
    """Create a role of the province's own, out of what one holds oneself."""
    if not may_keep_roles(request.actor):
        raise Http404
    form = NewRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            created = actions.create_role(
                actor=request.actor,
                levels=_chosen(request, rules.NONE),
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("Role created."))
            return done(request, reverse("access:role", args=[created.code]))
    blank = Role(code="", permissions=[])
    context = {"areas": _choices(request, blank), "form": form}
    return render_page(request, "access/new_role.html", context, status=form_status(request))


@page(MANAGE_ROLES)
def change_role(request: Request, code: str) -> HttpResponse:
    """Set the level of each area of a role."""
    if not may_keep_roles(request.actor):
        raise Http404
    found = role_named(code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.change_role(
                actor=request.actor,
                code=code,
                levels=_chosen(request),
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("Role changed."))
            return done(request, reverse("access:role", args=[code]))
    context = {"role": found, "areas": _choices(request, found), "form": form}
    return render_page(request, "access/change_role.html", context, status=form_status(request))


def _chosen(request: Request, unsaid: str = rules.CUSTOM) -> dict[str, str]:
    known = {*rules.LEVELS, rules.NONE, rules.CUSTOM}
    codes = [area.code for area in rules.areas(permissions)]
    asked = {code: request.POST.get(f"area-{code}", unsaid) for code in codes}
    return {code: level for code, level in asked.items() if level in known}


def _areas(found: Any) -> list[dict[str, Any]]:
    """Return each area with its level and the levels to choose from, in words."""
    lines = []
    for line in area_lines(found):
        offered: list[tuple[str, list[str]]] = [(rules.NONE, []), *line.levels]
        if line.level == rules.CUSTOM:
            offered.append((rules.CUSTOM, line.held))
        lines.append(
            {
                "code": line.code,
                "label": line.label,
                "level": line.level,
                "level_name": LEVEL_NAMES[line.level],
                "held": line.held,
                "choices": [(level, LEVEL_NAMES[level], adds) for level, adds in offered],
            }
        )
    return lines


def _choices(request: Request, found: Role) -> list[dict[str, Any]]:
    """Return each area with the levels the actor may set: what was posted, else what is held."""
    actor, held = request.actor, set(found.permissions)

    def never(one: Permission) -> bool:
        return rules.never_of(found.hat, one)

    lines = _areas(found)
    for area, line in zip(rules.areas(permissions), lines, strict=True):
        offered = []
        for level, name, adds in line["choices"]:
            after = rules.with_levels(held, {area.code: level}, [area])
            wrong = rules.not_theirs_to_add(
                held, after, area.permissions, lambda code: holds_everywhere(actor, code)
            )
            wrong += [one for one in area.permissions if one.code in after - held and never(one)]
            offered.append((level, name, adds, not wrong))
        line["offered"] = offered
        line["level"] = request.POST.get(f"area-{area.code}", line["level"])
    return lines


def _history(request: Request, role_id: int) -> list[AuditEntry]:
    """Return the changes of a role, as far as the actor reads the log."""
    rows = entries(actor=request.actor).filter(
        code__in=(audit_codes.ROLE_CREATED, audit_codes.ROLE_CHANGED),
        target_kind="access.role",
        target_id=role_id,
    )
    return list(rows[:PART_OF_HISTORY])
