"""Plans that follow a list of lessons: promised by one press, changed when the list is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_lazy, ngettext

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import Fault, Offer, Remedy
from khuevan.registry.curriculum.permissions import MANAGE_PLANS

PLANS = "plans"
MORE = "curriculum.more_than_planned"
MOST_NAMED = 8


def _found(rows: Sequence[tuple[dict[str, str], Sequence[Fault]]]) -> dict[tuple[int, str], str]:
    """Return the lessons whose plan lacks periods, with the names of their classes."""
    return {
        (int(one.params["class"]), str(one.params["subject"])): str(one.params["room"])
        for _cells, faults in rows
        for one in faults
        if one.code == MORE
    }


def find_more(
    *,
    actor: Actor,
    unit_id: int,
    rows: Sequence[tuple[dict[str, str], Sequence[Fault]]],
    on: date,
) -> Offer | None:
    """Return the subjects of which the list gives more than the plans have."""
    found = _found(rows)
    if not found:
        return None
    count = len(found)
    words = {"count": count, "names": _names(found)}
    return Offer(
        ngettext(
            "The list gives more periods than the plan has in %(count)s subject of a class:"
            " %(names)s.",
            "The list gives more periods than the plans have in %(count)s subjects of classes:"
            " %(names)s.",
            count,
        )
        % words,
        ngettext(
            "Change the plan to the list (%(count)s)",
            "Change the plans to the list (%(count)s)",
            count,
        )
        % words,
        tuple(
            {"class": room_id, "subject": subject, "room": room}
            for (room_id, subject), room in found.items()
        ),
    )


def tell(items: Sequence[Mapping[str, str | int]]) -> str:
    """Say which plans will be changed."""
    found = {(int(one["class"]), str(one["subject"])): str(one["room"]) for one in items}
    return ngettext(
        "The plan of %(count)s subject of a class will be changed to the list: %(names)s.",
        "The plans of %(count)s subjects of classes will be changed to the list: %(names)s.",
        len(found),
    ) % {"count": len(found), "names": _names(found)}


def _names(found: Mapping[tuple[int, str], str]) -> str:
    named = [f"{room} {subject}" for (_room_id, subject), room in found.items()]
    return ", ".join([*named[:MOST_NAMED], *(["…"] if len(named) > MOST_NAMED else [])])


PLANS_FOLLOW = Remedy(
    code=PLANS,
    permission=MANAGE_PLANS,
    fault=MORE,
    find=find_more,
    tell=tell,
    withdraw=gettext_lazy("Leave the plans"),
)
