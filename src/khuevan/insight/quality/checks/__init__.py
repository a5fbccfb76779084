"""What each rule asks of a record, in SQL: the same words count the faults and list them."""

from khuevan.insight.quality.checks.base import Check, Source
from khuevan.insight.quality.checks.classes import CLASSES
from khuevan.insight.quality.checks.families import FAMILIES
from khuevan.insight.quality.checks.pupils import PUPILS
from khuevan.insight.quality.checks.schools import SCHOOLS
from khuevan.insight.quality.checks.staff import STAFF
from khuevan.insight.quality.rule_list import Topic

SOURCES: dict[str, Source] = {
    Topic.PUPIL: PUPILS,
    Topic.FAMILY: FAMILIES,
    Topic.CLASS: CLASSES,
    Topic.STAFF: STAFF,
    Topic.SCHOOL: SCHOOLS,
}

__all__ = ["SOURCES", "Check", "Source"]
