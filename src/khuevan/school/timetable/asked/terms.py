"""What each rule takes: whom it may speak of, its numbers, what else is said; the usual of each.

The usual numbers and weights are the sheet's (`core/rulebook.py`): no regulation fixes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.rulebook import RULES
from khuevan.school.timetable.rule_models import Scope

GRADE, CLASS, SUBJECT = Scope.GRADE, Scope.CLASS, Scope.SUBJECT
TEACHER, DEPARTMENT = Scope.TEACHER, Scope.DEPARTMENT
OF_CLASSES, OF_TEACHERS = (GRADE, CLASS), (DEPARTMENT, TEACHER)

SPORT = ("Giáo dục thể chất",)
HEAVY = ("Toán", "Ngữ văn", "Tiếng Việt", "Tiếng Anh", "Ngoại ngữ 1", "Khoa học tự nhiên")
IN_PAIRS = ("Ngữ văn", "Toán")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a rule: what it is called, what is usual, and its bounds."""

    name: str
    label: Promise | str
    usual: int
    least: int = 1
    most: int = 10


@dataclass(frozen=True, slots=True)
class Terms:
    """What one rule takes beside being on or off and its weight."""

    scopes: tuple[str, ...] = ()
    """Whom exceptions may speak of."""
    numbers: tuple[Number, ...] = ()
    subjects: tuple[str, ...] | None = None
    """The usual subjects, where the rule speaks of some."""
    has_spots: bool = False
    has_classes: bool = False
    has_rooms: bool = False
    across_break: bool = False
    is_fixed: bool = False
    """It is no rule one may leave out."""
    from_wishes: bool = False
    is_usual: bool = True
    """Whether it says anything before the school says more."""
    says: Promise | str = ""
    """The rule with its numbers, where the rulebook's sentence names the usual ones."""


PER_SESSION = _("Periods a session at most")
PER_DAY = _("Periods a day at most")

TERMS: Mapping[str, Terms] = {
    "TT-H01": Terms(is_fixed=True),
    "TT-H02": Terms(),
    "TT-H03": Terms(OF_CLASSES),
    "TT-H04": Terms(
        OF_CLASSES,
        (Number("session", PER_SESSION, 5), Number("day", PER_DAY, 7)),
        says=_("A class has at most %(session)s periods a session, %(day)s a day"),
    ),
    "TT-H05": Terms(
        OF_CLASSES,
        (
            Number("weekday", _("Day of the week (2 is Monday)"), 2, 2, 8),
            Number("period", _("Period of the main session"), 1, 1, 8),
        ),
    ),
    "TT-H06": Terms(OF_CLASSES),
    "TT-H07": Terms((DEPARTMENT,), has_spots=True, from_wishes=True),
    "TT-H08": Terms(
        (SUBJECT,),
        (Number("classes", _("Classes at once at most"), 1, 1, 20),),
        has_rooms=True,
        says=_("A special room holds as many classes at once as it takes"),
    ),
    "TT-H09": Terms(subjects=(), has_classes=True, is_usual=False),
    "TT-H10": Terms(subjects=(), has_classes=True, is_usual=False),
    "TT-H11": Terms(
        (SUBJECT, *OF_CLASSES),
        (Number("most", _("Periods of one subject a day at most"), 2),),
        says=_("A class has one subject at most %(most)s times a day"),
    ),
    "TT-H12": Terms(
        OF_CLASSES,
        (
            Number("most", _("Periods a day at most"), 1),
            Number("not_from", _("Morning: not from this period on (0: any)"), 0, 0, 8),
            Number("not_until", _("Afternoon: not up to this period (0: any)"), 0, 0, 8),
        ),
        subjects=SPORT,
        says=_("Physical education at most %(most)s times a day, not in the hot hours"),
    ),
    "TT-H13": Terms(
        (TEACHER,),
        (
            Number("least", _("Free periods between two campuses"), 1, 0, 5),
            Number("km", _("From so many kilometres on: another session"), 5, 1, 99),
        ),
    ),
    "TT-H14": Terms(
        OF_TEACHERS,
        (Number("session", PER_SESSION, 5), Number("day", PER_DAY, 7)),
        says=_("A teacher has at most %(session)s periods a session, %(day)s a day"),
    ),
    "TT-H15": Terms(from_wishes=True),
    "TT-H16": Terms(from_wishes=True),
    "TT-H17": Terms(OF_CLASSES),
    "TT-S01": Terms(OF_TEACHERS),
    "TT-S02": Terms(
        (SUBJECT,),
        (
            Number("pairs", _("Double periods a week"), 1, 0, 5),
            Number("from", _("Where there are so many periods a week"), 4, 2, 10),
        ),
        subjects=IN_PAIRS,
        across_break=True,
    ),
    "TT-S03": Terms(
        (SUBJECT, *OF_CLASSES),
        (Number("up_to", _("Up to so many periods a week"), 3),),
        says=_("A subject of at most %(up_to)s periods a week is not on days that follow on"),
    ),
    "TT-S04": Terms((GRADE,), subjects=HEAVY),
    "TT-S05": Terms(from_wishes=True),
    "TT-S06": Terms((DEPARTMENT,), has_spots=True, is_usual=False),
    "TT-S07": Terms(
        OF_TEACHERS,
        (Number("least", _("Periods a day from"), 2), Number("most", _("Periods a day to"), 4)),
        says=_("A teacher's days are alike, %(least)s to %(most)s periods"),
    ),
    "TT-S08": Terms(OF_CLASSES),
    "TT-S09": Terms((TEACHER,)),
    "TT-S10": Terms(),
    "TT-S11": Terms(
        OF_TEACHERS,
        (Number("most", _("Periods in a row at most"), 4),),
        says=_("No more than %(most)s periods in a row for a teacher"),
    ),
}
"""Every rule by its code."""
MANY = ("TT-H09", "TT-H10")
"""Rules that a school says as often as it has such classes."""


def usual_params(code: str) -> dict[str, object]:
    """Return what a rule says where the school said nothing."""
    terms = TERMS[code]
    params: dict[str, object] = {one.name: one.usual for one in terms.numbers}
    if terms.subjects is not None:
        params["subjects"] = list(terms.subjects)
    return params


def rule_words(code: str, params: Mapping[str, object] | None = None) -> str:
    """Return a rule in plain words, with the numbers that hold."""
    sentence = str(TERMS[code].says or RULES[code].says)
    return sentence % {**usual_params(code), **(params or {})}
