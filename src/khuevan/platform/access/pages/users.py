"""Accounts of one's units: the list, a user, opening, resetting, switching off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.platform.access import actions
from khuevan.platform.access.actions.accounts import issuing_refusal, may_manage_account
from khuevan.platform.access.forms.people import NewAccountForm, ReasonForm
from khuevan.platform.access.permissions import (
    GIVE_GRANTS,
    MANAGE_USERS,
    VIEW_GRANTS,
    VIEW_USERS,
)
from khuevan.platform.access.selectors import (
    get_person_for,
    get_user_for,
    grant_lines,
    grants_of_person,
    people_without_account,
    users,
)
from khuevan.platform.access.tables import STATES, UserTable
from khuevan.platform.accounts.api import IssuedSignIn, User
from khuevan.platform.audit.api import entries, sentence_of, who_of
from khuevan.ui.formats import clock as clock_text
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

PART = 30
PART_OF_HISTORY = 20


@page(VIEW_USERS, methods=("GET",))
def user_list(request: Request) -> HttpResponse:
    """List the accounts of the people in one's units."""
    path = reverse("access:users")
    rows = users(actor=request.actor)
    table = UserTable(rows, request.GET, actor=request.actor, path=path)
    context = {"table": table, "may_create": request.actor.may(MANAGE_USERS)}
    part = "more" if table.is_more else "list"
    return render_page(request, "access/users.html", context, partial=part)


@page(VIEW_USERS, methods=("GET",))
def user(request: Request, uuid: UUID) -> HttpResponse:
    """Show an account: how its owner signs in, and which roles they hold."""
    found = get_user_for(request.actor, uuid, VIEW_USERS)
    return render_page(request, "access/user.html", _user_context(request.actor, found))


@page(MANAGE_USERS, methods=("GET",))
def find_person(request: Request) -> HttpResponse:
    """Look for a person of one's units who has no account yet."""
    text = request.GET.get("q", "").strip()
    found = people_without_account(actor=request.actor, permission=MANAGE_USERS, text=text)
    people = list(found[:PART]) if text else []
    return render_page(request, "access/find_person.html", {"people": people, "text": text})


@page(MANAGE_USERS)
def new_account(request: Request, uuid: UUID) -> HttpResponse:
    """Open an account for a person, and show its password once."""
    person = get_person_for(request.actor, uuid, MANAGE_USERS)
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            issued = actions.open_account(
                actor=request.actor,
                person=person,
                username=form.cleaned_data["username"],
                now=clock.now(),
            )
            return slip(request, issued)
    refusal = issuing_refusal(request.actor, person)
    context = {"form": form, "person": person, "refusal": refusal}
    return render_page(request, "access/new_account.html", context, status=form_status(request))


@page(MANAGE_USERS)
def reset_password(request: Request, uuid: UUID) -> HttpResponse:
    """Issue a one-time password, and show it once."""
    found = get_user_for(request.actor, uuid, MANAGE_USERS)
    if request.method == "POST":
        issued = actions.reset_password(actor=request.actor, user=found, now=clock.now())
        return slip(request, issued)
    _require_may_issue(request, found)
    return _confirm(
        request,
        found,
        title=_("Issue a new password?"),
        text=_("The present password and all open sessions stop working."),
        verb=_("Issue"),
    )


@page(MANAGE_USERS)
def deactivate(request: Request, uuid: UUID) -> HttpResponse:
    """Switch an account off."""
    found = get_user_for(request.actor, uuid, MANAGE_USERS)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.deactivate_account(
                actor=request.actor,
                user=found,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            return _back(request, found, _("Account deactivated."))
    return _confirm(
        request,
        found,
        form=form,
        title=_("Deactivate the account?"),
        text=_("Its owner is signed out at once and can't sign in. Roles stay as they are."),
        verb=_("Deactivate"),
    )


@page(MANAGE_USERS, methods=("POST",))
def reactivate(request: Request, uuid: UUID) -> HttpResponse:
    """Switch an account on again."""
    found = get_user_for(request.actor, uuid, MANAGE_USERS)
    actions.reactivate_account(actor=request.actor, user=found, now=clock.now())
    return _back(request, found, _("Account activated."))


@page(MANAGE_USERS)
def remove_second_factor(request: Request, uuid: UUID) -> HttpResponse:
    """Take the second step off an account whose phone is lost."""
    found = get_user_for(request.actor, uuid, MANAGE_USERS)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.remove_second_factor(
                actor=request.actor,
                user=found,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            return _back(request, found, _("Second step removed."))
    _require_may_issue(request, found)
    return _confirm(
        request,
        found,
        form=form,
        title=_("Remove the second step?"),
        text=_("Make sure by phone or in person that the owner is asking, not someone else."),
        verb=_("Remove"),
    )


def _require_may_issue(request: Request, found: User) -> None:
    """Say before a form is filled in what would be said after."""
    refusal = issuing_refusal(request.actor, found.person)
    if refusal is not None:
        raise refusal


def _user_context(actor: Actor, found: User) -> dict[str, Any]:
    status = (
        "inactive" if not found.is_active else "new" if found.must_change_password else "active"
    )
    kinds = Authenticator.objects.filter(user_id=found.pk, type=Authenticator.Type.TOTP)
    sees_grants = actor.may(VIEW_GRANTS)
    rows = grants_of_person(actor=actor, person_id=found.person_id) if sees_grants else []
    is_own = found.person_id == actor.person_id
    keeps = users(actor=actor, permission=MANAGE_USERS).filter(pk=found.pk).exists()
    is_managed = keeps and may_manage_account(actor, found)
    refusal = issuing_refusal(actor, found.person) if keeps and not is_own else None
    return {
        "account": found,
        "person": found.person,
        "pills": [STATES[status]],
        "has_app": kinds.exists(),
        "grants": grant_lines(rows, actor=actor),
        "sees_grants": sees_grants,
        "history": _history(actor, found),
        "is_managed": is_managed,
        "refusal": refusal,
        "can_ask": refusal is not None and found.is_active and keeps and not is_own,
        "is_own": is_own,
        "may_give": actor.may(GIVE_GRANTS) and not is_own,
    }


def _history(actor: Actor, found: User) -> list[dict[str, Any]]:
    """Return what happened to the account and the roles, as far as the actor reads the log."""
    rows = entries(actor=actor).filter(
        Q(code__startswith="access.") | Q(code__startswith="accounts."),
        person_id=found.person_id,
    )
    return [
        {
            "when": day(timezone.localtime(entry.at).date()),
            "time": clock_text(timezone.localtime(entry.at)),
            "icon": "history",
            "title": sentence_of(entry),
            "text": " · ".join(filter(None, (who_of(entry), entry.details.get("reason")))),
        }
        for entry in rows[:PART_OF_HISTORY]
    ]


def slip(request: Request, issued: IssuedSignIn, *, back_url: str = "") -> HttpResponse:
    """Answer with the slip itself: the password is on no page that could be opened again."""
    context = {
        "account": issued.user,
        "person": issued.user.person,
        "password": issued.password,
        "back_url": back_url or reverse("access:user", args=[issued.user.uuid]),
    }
    return render_page(request, "access/slip.html", context)


def _confirm(
    request: Request, found: User, *, title: str, text: str, verb: str, form: Any = None
) -> HttpResponse:
    context = {"account": found, "title": title, "text": text, "verb": verb, "form": form}
    status = form_status(request) if form is not None else 200
    return render_page(request, "access/confirm_account.html", context, status=status)


def _back(request: Request, found: User, text: str) -> HttpResponse:
    messages.success(request, text)
    return done(request, reverse("access:user", args=[found.uuid]))
