"""The stored counts on the command line: refresh, build anew, compare with history."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.insight.rollup import upkeep
from khuevan.insight.rollup.asked_two import BY, COMPARED, Compared
from khuevan.insight.rollup.compared import reason_words
from khuevan.insight.rollup.moves import CAME, IN, LEFT, SAME, STAYED
from khuevan.insight.rollup.permissions import KEEP_COUNTS, VIEW_COUNTS
from khuevan.insight.rollup.selectors.comparing import TwoDays, equation_of
from khuevan.kernel.actor import Actor
from khuevan.kernel.exit_codes import DONE, REFUSED
from khuevan.ui.commands import Answer, argument, command
from khuevan.ui.formats import NOTHING, day, number


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


@command(
    "compare",
    VIEW_COUNTS,
    help=gettext_lazy("say who came, left and moved between two days"),
    arguments=(
        argument("first", help=gettext_lazy("the earlier day, as 2025-06-30")),
        argument("second", help=gettext_lazy("the later day, as 2025-07-01")),
        argument(
            "--of",
            choices=tuple(COMPARED),
            default="pupils",
            help=gettext_lazy("what is compared"),
        ),
        argument("--by", default="", help=gettext_lazy("the lines: unit, school, level, grade")),
        argument("--unit", default="", help=gettext_lazy("the code of a unit")),
        argument("--school", default="", help=gettext_lazy("the school's code")),
    ),
)
def compare(actor: Actor, arguments: Namespace) -> Answer:
    """Say who came, left and moved between two days: the equation, its reasons, its lines."""
    query = {
        "from": arguments.first,
        "to": arguments.second,
        "of": arguments.of,
        "rows": arguments.by,
        "unit": arguments.unit,
        "school": arguments.school,
    }
    asked = Compared.from_query(query, today=actor.today, rows=BY[arguments.of][0])
    found = TwoDays(actor, asked)
    told, reasons = equation_of(found), _reasons(found)
    text = _("%(first)s: %(then)s; came %(came)s, left %(left)s; %(second)s: %(now)s") % {
        "first": day(asked.first),
        "second": day(asked.second),
        "then": number(told.then),
        "came": NOTHING if told.came is None else number(told.came),
        "left": NOTHING if told.left is None else number(told.left),
        "now": number(told.now),
    }
    lines = [f"  {reason_words(asked.of, why)}: {number(n)}" for _f, why, n in reasons]
    numbers = found.tally.by_line()
    data = {
        **{name: getattr(told, name) for name in told.__slots__},
        "reasons": [{"flow": flow, "reason": why, "number": n} for flow, why, n in reasons],
        "lines": [{"line": key, "name": name, **numbers[key]} for key, name in found.lines],
    }
    return Answer("\n".join([text, *lines]), data)


def _reasons(found: TwoDays) -> list[tuple[str, str, int]]:
    flows = (("came", (CAME,)), ("left", (LEFT,)), ("moved", (IN, STAYED)))
    return [
        (name, why, count)
        for name, of in flows
        for why, count in found.tally.reasons(*of).items()
        if why != SAME
    ]


def _done(count: int) -> Answer:
    words = ngettext("%(count)s school counted anew.", "%(count)s schools counted anew.", count)
    return Answer(words % {"count": count}, {"schools": count})


def _tell(done: int, total: int) -> None:
    sys.stderr.write(f"{done}/{total}\n")
