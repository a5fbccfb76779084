"""The kinds of faults of a list: what is wrong in which column, to look at one kind alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.platform.sheets.faults import Fault, group_faults
from khuevan.ui.formats import number

MOST_KINDS = 12
"""Kinds to choose from; of more the rarest are left to the whole list."""
LONGEST_REASON = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """All faults of one code in one column, told by the first of them."""

    key: str
    label: str
    rows: frozenset[int]


def key_of(fault: Fault) -> str:
    """Return what names a fault's kind in an address."""
    return f"{fault.code}@{fault.column}"


def kinds_of(faults: Iterable[Fault]) -> dict[str, Kind]:
    """Return the kinds there are, errors first, then the most frequent."""
    groups = group_faults(faults)[:MOST_KINDS]
    kinds = [
        Kind(key_of(group.faults[0]), _label(group.faults), frozenset(f.row for f in group.faults))
        for group in groups
    ]
    return {kind.key: kind for kind in kinds}


def kind_chips(
    kinds: Mapping[str, Kind], chosen: str, address: Callable[[str], str]
) -> list[dict[str, Any]]:
    """Return the links to each kind, and to all of them; nothing where there is but one."""
    if len(kinds) < 2:
        return []
    whole = {"label": _("Every kind"), "url": address(""), "on": not chosen}
    return [whole] + [
        {
            "label": _counted(kind),
            "url": address(kind.key),
            "on": kind.key == chosen,
        }
        for kind in kinds.values()
    ]


def _counted(kind: Kind) -> str:
    count = len(kind.rows)
    said = ngettext("%(kind)s · %(count)s row", "%(kind)s · %(count)s rows", count)
    return said % {"kind": kind.label, "count": number(count)}


def _label(faults: Sequence[Fault]) -> str:
    first = faults[0]
    reason = first.reason.splitlines()[0].rstrip(".")
    if len(reason) > LONGEST_REASON:
        reason = f"{reason[:LONGEST_REASON].rsplit(' ', 1)[0]}…"
    return f"{first.column_name}: {reason}" if first.column_name else reason
