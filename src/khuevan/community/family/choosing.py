"""A family ranks combinations of subjects for a child, and reads what came out and why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.community.family import selectors
from khuevan.community.family.choice_line import LEVEL
from khuevan.community.family.pages import frame_of
from khuevan.community.family.permissions import VIEW_CHILD
from khuevan.community.family.selectors import Child, get_child_for
from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.choices.api import (
    GIVE_WISHES,
    MOST_WISHES,
    ChoiceRound,
    Combination,
    WishList,
    combination_of,
    give_wishes,
    offered_in,
    own_result,
    own_wishes,
    promise_of,
    result_words,
    rounds_of,
    subjects_words,
)
from khuevan.ui.asked import posted_uuid, whole_number
from khuevan.ui.formats import day, moment, number
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(VIEW_CHILD, methods=("GET",))
def choices(request: Request) -> HttpResponse:
    """Go to the choices of the child who has any to make."""
    found = selectors.children(actor=request.actor, on=request.actor.today)
    child = next((one for one in found if one.level == LEVEL), found[0] if found else None)
    if child is None:
        return redirect("family:home")
    return redirect("family:choices", uuid=child.uuid)


@page(GIVE_WISHES)
def child_choices(request: Request, uuid: UUID) -> HttpResponse:
    """Show what may be chosen, what was, and what came out; take the wishes."""
    actor = request.actor
    child = get_child_for(actor, uuid, on=actor.today)
    if request.method == "POST":
        try:
            _take(request, child)
            messages.success(request, _("Your choice is saved. You can change it until the end."))
            return done(request, reverse("family:choices", args=[uuid]))
        except NotFound:
            raise
        except DomainError as error:
            messages.error(request, str(error))
    found = selectors.children(actor=actor, on=actor.today)
    held = combination_of(actor=actor, student=child.student, permission=GIVE_WISHES)
    rounds = rounds_of(actor=actor, student=child.student, room=child.room) if child.room else []
    context = {
        **frame_of(request, child, found, "family:choices"),
        "held": [
            {
                "name": one.combination.name,
                "options": subjects_words(one.combination.options),
                "clusters": subjects_words(one.combination.clusters),
                "since": day(one.starts_on),
                "until": day(one.ends_on) if one.ends_on else "",
            }
            for one in held
        ],
        "rounds": [_round(request, child, one, learns=bool(held)) for one in rounds],
    }
    return render_page(request, "family/choices.html", context, status=form_status(request))


def _take(request: Request, child: Child) -> None:
    give_wishes(
        actor=request.actor,
        round_uuid=posted_uuid(request, "round"),
        student_uuid=child.uuid,
        combination_ids=[one for one in _said(request) if one is not None],
        now=clock.now(),
    )


def _said(request: Request) -> list[int | None]:
    """Return what was sent for each rank: a refused choice stays on the page as it was made."""
    said = [request.POST.get(f"wish_{place}", "") for place in range(1, MOST_WISHES + 1)]
    return [whole_number(one) for one in said]


def _round(request: Request, child: Child, one: ChoiceRound, *, learns: bool) -> dict[str, Any]:
    actor = request.actor
    offered = offered_in(one)
    wished = own_wishes(actor=actor, one=one, student=child.student)
    result = own_result(actor=actor, one=one, student=child.student)
    chosen = list(wished.combination_ids) if wished else []
    ranked = _said(request) if request.POST.get("round") == str(one.uuid) else chosen
    names = {row.pk: row.name for row in offered}
    return {
        "uuid": one.uuid,
        "name": one.name,
        "last_day": day(one.last_day),
        "is_open": one.is_open(actor.today),
        "is_published": one.published_at is not None,
        "score_name": one.score_name,
        "points": _points(wished),
        "offered": [_offer(row) for row in offered],
        "ranks": [
            {
                "number": place + 1,
                "chosen": ranked[place] if place < len(ranked) else None,
                "options": [{"id": row.pk, "name": row.name} for row in offered],
            }
            for place in range(one.most_wishes)
        ],
        "wishes": [names.get(pk, "–") for pk in chosen],
        "given": _("%(who)s, %(at)s")
        % {"who": wished.given_by.full_name, "at": moment(wished.given_at)}
        if wished and wished.given_by and wished.given_at
        else "",
        "got": result.combination.name if result and result.combination else "",
        "why": result_words(result, chose=bool(chosen), learns=learns) if result else [],
        "promise": promise_of(one.seed),
        "seed": one.seed if one.published_at else "",
        "code": str(child.uuid),
    }


def _points(wished: WishList | None) -> str:
    """Return the declared score with all its digits: they decide."""
    return "" if wished is None or wished.points is None else number(float(wished.points))


def _offer(row: Combination) -> dict[str, Any]:
    return {
        "name": row.name,
        "options": subjects_words(row.options),
        "clusters": subjects_words(row.clusters),
        "capacity": row.capacity,
    }
