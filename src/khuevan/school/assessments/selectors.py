"""Reads: by which circular a grade is assessed in a school year, and with which numbers."""

from __future__ import annotations

from dataclasses import dataclass

from khuevan.kernel.errors import NotFound
from khuevan.platform.regulations.api import Regulation, RuleSetting, setting_in_force
from khuevan.registry.curriculum.api import opening_day
from khuevan.registry.schools.api import AcademicYear
from khuevan.school.assessments.rules.books import BOOKS, Chosen, chosen

TOPIC, AMENDING = "ASSESSMENT", "TT26-2020"


@dataclass(frozen=True, slots=True)
class AssessmentRules:
    """What holds for a grade in a school year, with the text and how sure it is."""

    regulation: Regulation
    confidence: str
    rules: Chosen


def assessment_rules(level: str, grade: int, year: AcademicYear) -> AssessmentRules:
    """Return by which circular a grade of a level is assessed in a year.

    It is the one in force when the year opens; one that comes in mid-year holds from the next,
    unless it says that it holds for the whole year.

    :raises NotFound: where no circular is recorded, or its rules are not here
    """
    on = opening_day(year)
    late = RuleSetting.objects.filter(
        topic=TOPIC,
        level=level,
        grade_from__lte=grade,
        grade_to__gte=grade,
        starts_on__gt=on,
        starts_on__lt=year.ends_on,
        value__whole_year=True,
    )
    setting = late.select_related("regulation").order_by("-starts_on").first()
    setting = setting or setting_in_force(TOPIC, level, on, grade=grade)
    code = setting.regulation.code
    if code not in BOOKS:
        raise NotFound
    amending = Regulation.objects.filter(code=AMENDING, starts_on__lt=year.ends_on)
    return AssessmentRules(
        setting.regulation,
        setting.confidence,
        chosen(code, setting.value, is_amended=amending.exists()),
    )
