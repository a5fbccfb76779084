"""Another combination for one pupil: asked for, decided."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.choices import actions
from khuevan.registry.choices.errors import CombinationFull
from khuevan.registry.choices.forms import ChangeForm
from khuevan.registry.choices.models import ChangeState, PupilCombination
from khuevan.registry.choices.permissions import DECIDE_CHOICES, MANAGE_CHOICES
from khuevan.registry.choices.selectors.changes import changes_of, full_for, get_change_for
from khuevan.registry.choices.selectors.combinations import Offer, combination_of, offers
from khuevan.registry.choices.shown import subjects_words
from khuevan.registry.schools.api import academic_year_on
from khuevan.registry.students.api import VIEW_STUDENTS, get_student_for, placements_of
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_CHOICES)
def change(request: Request, uuid: UUID) -> HttpResponse:
    """Ask for another combination for a pupil; show what was learnt before."""
    actor = request.actor
    student = get_student_for(actor, uuid, VIEW_STUDENTS)
    placed = placements_of(actor=actor, student=student).first()
    year = academic_year_on(actor.today)
    if placed is None or year is None:
        raise NotFound
    held = combination_of(actor=actor, student=student, permission=MANAGE_CHOICES)
    learnt = {one.combination_id for one in held if one.ends_on is None}
    offered = {
        str(one.row.uuid): one
        for one in offers(actor=actor, school=placed.school, year=year, on=actor.today)
        if one.row.closed_on is None and one.row.pk not in learnt
    }
    form = ChangeForm(
        request.POST or None,
        offered=[(key, _offer_words(one)) for key, one in offered.items()],
        initial={"on": actor.today},
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.ask_change(
                actor=actor,
                student=student,
                after=offered[form.cleaned_data["after"]].row,
                data=form.data_said,
                now=clock.now(),
            )
            messages.success(request, _("Saved. It holds once the principal has approved it."))
            return done(request, reverse("choices:change", args=[uuid]))
    changes = changes_of(actor=actor, student=student)
    waiting = [one for one in changes if one.state == ChangeState.ASKED]
    is_told = "full" in request.GET
    context = {
        "student": student,
        "name": student.person.full_name,
        "form": form,
        "back_url": reverse("students:record", args=[uuid]),
        "held": [_held_line(one) for one in held],
        "changes": changes,
        "full": full_for(waiting, actor.today) | {one.pk for one in waiting if is_told},
        "decides": actor.may(DECIDE_CHOICES),
        "asked": ChangeState.ASKED,
    }
    return render_page(request, "choices/change.html", context, status=form_status(request))


def _offer_words(one: Offer) -> str:
    """Return a combination with how many learn it, of how many places, and its subjects."""
    return f"{one.row.name} ({one.pupils}/{one.row.capacity}): {subjects_words(one.row.options)}"


def _held_line(one: PupilCombination) -> dict[str, str]:
    """Return a combination that a pupil learns or learnt, with its days."""
    return {
        "name": one.combination.name,
        "subjects": subjects_words(one.combination.options),
        "since": day(one.starts_on),
        "until": day(one.ends_on) if one.ends_on else "",
    }


@page(DECIDE_CHOICES, methods=("POST",))
def decide(request: Request, uuid: UUID) -> HttpResponse:
    """Approve a change of combination, or not."""
    agrees = request.POST.get("answer") == "yes"
    try:
        row = actions.decide_change(
            actor=request.actor,
            uuid=uuid,
            agrees=agrees,
            note=request.POST.get("note", "").strip()[:300],
            over_reason=request.POST.get("over_reason", "").strip()[:300],
            now=clock.now(),
        )
    except CombinationFull as error:
        messages.error(request, str(error))
        asked = get_change_for(request.actor, uuid)
        return done(request, f"{reverse('choices:change', args=[asked.student.uuid])}?full=1")
    words = {"name": row.student.person.full_name}
    messages.success(
        request, (_("Approved: %(name)s.") if agrees else _("Not approved: %(name)s.")) % words
    )
    return done(request, reverse("choices:change", args=[row.student.uuid]))
