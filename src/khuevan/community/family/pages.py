"""The first page of a family, a child's record as the family sees it, and who looked at it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.community.family import selectors
from khuevan.community.family.choice_line import line_of
from khuevan.community.family.held import held_facts
from khuevan.community.family.lessons import days_off_of, lines_of
from khuevan.community.family.permissions import TAKE_RECORD, VIEW_CHILD
from khuevan.community.family.selectors import Child, Known, get_child_for
from khuevan.community.family.words import fact_name
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.personal_number import grouped
from khuevan.platform.audit.api import in_words, part_of, purpose_words
from khuevan.registry.people.api import VIEW_SENSITIVE, waiting
from khuevan.registry.schools.api import DaysAhead
from khuevan.registry.students.api import give_consent, unmask, withdraw_consent
from khuevan.registry.transfers.api import ASK_TRANSFER
from khuevan.school.gradebooks.api import VIEW_OWN_MARKS
from khuevan.ui.formats import day, moment, number, weekday
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import newest_part


@page(VIEW_CHILD, methods=("GET",))
def home(request: Request) -> HttpResponse:
    """Show a child's day: school, class, teacher, what the record lacks, who looked at it."""
    found = _children(request)
    if not found:
        return _no_child(request)
    child = _chosen(request, found)
    known = selectors.known_of(actor=request.actor, child=child, on=request.actor.today)
    context = {
        **frame_of(request, child, found, "family:home"),
        "today": weekday(request.actor.today),
        "school": child.school,
        "class_line": _class_line(child),
        "teacher": child.teacher,
        "lessons": lines_of(child, [request.actor.today])[0],
        "off_today": days_off_of(child, [request.actor.today]).get(request.actor.today, ""),
        "week_url": reverse("family:week", args=[child.uuid]),
        "study_url": reverse("family:study", args=[child.uuid])
        if request.actor.may(VIEW_OWN_MARKS)
        else "",
        "choice": line_of(request, child),
        "days_off": [_day_off(one) for one in selectors.days_off(child, on=request.actor.today)],
        "missing": [fact_name(fact) for fact in known.missing],
        "record_url": reverse("family:child", args=[child.uuid]),
        "looks_url": reverse("family:child_looks", args=[child.uuid]),
        "looks_line": _looks_line(request, child),
        "transfers_url": reverse("transfers:board") if request.actor.may(ASK_TRANSFER) else "",
        "life_url": reverse("people:life", args=[child.student.person.uuid]),
        "consents_url": reverse("people:consents", args=[child.student.person.uuid]),
        "waiting": waiting(request.actor, child.student.person, request.actor.today),
        "grown_up": grown_up_lines(request),
        "consent": selectors.own_consent(actor=request.actor, child=child, on=request.actor.today),
        "other_hats": [hat for hat in _hats(request) if not hat["current"]],
    }
    return render_page(request, "family/home.html", context)


@page(VIEW_CHILD, methods=("GET",))
def record(request: Request) -> HttpResponse:
    """Go to the record of the child whose turn it is."""
    found = _children(request)
    if not found:
        return _no_child(request)
    return redirect("family:child", uuid=_chosen(request, found).uuid)


@page(VIEW_CHILD, methods=("GET",))
def looks(request: Request) -> HttpResponse:
    """Go to the list of who looked at the record of the child whose turn it is."""
    found = _children(request)
    if not found:
        return _no_child(request)
    return redirect("family:child_looks", uuid=_chosen(request, found).uuid)


@page(VIEW_CHILD, methods=("GET",))
def child(request: Request, uuid: UUID) -> HttpResponse:
    """Show what a child's record holds, for the family to check."""
    return _child_page(request, get_child_for(request.actor, uuid, on=request.actor.today))


@page(VIEW_CHILD, methods=("POST",))
def child_number(request: Request, uuid: UUID) -> HttpResponse:
    """Show a child's whole personal number, after noting that it was shown."""
    found = get_child_for(request.actor, uuid, on=request.actor.today)
    unmask(actor=request.actor, uuid=uuid, now=clock.now())
    if request.htmx:
        shown = {"number": grouped(found.student.person.personal_number or "")}
        return render_page(request, "family/child.html", shown, partial="number")
    return _child_page(request, found, shows_number=True)


@page(VIEW_CHILD, methods=("GET",))
def child_looks(request: Request, uuid: UUID) -> HttpResponse:
    """Show who looked at a child's record: when, in which role, at what, why."""
    actor = request.actor
    found = get_child_for(actor, uuid, on=actor.today)
    rows = selectors.looks_of(actor=actor, child=found)
    shown, more_url = newest_part(request, rows)
    names = selectors.unit_names(shown, on=actor.today)
    context = {
        **frame_of(request, found, _children(request), "family:child_looks"),
        "line": _looks_line(request, found),
        "looks": [
            {
                "who": look.viewer_label,
                "role": in_words(look.viewer_role),
                "what": _what(look.what, names.get(look.unit_id or 0, "")),
                "purpose": purpose_words(look.purpose),
                "at": moment(timezone.localtime(look.at)),
            }
            for look in shown
        ],
        "more_url": more_url,
    }
    return render_page(request, "family/looks.html", context)


@page(VIEW_CHILD, methods=("POST",))
def consent(request: Request) -> HttpResponse:
    """Let one's family read one's record on, or no longer: for pupils of 18."""
    if request.POST.get("reads") == "on":
        give_consent(actor=request.actor, now=clock.now())
        messages.success(request, _("Your family may read your record from now on."))
    else:
        withdraw_consent(actor=request.actor, now=clock.now())
        messages.success(request, _("Your family can no longer open your record."))
    return done(request, reverse("family:home"))


def _day_off(one: DaysAhead) -> dict[str, str]:
    """Return days off as a family reads them: when, why, when they are made up."""
    when = _("No school on %(day)s") % {"day": day(one.first)}
    if one.first != one.last:
        said = {"first": day(one.first), "last": day(one.last)}
        when = _("No school from %(first)s to %(last)s") % said
    made_up = ", ".join(f"{weekday(each)}" for each in one.made_up)
    detail = _("Made up on %(days)s") % {"days": made_up} if made_up else ""
    return {"when": when, "why": one.reason, "made_up": detail}


def _no_child(request: Request) -> HttpResponse:
    return render_page(request, "family/no_child.html", {"grown_up": grown_up_lines(request)})


def grown_up_card(request: Request) -> dict[str, Any] | None:
    """Return why somebody without any role sees nothing, where they followed a child once."""
    lines = grown_up_lines(request)
    return {"lines": lines} if lines else None


def grown_up_lines(request: Request) -> list[str]:
    """Return a sentence for each child whose record no longer opens, and what to do about it."""
    actor = request.actor
    return [_why_closed(one) for one in selectors.grown_up(actor=actor, on=actor.today)]


def _why_closed(one: selectors.GrownUp) -> str:
    words = {"name": one.name, "day": day(one.withdrawn_on or one.since)}
    if not one.is_up_to_the_child:
        return (
            _(
                "Since %(day)s the record of %(name)s no longer opens for you, "
                "by the papers that the school has. Please ask the school office about it."
            )
            % words
        )
    if one.withdrawn_on:
        return (
            _(
                "%(name)s is of age and no longer shares the record since %(day)s. "
                "Only %(name)s can share it again."
            )
            % words
        )
    return (
        _(
            "%(name)s turned 18 on %(day)s, so the record no longer opens for you. "
            "%(name)s can let you read it again: on the page Today, after signing in."
        )
        % words
    )


def _what(what: str, unit: str) -> str:
    if not unit:
        return part_of(what)
    return _("%(what)s at %(unit)s") % {"what": part_of(what), "unit": unit}


def _child_page(request: Request, found: Child, *, shows_number: bool = False) -> HttpResponse:
    actor = request.actor
    known = selectors.known_of(actor=actor, child=found, on=actor.today)
    context = {
        **frame_of(request, found, _children(request), "family:child"),
        "facts": _facts(actor, found, known, shows_number=shows_number),
        "guardians": [
            {
                "name": one.full_name,
                "relation": one.get_relation_display(),
                "phone": one.phone,
            }
            for one in known.guardians
        ],
        "missing": [fact_name(fact) for fact in known.missing],
        "looks_url": reverse("family:child_looks", args=[found.uuid]),
        "looks_line": _looks_line(request, found),
        "file_url": reverse("family:child_file", args=[found.uuid])
        if actor.may(TAKE_RECORD)
        else "",
    }
    return render_page(request, "family/child.html", context)


def _facts(actor: Actor, found: Child, known: Known, *, shows_number: bool) -> list[dict[str, Any]]:
    person = found.student.person
    nothing = _("not recorded yet")
    number_fact: dict[str, Any] = {"label": _("Personal number"), "value": nothing}
    if person.personal_number and shows_number:
        number_fact["value"] = grouped(person.personal_number)
    elif person.personal_number:
        number_fact["number"] = person.personal_number
        if actor.may(VIEW_SENSITIVE):
            number_fact["reveal_url"] = reverse("family:child_number", args=[found.uuid])
    return [
        {"label": _("Full name"), "value": person.full_name},
        {
            "label": _("Birth date"),
            "value": day(person.birth_date) if person.birth_date else nothing,
        },
        {"label": _("Sex"), "value": person.get_sex_display() or nothing},
        number_fact,
        *(
            {"label": label, "value": value or nothing}
            for label, value in held_facts(actor=actor, child=found, on=actor.today)
        ),
        {"label": _("Address"), "value": known.address or nothing},
        {"label": _("School"), "value": found.school},
        {"label": _("Entered"), "value": day(found.since)},
        {"label": _("Class"), "value": found.class_name or _("not placed yet")},
        {"label": _("Class teacher"), "value": found.teacher or _("not assigned yet")},
    ]


def _children(request: Request) -> list[Child]:
    return selectors.children(actor=request.actor, on=request.actor.today)


def _chosen(request: Request, found: list[Child]) -> Child:
    """Return the child the address or the session names, else the eldest; and remember it."""
    wanted = request.GET.get("child", "") or request.session.get(_CHOSEN, "")
    chosen = next((one for one in found if str(one.uuid) == wanted), found[0])
    if len(found) > 1 and request.session.get(_CHOSEN) != str(chosen.uuid):
        request.session[_CHOSEN] = str(chosen.uuid)
    return chosen


_CHOSEN = "family_child"


def frame_of(request: Request, chosen: Child, found: list[Child], route: str) -> dict[str, Any]:
    """Return what stands around every page of a child: the switcher and whom it speaks to."""
    hat = request.actor.hat
    return {
        "child": chosen,
        "is_self": chosen.student.person_id == request.actor.person_id,
        "hat_code": hat.code if hat else "",
        "children": [
            {
                "name": one.name,
                "detail": _detail(one),
                "url": _address(route, one),
                "current": one.uuid == chosen.uuid,
            }
            for one in found
        ],
    }


def _address(route: str, one: Child) -> str:
    if route == "family:home":
        return f"{reverse(route)}?child={one.uuid}"
    return reverse(route, args=[one.uuid])


def _detail(one: Child) -> str:
    if not one.class_name:
        return one.school
    return _("Class %(name)s · %(school)s") % {"name": one.class_name, "school": one.school}


def _class_line(one: Child) -> str:
    if not one.class_name:
        return _("not placed yet")
    return _("Class %(name)s · %(grade)s") % {"name": one.class_name, "grade": one.grade}


def _looks_line(request: Request, one: Child) -> str:
    """Return how many people looked this month, in words to a parent or to the pupil."""
    actor = request.actor
    found = selectors.looks_this_month(actor=actor, child=one, on=actor.today)
    values = {"count": number(found.people)}
    is_self = one.student.person_id == actor.person_id
    if not found.people:
        return (
            _("Nobody has looked at your record this month")
            if is_self
            else _("Nobody has looked at your child's record this month")
        )
    if is_self:
        return (
            ngettext(
                "%(count)s person has looked at your record this month",
                "%(count)s people have looked at your record this month",
                found.people,
            )
            % values
        )
    return (
        ngettext(
            "%(count)s person has looked at your child's record this month",
            "%(count)s people have looked at your child's record this month",
            found.people,
        )
        % values
    )


def _hats(request: Request) -> list[dict[str, Any]]:
    """Return the hats of a person who has several, to change from the family's first page."""
    actor = request.actor
    if len(actor.hats) < 2:
        return []
    return [
        {
            "label": hat.label,
            "url": reverse("access:hat", args=[hat.key]),
            "current": hat == actor.hat,
        }
        for hat in actor.hats
    ]
