"""The figures as definitions: what is counted, out of what, and what stands behind it.

A figure is a numerator and a denominator over `Totals`, so it holds for a class, a school, a
commune and the province alike: parts are summed first and divided last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.insight.dashboard.rules import Totals, share_of, tenths_of
from khuevan.kernel.registry import Registry

Kind = Literal["count", "percent", "average"]
Part = Callable[[Totals], int]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its definition. `lacking` names the pupils its list shows: those missing."""

    code: str
    label: str | Promise
    kind: Kind
    numerator: Part
    numerator_label: str | Promise
    definition: str | Promise
    query: str | Promise
    """The query in words: which rows, which dates, whose reach."""
    denominator: Part | None = None
    denominator_label: str | Promise = ""
    short: str | Promise = ""
    lacking: str = ""
    less_is_better: bool = False

    def value(self, totals: Totals) -> int | None:
        """Return the figure of some totals: a whole number, or tenths for shares and averages."""
        part = self.numerator(totals)
        if self.denominator is None:
            return part
        if self.kind == "percent":
            return share_of(part, self.denominator(totals))
        return tenths_of(part, self.denominator(totals), scale=10)

    def missing(self, totals: Totals) -> int | None:
        """Return how many of the denominator are not in the numerator."""
        if self.denominator is None:
            return None
        return self.denominator(totals) - self.numerator(totals)


figures: Registry[Figure] = Registry("figure")

_ROLL = _(
    "Primary enrollments that hold on the day in schools that are open, joined with the class"
    " placement and the person of the same day, within the reach of whoever asks."
)
_CLASSES = _(
    "Classes of the academic year the day falls in, and older ones that still hold pupils, with the"
    " placements that hold on the day, within the reach of whoever asks."
)


def _define(figure: Figure) -> Figure:
    return figures.register(figure.code, figure)


def _share(
    code: str, part: Part, label: str | Promise, short: str | Promise, what: str | Promise
) -> Figure:
    """Define a share of pupils whose record has something."""
    return _define(
        Figure(
            code=code,
            label=label,
            short=short,
            kind="percent",
            numerator=part,
            numerator_label=what,
            denominator=lambda totals: totals.pupils,
            denominator_label=_("Pupils on roll"),
            definition=what,
            query=_ROLL,
            lacking=code,
        )
    )


PUPILS = _define(
    Figure(
        code="pupils",
        label=_("Pupils on roll"),
        kind="count",
        numerator=lambda totals: totals.pupils,
        numerator_label=_("Pupils on roll"),
        definition=_(
            "Pupils whose main enrollment in a school holds on the day. A pupil counts once,"
            " whether placed in a class or not; for one level only pupils in classes of that level"
            " count."
        ),
        query=_ROLL,
    )
)
CLASSES = _define(
    Figure(
        code="classes",
        label=_("Classes"),
        kind="count",
        numerator=lambda totals: totals.classes,
        numerator_label=_("Classes open this academic year"),
        definition=_(
            "Homeroom classes open in the academic year the day falls in, with or without pupils."
        ),
        query=_CLASSES,
    )
)
SCHOOLS = _define(
    Figure(
        code="schools",
        label=_("Schools with a list this year"),
        short=_("Schools with a list"),
        kind="percent",
        numerator=lambda totals: totals.listed_schools,
        numerator_label=_("Schools with pupils placed in classes of this academic year"),
        denominator=lambda totals: totals.schools,
        denominator_label=_("Schools that are open"),
        definition=_(
            "A school has a list when at least one pupil sits in a class of this academic year."
            " Schools without one are named; their pupils are not counted as 0."
        ),
        query=_CLASSES,
    )
)
RECORDS = _share(
    "records",
    lambda totals: totals.complete,
    _("Records complete"),
    _("Complete"),
    _("Pupils with a personal number, a birth date, an ethnicity and a guardian's phone number"),
)
PERSONAL_NUMBER = _share(
    "personal-number",
    lambda totals: totals.with_number,
    _("Personal number present"),
    _("Personal no."),
    _("Pupils whose record has a 12-digit personal number"),
)
BIRTH_DATE = _share(
    "birth-date",
    lambda totals: totals.with_birth_date,
    _("Birth date present"),
    _("Birth date"),
    _("Pupils whose record has a full birth date"),
)
ETHNICITY = _share(
    "ethnicity",
    lambda totals: totals.with_ethnicity,
    _("Ethnicity present"),
    _("Ethnicity"),
    _("Pupils whose record has an ethnicity; which one is not shown here"),
)
GUARDIAN_PHONE = _share(
    "guardian-phone",
    lambda totals: totals.with_phone,
    _("Guardian's phone present"),
    _("Family phone"),
    _("Pupils with at least one guardian who has a phone number"),
)
CONTRADICTIONS = _define(
    Figure(
        code="contradictions",
        label=_("Personal numbers that contradict the record"),
        kind="count",
        numerator=lambda totals: totals.contradicting,
        numerator_label=_("Pupils whose number tells another sex or birth year"),
        definition=_(
            "Pupils whose personal number tells another sex or another birth year than their"
            " record. One of the two is wrong; check the birth certificate."
        ),
        query=_ROLL,
        lacking="contradictions",
        less_is_better=True,
    )
)
UNPLACED = _define(
    Figure(
        code="unplaced",
        label=_("Pupils without a class"),
        kind="count",
        numerator=lambda totals: totals.unplaced,
        numerator_label=_("Pupils on roll without a class"),
        definition=_("Pupils whose enrollment holds on the day and who sit in no class that day."),
        query=_ROLL,
        lacking="unplaced",
        less_is_better=True,
    )
)
CLASS_SIZE = _define(
    Figure(
        code="class-size",
        label=_("Average class size"),
        kind="average",
        numerator=lambda totals: totals.placed,
        numerator_label=_("Pupils placed in classes"),
        denominator=lambda totals: totals.filled_classes,
        denominator_label=_("Classes with pupils"),
        definition=_("Pupils placed in classes, divided by the classes that have pupils."),
        query=_CLASSES,
    )
)
OVER_NORM = _define(
    Figure(
        code="over-norm",
        label=_("Classes over the norm"),
        kind="percent",
        numerator=lambda totals: totals.over_norm,
        numerator_label=_("Classes with more pupils than the norm of their level and age"),
        denominator=lambda totals: totals.norm_classes,
        denominator_label=_("Classes with pupils whose level has a norm"),
        definition=_(
            "Classes that hold more pupils than the regulation in force on the day allows for their"
            " level and age. A class of a level without a recorded norm is not counted."
        ),
        query=_CLASSES,
        less_is_better=True,
    )
)
STAFF = _define(
    Figure(
        code="staff",
        label=_("Staff"),
        kind="count",
        numerator=lambda totals: totals.staff,
        numerator_label=_("People holding a main position"),
        definition=_(
            "People whose main position in a school holds on the day. Staff belong to the school as"
            " a whole: for one level every school that teaches it counts in full."
        ),
        query=_(
            "Main appointments that hold on the day, by school, within the reach of whoever asks."
        ),
    )
)
COMPLETENESS = (PERSONAL_NUMBER, BIRTH_DATE, ETHNICITY, GUARDIAN_PHONE)
