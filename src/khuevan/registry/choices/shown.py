"""Combinations and results in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from khuevan.registry.choices.models import Allotment, ChoiceRound
from khuevan.registry.staff.api import subject_label
from khuevan.ui.tables import Pill


def subjects_words(names: Sequence[str]) -> str:
    """Return subjects in the reader's language."""
    return ", ".join(subject_label(name) for name in names)


def result_words(one: Allotment, *, chose: bool = True, learns: bool = False) -> list[str]:
    """Return why a pupil got what came out, a sentence for each wish.

    :param learns: whether the pupil learns a combination anyhow, so that none will be offered
    """
    told = [
        _("Wish %(wish)s (%(name)s) had no place left of %(capacity)s: %(stood)s in order.") % full
        for full in one.full
    ]
    if one.combination is not None:
        words = {
            "wish": one.wish,
            "name": one.combination.name,
            "stood": one.stood,
            "capacity": one.combination.capacity,
        }
        told.append(
            _("Got wish %(wish)s (%(name)s): %(stood)s in order, %(capacity)s places.") % words
        )
    elif learns:
        if not chose:
            told.append(_("Didn't choose in this round."))
    elif chose:
        told.append(_("None of the wishes had a place left. The school will offer another one."))
    else:
        told.append(_("Didn't choose. The school will offer a combination."))
    return told


def round_pill(one: ChoiceRound, on: date) -> Pill:
    """Return how a round stands on a day."""
    if one.published_at is not None:
        return Pill("ok", "circle-check", _("Published"))
    if on < one.starts_on:
        return Pill("neutral", "calendar", _("Not open yet"))
    if one.is_open(on):
        return Pill("info", "list-checks", _("Taking wishes"))
    if one.computed_at is not None:
        return Pill("warn", "eye", _("Computed, not published"))
    return Pill("warn", "clock-alert", _("Over, not computed"))
