"""The stored counts on the command line: refresh, build anew, compare with history."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.insight.rollup import upkeep
from khuevan.insight.rollup.permissions import KEEP_COUNTS
from khuevan.kernel.actor import Actor
from khuevan.kernel.exit_codes import DONE, REFUSED
from khuevan.ui.commands import Answer, argument, command


@command(
    "rollup refresh",
    KEEP_COUNTS,
    help=gettext_lazy("count the schools anew whose records have changed"),
)
def refresh(actor: Actor, arguments: Namespace) -> Answer:
    """Write the cells of schools with a mark anew."""
    return _done(upkeep.refresh(tell=_tell))


@command(
    "rollup rebuild", KEEP_COUNTS, help=gettext_lazy("count every school anew, from its history")
)
def rebuild(actor: Actor, arguments: Namespace) -> Answer:
    """Write all cells anew."""
    return _done(upkeep.rebuild(tell=_tell))


@command(
    "rollup check",
    KEEP_COUNTS,
    help=gettext_lazy("compare the stored counts with history; nothing is written"),
    arguments=(
        argument(
            "--on",
            type=date.fromisoformat,
            default=None,
            help=gettext_lazy("one day only; without it every 31/5, 30/9, 31/12 and today"),
        ),
    ),
)
def check(actor: Actor, arguments: Namespace) -> Answer:
    """Compare every cell with the rows it stands for, on many days."""
    days = [arguments.on] if arguments.on else upkeep.known_days(today=actor.today)
    found = upkeep.differences(days, tell=_tell)
    waiting = upkeep.stale_count()
    data = {
        "days": days,
        "waiting": waiting,
        "differences": [
            {"on": one.on, "school": one.school_id, "stored": one.stored, "counted": one.counted}
            for one in found
        ],
    }
    if found:
        words = {"count": len(found), "days": len(days)}
        text = _("%(count)s differences on %(days)s days: run khuevan rollup rebuild.") % words
        return Answer(text, data, REFUSED)
    words = {"days": len(days), "count": waiting}
    text = _("Equal on %(days)s days. %(count)s schools wait and are counted from their records.")
    return Answer(text % words, data, DONE)


def _done(count: int) -> Answer:
    return Answer(_("%(count)s schools counted anew.") % {"count": count}, {"schools": count})


def _tell(done: int, total: int) -> None:
    sys.stderr.write(f"{done}/{total}\n")
