"""Code lists of pupils with their words: policy groups, kinds of disability (REC-08)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import CodeList

LISTS = Path(__file__).parent / "lists"

POLICY_GROUPS: dict[str, str | Promise] = {
    "MARTYR_CHILD": _("Child of a martyr"),
    "WAR_INVALID_CHILD_81": _("Child of a war invalid of 81% or more"),
    "WAR_INVALID_CHILD": _("Child of a war invalid"),
    "HERO_CHILD": _("Child of a hero"),
    "AGENT_ORANGE_CHILD": _("Child of an Agent Orange victim"),
    "POOR": _("Poor household"),
    "NEAR_POOR": _("Near-poor household"),
    "ORPHAN": _("Orphan"),
    "DISABLED": _("With a disability"),
    "SOCIAL_ALLOWANCE": _("Receives a social allowance"),
    "EXTREME_AREA": _("Lives in an area of extreme difficulty"),
    "ETHNIC_MINORITY": _("Of an ethnic minority"),
    "VERY_SMALL_ETHNIC": _("Of a very small ethnic group"),
    "BORDER_AREA": _("Lives in a border area"),
    "OTHER": _("Other policy group"),
}
DISABILITIES: dict[str, str | Promise] = {
    "MOBILITY": _("Mobility"),
    "HEARING_SPEECH": _("Hearing, speech"),
    "VISION": _("Vision"),
    "MENTAL": _("Nervous, mental"),
    "INTELLECTUAL": _("Intellectual"),
    "OTHER": _("Other"),
}


def policy_names(codes: list[str]) -> str:
    """Return the words of policy groups in one line."""
    return ", ".join(str(POLICY_GROUPS.get(code, code)) for code in codes)


def disability_name(code: str) -> str:
    """Return the words of a kind of disability; nothing for none."""
    return str(DISABILITIES.get(code, code)) if code else ""


@cache
def policy_groups() -> CodeList:
    """Return the policy groups a pupil may be of."""
    return CodeList.from_csv(LISTS / "policy_groups.csv")


@cache
def disabilities() -> CodeList:
    """Return the kinds of disability."""
    return CodeList.from_csv(LISTS / "disabilities.csv")
