"""What the pages draw: differences in words, figures, the tables of posts, communes and schools."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.insight.staffing.posts import post_label
from khuevan.insight.staffing.rules import Word, word_of
from khuevan.insight.staffing.selectors import Asked, Balance, Line, Overall
from khuevan.registry.schools.api import EducationLevel
from khuevan.ui.formats import NOTHING, number
from khuevan.ui.tables import Cell, Head, Pill, ReadyTable, Row

PLACES = 2
NO_POST = "none"
"""Stands in an address for the post of teachers without a subject."""
_TONES = {
    Word.SHORT: ("bad", "user-minus"),
    Word.OVER: ("warn", "user-plus"),
    Word.MET: ("ok", "circle-check"),
    Word.UNKNOWN: ("neutral", ""),
}
_SUM_COLUMNS = (
    Head(gettext_lazy("Needed"), "r"),
    Head(gettext_lazy("Present"), "r"),
    Head(gettext_lazy("Missing or too many")),
    Head(gettext_lazy("Places missing"), "r"),
    Head(gettext_lazy("Too many"), "r"),
    Head(gettext_lazy("Soon retired"), "r"),
)


def teachers(value: Fraction | Decimal | None) -> str:
    """Return a number of teachers to two decimals, without noughts that say nothing: 41,68."""
    if value is None:
        return NOTHING
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    exact = value.quantize(Decimal(1).scaleb(-PLACES))
    return number(int(exact)) if exact == int(exact) else number(exact)


def difference_words(value: Fraction | Decimal | None) -> str:
    """Return a difference in words: 2,68 short, 1,5 too many, enough."""
    if value is None:
        return _("no norm or no plan")
    amount: Fraction | Decimal = -value if value < 0 else value
    told = {"count": teachers(amount)}
    word = word_of(value)
    if word is Word.SHORT:
        return _("%(count)s missing") % told
    if word is Word.OVER:
        return _("%(count)s too many") % told
    if teachers(value) in {"0", "−0"}:
        return _("enough")
    sign = "−" if value < 0 else "+"
    return _("enough (%(sign)s%(count)s)") % {**told, "sign": sign}


def difference_pill(value: Fraction | Decimal | None) -> Pill:
    """Return a difference as a mark with its words."""
    tone, icon = _TONES[word_of(value)]
    return Pill(tone, icon, difference_words(value))


def level_label(level: str) -> str:
    """Return what a level is called."""
    return str(EducationLevel(level).label) if level in EducationLevel else level


def post_url(code: str, level: str, post: str, **query: str) -> str:
    """Return the address of the rows behind a post of a school."""
    at = reverse("staffing:post", args=[code, level or "-", post or NO_POST])
    return f"{at}?{urlencode(query)}" if query else at


def address(asked: Asked, **changed: str) -> str:
    """Return the address of a table, with something of what was asked changed."""
    said = {"level": asked.level, "post": asked.post, "commune": asked.commune, **changed}
    query = urlencode({name: value for name, value in said.items() if value})
    at = reverse("staffing:index")
    return f"{at}?{query}" if query else at


def kpis(sums: Balance, told: Overall) -> list[dict[str, Any]]:
    """Return the figures above a table."""
    retiring = ngettext(
        "%(count)s retires within a year", "%(count)s retire within a year", sums.leaving
    )
    return [
        {
            "label": _("Teachers needed by lessons"),
            "value": teachers(sums.needed),
            "basis": _("periods planned and duties, by the norm"),
        },
        {
            "label": _("Teachers present"),
            "value": teachers(sums.available),
            "basis": retiring % {"count": number(sums.leaving)},
        },
        {
            "label": _("Missing"),
            "value": teachers(sums.missing),
            "basis": _("subject by subject, school by school"),
        },
        {
            "label": _("Too many"),
            "value": teachers(sums.spare),
            "basis": _("subject by subject, school by school"),
        },
        {
            "label": _("By the head-count norm"),
            "value": teachers(told.quota),
            "basis": _("of %(heads)s teachers of all subjects and levels")
            % {"heads": number(told.heads)},
        },
    ]


def warnings(told: Overall) -> list[str]:
    """Return what the figures don't know, in sentences."""
    said = []
    if told.unplanned:
        words = ngettext(
            "%(count)s class has no plan: what it needs isn't in the figures.",
            "%(count)s classes have no plan: what they need isn't in the figures.",
            told.unplanned,
        )
        said.append(words % {"count": number(told.unplanned)})
    if told.unknown:
        words = ngettext(
            "Of %(count)s teacher no subject is recorded: not among those present.",
            "Of %(count)s teachers no subject is recorded: not among those present.",
            told.unknown,
        )
        said.append(words % {"count": number(told.unknown)})
    if told.away:
        words = ngettext(
            "%(count)s teacher is on a long leave: not among those present.",
            "%(count)s teachers are on a long leave: not among those present.",
            told.away,
        )
        said.append(words % {"count": number(told.away)})
    if told.unrated:
        words = ngettext(
            "For %(count)s class no text gives a head-count norm.",
            "For %(count)s classes no text gives a head-count norm.",
            told.unrated,
        )
        said.append(words % {"count": number(told.unrated)})
    return said


def posts_table(lines: Sequence[Line], asked: Asked) -> ReadyTable:
    """Return the posts of a reach: each opens the schools behind it."""
    columns = [Head(_("Subject")), Head(_("Level")), *_SUM_COLUMNS]
    rows = [
        Row(
            post_label(one.code),
            f"{one.level}-{one.code}",
            address(asked, level=one.level, post=one.code, by="school"),
            cells=[Cell(level_label(one.level)), *_sums(one.sums)],
        )
        for one in lines
    ]
    return ReadyTable(_("Teachers needed and present by subject"), columns, rows, sticky=True)


def communes_table(lines: Sequence[Line], asked: Asked) -> ReadyTable:
    """Return the communes of a reach: each opens its subjects, or its schools of one subject."""
    columns = [Head(_("Commune")), Head(_("Schools"), "r"), *_SUM_COLUMNS]
    by = {"by": "school"} if asked.post else {}
    rows = [
        Row(
            one.name or _("No commune recorded"),
            one.code,
            address(asked, commune=one.code, **by) if one.code else "",
            cells=[
                Cell(number(one.schools), css="r num", named=_("Schools")),
                *_sums(one.sums),
            ],
        )
        for one in lines
    ]
    return ReadyTable(_("Teachers needed and present by commune"), columns, rows, sticky=True)


def schools_table(lines: Sequence[Line], asked: Asked) -> ReadyTable:
    """Return the schools of a reach: each opens its page, or the rows behind one subject."""
    columns = [Head(_("School")), Head(_("Commune")), *_SUM_COLUMNS]
    is_one = bool(asked.post and asked.level)
    rows = [
        Row(
            one.name,
            one.code,
            post_url(one.code, asked.level, asked.post)
            if is_one
            else reverse("staffing:school", args=[one.code]),
            cells=[Cell(one.commune), *_sums(one.sums)],
        )
        for one in lines
    ]
    return ReadyTable(_("Teachers needed and present by school"), columns, rows, sticky=True)


def _sums(sums: Balance) -> list[Cell]:
    return [
        Cell(teachers(sums.needed), css="r num", named=_("Needed")),
        Cell(teachers(sums.available), css="r num", named=_("Present")),
        Cell(pill=difference_pill(sums.difference)),
        Cell(teachers(sums.missing), css="r num", named=_("Places missing")),
        Cell(teachers(sums.spare), css="r num", named=_("Too many")),
        Cell(number(sums.leaving), css="r num", named=_("Soon retired")),
    ]
