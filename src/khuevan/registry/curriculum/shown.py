"""Plans and loads in words, for pages and lists."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.platform.regulations.api import Confidence
from khuevan.registry.curriculum.load_rules import Load, LoadFault
from khuevan.registry.curriculum.plan_rules import PlanFault, PlanFaultKind
from khuevan.registry.curriculum.programme import components
from khuevan.registry.curriculum.selectors.plans import ClassPlan
from khuevan.registry.curriculum.training import Training
from khuevan.registry.staff.api import subject_label
from khuevan.ui.formats import number

PLACES = 2


def periods_words(weekly: Sequence[int | None]) -> str:
    """Return the periods a week of each term: 4, or 1 | 2 where the terms differ."""
    told = ["…" if one is None else str(one) for one in weekly]
    return told[0] if len(set(told)) == 1 else " | ".join(told)


def fraction_words(value: Fraction) -> str:
    """Return a number of periods as people write it: 12, 9,5, 2,67."""
    exact = round(value * 10**PLACES) / Fraction(10**PLACES)
    if exact.denominator == 1:
        return number(int(exact))
    return number(float(exact))


def plan_fault_words(fault: PlanFault) -> str:
    """Return what is wrong with a plan in a sentence."""
    words = {
        "what": _named(fault),
        "found": fault.found,
        "asked": fault.asked,
        "off": fault.off,
        "name": fault.within,
    }
    return _PLAN_FAULTS[fault.kind]() % words


def carried_words(plan: ClassPlan) -> list[str]:
    """Return what each combination asks of how many pupils of a class, a sentence each."""
    told = []
    for one in plan.carried:
        words = {
            "name": one.name,
            "count": one.pupils,
            "options": ", ".join(subject_label(name) for name in one.options),
            "clusters": ", ".join(subject_label(name) for name in one.clusters),
        }
        told.append(
            ngettext(
                "%(name)s (%(count)s pupil): %(options)s; study topics %(clusters)s",
                "%(name)s (%(count)s pupils): %(options)s; study topics %(clusters)s",
                one.pupils,
            )
            % words
        )
    return told


def load_fault_words(load: Load, fault: LoadFault) -> str:
    """Return what is against the rules in a load in a sentence."""
    words = {
        "over": fraction_words(abs(load.over)),
        "limit": fraction_words(load.limit),
        "count": load.duties,
    }
    return _LOAD_FAULTS[fault]() % words


def training_words(training: Training) -> str:
    """Return what the records say against somebody giving a subject; nothing where it fits."""
    if training is Training.FITS:
        return ""
    if training is Training.OTHER:
        return _("trained for another subject")
    return _("no training recorded")


def sure_pill(confidence: str) -> dict[str, Any]:
    """Return how sure a text is, as a pill."""
    tone = {"TEXT_SEEN": "ok", "SECOND_HAND": "neutral"}.get(confidence, "warn")
    return {"tone": tone, "icon": "", "label": Confidence(confidence).label}


def _named(fault: PlanFault) -> str:
    part = components().get(fault.what)
    return part.label if part else subject_label(fault.what)


_PLAN_FAULTS = {
    PlanFaultKind.MISSING: lambda: _("%(what)s is missing: %(asked)s periods a year"),
    PlanFaultKind.DEFICIT: lambda: _("%(what)s: %(off)s periods too few (%(found)s of %(asked)s)"),
    PlanFaultKind.EXCESS: lambda: _("%(what)s: %(off)s periods too many (%(found)s of %(asked)s)"),
    PlanFaultKind.NOT_IN_PROGRAMME: lambda: _("%(what)s isn't in the programme of this grade"),
    PlanFaultKind.CHOICES: lambda: _("%(found)s chosen subjects; the programme asks for %(asked)s"),
    PlanFaultKind.CLUSTERS: lambda: _(
        "Study topics of %(found)s subjects; the programme asks for %(asked)s"
    ),
    PlanFaultKind.CLUSTER_ALONE: lambda: _(
        "Study topics in %(what)s, which the class doesn't learn"
    ),
    PlanFaultKind.ASKED_SUBJECT: lambda: _("%(name)s asks for %(what)s, which isn't planned"),
    PlanFaultKind.ASKED_CLUSTER: lambda: _(
        "%(name)s asks for study topics in %(what)s, which aren't planned"
    ),
    PlanFaultKind.UNASKED_SUBJECT: lambda: _(
        "%(what)s is planned, and no combination of the class has it"
    ),
    PlanFaultKind.UNASKED_CLUSTER: lambda: _(
        "Study topics in %(what)s are planned, and no combination of the class has them"
    ),
    PlanFaultKind.WEEKS: lambda: _("%(what)s: planned for %(found)s weeks of %(asked)s"),
    PlanFaultKind.TUTORING: lambda: _(
        "%(what)s, second session: %(found)s periods a week; tutoring at school has at most"
        " %(asked)s a subject (Circular 29/2024)"
    ),
}
_LOAD_FAULTS = {
    LoadFault.TOO_MANY_DUTIES: lambda: _("%(count)s duties; at most two are allowed"),
    LoadFault.OVERTIME: lambda: _("%(over)s periods over, more than the limit of %(limit)s"),
    LoadFault.UNDER: lambda: _("%(over)s periods short"),
}
