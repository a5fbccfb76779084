"""Reads: which text governs, what it sets, who decides. Public facts, so nobody's scope."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.regulations.models import AuthorityRule, Regulation, RuleSetting

Dated = TypeVar("Dated", Regulation, RuleSetting, AuthorityRule)


class GradeNeeded(DomainError):
    """The topic's text depends on the grade, and none was named."""

    code = "regulations.grade_needed"
    message = _("Which regulation applies depends on the grade. Name the grade.")


def regulation_in_force(
    topic: str, level: str, on: date, *, grade: int | None = None
) -> Regulation:
    """Return the text that governs a topic for a level, and grade, on a day.

    :raises NotFound: if nothing is recorded
    :raises GradeNeeded: if grades differ and none is named
    """
    return setting_in_force(topic, level, on, grade=grade).regulation


def setting_in_force(topic: str, level: str, on: date, *, grade: int | None = None) -> RuleSetting:
    """Return the setting of a topic for a level, and grade, on a day, with its regulation.

    :raises NotFound: if nothing is recorded
    :raises GradeNeeded: if grades differ and none is named
    """
    rows = _held(RuleSetting.objects.filter(topic=topic, level=level), on)
    if grade is not None:
        rows = rows.filter(
            Q(grade_from__isnull=True) | Q(grade_from__lte=grade),
            Q(grade_to__isnull=True) | Q(grade_to__gte=grade),
        )
    found = list(rows.select_related("regulation").order_by("grade_from", "id")[:2])
    if not found:
        raise NotFound
    if len(found) > 1:
        raise GradeNeeded
    return found[0]


def decider(power: str, level: str, on: date) -> AuthorityRule:
    """Return who decides in a matter for a level on a day, with the text that says so.

    :raises NotFound: if nothing is recorded
    """
    rows = _held(AuthorityRule.objects.filter(power=power, level=level), on)
    rule = rows.select_related("regulation").first()
    if rule is None:
        raise NotFound
    return rule


def regulations_on(on: date) -> QuerySet[Regulation]:
    """Return the texts in force on a day, newest first."""
    return _held(Regulation.objects.all(), on).order_by("-starts_on", "code")


def _held(rows: QuerySet[Dated], on: date) -> QuerySet[Dated]:
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)
