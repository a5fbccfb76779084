"""What a case tells: the request as facts, what happened as a timeline."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.registry.transfers import rules, selectors
from khuevan.registry.transfers.kinds import Grounds, Move, Route, Side, Step
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.selectors import Standing
from khuevan.registry.transfers.shown import ICONS, WAITS, letter_words, step_label, what_for
from khuevan.ui.formats import clock as time_of_day
from khuevan.ui.formats import day
from khuevan.ui.request import Request


def told_facts(transfer: Transfer, standing: Standing) -> list[dict[str, Any]]:
    """Return what the request says, and what happened to it so far."""
    told: list[dict[str, Any]] = [
        {"label": _("Reason"), "value": transfer.reason},
        {"label": _("Requested by"), "value": _asker(transfer)},
        {"label": _("Wished for"), "value": day(transfer.moves_on)},
        {"label": _("Route"), "value": Route(transfer.route).label},
        *(_of_staff(transfer) if transfer.is_of_staff else _of_a_pupil(transfer)),
    ]
    if transfer.released_on:
        told.append(
            {
                "label": _("First day no longer at the old school"),
                "value": day(transfer.released_on),
            }
        )
    if transfer.received_on:
        told.append({"label": _("First day at the new school"), "value": day(transfer.received_on)})
    if transfer.homeroom_class and standing.sees_class:
        told.append({"label": _("Class"), "value": transfer.homeroom_class.name})
    if transfer.plan and standing.sees_class:
        told.append({"label": _("Plan for missing subjects"), "value": transfer.plan})
    return told


def _of_a_pupil(transfer: Transfer) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [
        {"label": _("Time of the year"), "value": _time_of_the_year(transfer)}
    ]
    if transfer.grounds:
        told.append({"label": _("To a public school"), "value": Grounds(transfer.grounds).label})
    return told


def _time_of_the_year(transfer: Transfer) -> str:
    if not rules.is_time_ruled(transfer.level, max(transfer.moves_on, transfer.asked_on)):
        return _("no text sets a time")
    if transfer.in_window:
        return _("within the usual time")
    return _("outside the usual time: an exception is needed")


def _of_staff(transfer: Transfer) -> list[dict[str, Any]]:
    """Return on what footing a colleague moves, and which schools have agreed."""
    agreed = [str(WAITS[Side(side)]) for side in transfer.consents]
    told: list[dict[str, Any]] = [
        {"label": _("Kind of move"), "value": Move(transfer.move).label},
        {"label": _("Position at the new school"), "value": what_for(transfer)},
        {"label": _("Agreed so far"), "value": ", ".join(agreed) or "–"},
    ]
    if transfer.returns_on:
        told.append(
            {"label": _("First day back at the old school"), "value": day(transfer.returns_on)}
        )
    return told


def _asker(transfer: Transfer) -> str:
    if transfer.asked_by == Side.FAMILY:
        return _("the family")
    if transfer.asked_by == Side.PERSON:
        return _("the person concerned")
    if transfer.is_of_staff:
        return str(WAITS[Side(transfer.asked_by)])
    return _("%(side)s, for the parents") % {"side": WAITS[Side(transfer.asked_by)]}


def events(request: Request, transfer: Transfer, standing: Standing) -> list[dict[str, Any]]:
    """Return what happened to a case, newest first, as far as the reader may know."""
    found = []
    for one in selectors.steps_of(actor=request.actor, transfer=transfer):
        at = timezone.localtime(one.at)
        hides = one.step == Step.PLACE and not standing.sees_class
        parts_of_text = [one.by_label, "" if hides else one.note, *letter_words(one)]
        if one.on != at.date():
            parts_of_text.append(_("as of %(day)s") % {"day": day(one.on)})
        found.append(
            {
                "when": day(at.date()),
                "time": time_of_day(at),
                "icon": ICONS[Step(one.step)],
                "title": step_label(transfer, one.step),
                "text": " · ".join(part for part in parts_of_text if part),
            }
        )
    return found
