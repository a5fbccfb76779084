"""A round of choosing: its rules, who has chosen, the preview, the result."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.choices import actions
from khuevan.registry.choices.allotment_rules import promise_of
from khuevan.registry.choices.forms import PublishForm, RoundForm
from khuevan.registry.choices.models import ChoiceRound
from khuevan.registry.choices.pages.combinations import asked_grade
from khuevan.registry.choices.permissions import DECIDE_CHOICES, MANAGE_CHOICES, VIEW_CHOICES
from khuevan.registry.choices.selectors.rounds import (
    Choosing,
    Standing,
    computed,
    differs,
    get_round_for,
    left_without,
    standing_of,
)
from khuevan.registry.choices.shown import result_words, round_pill, subjects_words
from khuevan.registry.schools.api import (
    GradeLevel,
    School,
    academic_year_on,
    get_school_for,
    held_on,
    school_frame,
)
from khuevan.ui.formats import day, number
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

MISSING = "missing"
WEEK = timedelta(days=7)


@page(MANAGE_CHOICES)
def add(request: Request, code: str) -> HttpResponse:
    """Open a round for a grade."""
    school = get_school_for(request.actor, code, MANAGE_CHOICES)
    year = academic_year_on(request.actor.today)
    if year is None:
        raise NotFound
    grade = asked_grade(request)
    initial = {
        "name": _("Choosing combinations, %(grade)s") % {"grade": grade.label},
        "first": request.actor.today,
        "last": request.actor.today + WEEK,
        "most_wishes": 3,
    }
    form = RoundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            one = actions.open_round(
                actor=request.actor,
                school=school,
                year=year,
                grade=grade,
                data=form.data_said,
                now=clock.now(),
            )
            messages.success(request, _("%(name)s saved.") % {"name": one.name})
            return done(request, round_url(school, one))
    return _form_page(request, school, form, grade, reverse("choices:board", args=[school.code]))


@page(MANAGE_CHOICES)
def edit(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Change a round: its rules before it begins, its last day later."""
    school = get_school_for(request.actor, code, MANAGE_CHOICES)
    one = get_round_for(request.actor, uuid, MANAGE_CHOICES, school)
    initial = {
        "name": one.name,
        "first": one.starts_on,
        "last": one.last_day,
        "most_wishes": one.most_wishes,
        "score_name": one.score_name,
    }
    form = RoundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.change_round(
                actor=request.actor, uuid=uuid, data=form.data_said, now=clock.now()
            )
            messages.success(request, _("Saved."))
            return done(request, round_url(school, one))
    return _form_page(request, school, form, one.grade_level, round_url(school, one))


@page(VIEW_CHOICES, methods=("GET",))
def show(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Show a round: its rules, its combinations, and one class of its pupils at a time."""
    return show_round(request, code, uuid)


@page(MANAGE_CHOICES, methods=("POST",))
def remind(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Tell who hasn't chosen."""
    school = get_school_for(request.actor, code, MANAGE_CHOICES)
    count = actions.remind(actor=request.actor, uuid=uuid, now=clock.now())
    told = ngettext("%(count)s person reminded.", "%(count)s people reminded.", count)
    messages.success(request, told % {"count": count})
    return done(request, reverse("choices:round", args=[school.code, uuid]))


@page(MANAGE_CHOICES, methods=("POST",))
def compute(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Compute the result; nobody else sees it yet."""
    school = get_school_for(request.actor, code, MANAGE_CHOICES)
    found = actions.compute_result(actor=request.actor, uuid=uuid, now=clock.now())
    words = {"count": sum(one.place is not None for one in found), "total": len(found)}
    messages.success(request, _("%(count)s of %(total)s pupils have a place.") % words)
    return done(request, reverse("choices:round", args=[school.code, uuid]))


@page(DECIDE_CHOICES, methods=("POST",))
def publish(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Publish the result: families read their own, and pupils learn what they got."""
    school = get_school_for(request.actor, code, DECIDE_CHOICES)
    said = request.POST.copy()
    form = PublishForm(said)
    if form.is_valid():
        with form.domain_errors():
            actions.publish_result(
                actor=request.actor,
                uuid=uuid,
                takes_effect_on=form.cleaned_data["takes_effect_on"],
                seen=form.cleaned_data["seen"],
                now=clock.now(),
            )
            messages.success(request, _("Published. Each family reads its own result."))
            return done(request, reverse("choices:round", args=[school.code, uuid]))
    one = get_round_for(request.actor, uuid, DECIDE_CHOICES, school)
    said["seen"] = _before_publishing(request, one)["seen"]  # what the refused form is drawn with
    return show_round(request, code, uuid, form, status=form_status(request))


def show_round(
    request: Request, code: str, uuid: UUID, form: PublishForm | None = None, status: int = 200
) -> HttpResponse:
    """Draw the page of a round."""
    school = get_school_for(request.actor, code, VIEW_CHOICES)
    one = get_round_for(request.actor, uuid, VIEW_CHOICES, school)
    standing = standing_of(one, on=request.actor.today)
    is_over = request.actor.today >= one.ends_on
    shown, options = _part(request, standing)
    context = {
        **school_frame(request, school, "choices"),
        "actions": (),
        "round": one,
        "pill": round_pill(one, request.actor.today),
        "facts": _facts(one),
        "offered": _offered(standing),
        "options": options,
        "rows": [_row(school, standing, each) for each in shown],
        "chosen_count": len(standing.choosing) - len(standing.missing),
        "total": len(standing.choosing),
        "missing_count": len(standing.missing),
        "is_open": one.is_open(request.actor.today),
        "is_over": is_over,
        "is_stale": bool(
            one.computed_at and not one.published_at and differs(standing, computed(standing))
        ),
        "left": left_without(standing, on=request.actor.today),
        "manages": held_on(request.actor, MANAGE_CHOICES, school),
        "decides": held_on(request.actor, DECIDE_CHOICES, school),
        "publish_form": form or PublishForm(initial=_before_publishing(request, one)),
    }
    return render_page(request, "choices/round.html", context, status=status)


def _before_publishing(request: Request, one: ChoiceRound) -> dict[str, Any]:
    """Return what the form of publishing begins with: which result is before the reader's eyes."""
    seen = one.computed_at.isoformat() if one.computed_at else ""
    return {"takes_effect_on": request.actor.today, "seen": seen}


def round_url(school: School, one: ChoiceRound) -> str:
    """Return the page of a round."""
    return reverse("choices:round", args=[school.code, one.uuid])


def _part(request: Request, standing: Standing) -> tuple[list[Choosing], list[dict[str, Any]]]:
    """Return the pupils of the class asked for, or who hasn't chosen, and the links to them."""
    rooms = list(dict.fromkeys(each.placement.homeroom_class for each in standing.choosing))
    asked = request.GET.get("class", "")
    current = next((room for room in rooms if str(room.uuid) == asked), rooms[0] if rooms else None)
    options = [
        {
            "label": room.name,
            "url": f"?class={room.uuid}",
            "current": asked != MISSING and room == current,
        }
        for room in rooms
    ]
    words = {"count": number(len(standing.missing))}
    options.append(
        {
            "label": _("Not chosen yet (%(count)s)") % words,
            "url": f"?class={MISSING}",
            "current": asked == MISSING,
        }
    )
    if asked == MISSING:
        return standing.missing, options
    return [one for one in standing.choosing if one.placement.homeroom_class == current], options


def _facts(one: ChoiceRound) -> list[dict[str, str]]:
    rule = (
        _("%(score)s from high to low; among equals and without one a drawn lot")
        % {"score": one.score_name}
        if one.score_name
        else _("A drawn lot")
    )
    found = [
        {"label": _("Days"), "value": f"{day(one.starts_on)} – {day(one.last_day)}"},
        {"label": _("Wishes of each pupil"), "value": number(one.most_wishes)},
        {"label": _("Where places are short"), "value": rule},
    ]
    if one.published_at is not None:
        found.append({"label": _("Seed of the lots"), "value": one.seed})
        if one.takes_effect_on:
            found.append({"label": _("Learnt from"), "value": day(one.takes_effect_on)})
    found.append({"label": _("Check sum of the seed (SHA-256)"), "value": promise_of(one.seed)})
    return found


def _offered(standing: Standing) -> list[dict[str, Any]]:
    wanted, got = standing.first_wishes, standing.places_given
    return [
        {
            "name": one.name,
            "subjects": subjects_words(one.options),
            "clusters": subjects_words(one.clusters),
            "capacity": one.capacity,
            "wanted": wanted[one.pk],
            "is_short": wanted[one.pk] > one.capacity,
            "got": got[one.pk],
        }
        for one in standing.offered
    ]


def _row(school: School, standing: Standing, each: Choosing) -> dict[str, Any]:
    names = {one.pk: one.name for one in standing.offered}
    wishes = each.wishes.combination_ids if each.wishes else []
    points = each.wishes.points if each.wishes else None
    result = each.result
    return {
        "name": each.placement.person.full_name,
        "room": each.placement.homeroom_class.name,
        "url": reverse(
            "choices:wishes",
            args=[school.code, standing.round.uuid, each.placement.student.uuid],
        ),
        "wishes": [names.get(pk, "–") for pk in wishes],
        "points": "" if points is None else number(float(points)),
        "position": result.position if result else "",
        "got": result.combination.name if result and result.combination else "",
        "why": result_words(result, chose=each.has_chosen) if result else [],
    }


def _form_page(
    request: Request, school: School, form: RoundForm, grade: GradeLevel, back: str
) -> HttpResponse:
    context = {
        **school_frame(request, school, "choices"),
        "actions": (),
        "form": form,
        "title": _("A round of choosing for %(grade)s") % {"grade": grade.label},
        "cancel_url": back,
        "note": _(
            "Rules stand from the first day on. The seed of the lots is drawn when you save; its "
            "check sum is shown at once, the seed itself with the result, so that anybody can "
            "compute it again."
        ),
    }
    return render_page(request, "choices/form.html", context, status=form_status(request))
