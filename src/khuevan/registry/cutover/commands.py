"""A school's move-over on the command line: how its numbers compare."""

from __future__ import annotations

from argparse import Namespace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.kernel.actor import Actor
from khuevan.registry.cutover import selectors
from khuevan.registry.cutover.permissions import VIEW_CUTOVERS
from khuevan.registry.cutover.shown import STANDINGS, count_words
from khuevan.registry.cutover.telling import difference_words, line_name
from khuevan.registry.schools.api import get_school_for
from khuevan.ui.commands import Answer, argument, command, naming_school
from khuevan.ui.formats import day


@command(
    "cutover",
    VIEW_CUTOVERS,
    help=gettext_lazy("show how a school that moves over compares with its own totals"),
    arguments=(argument("--school", required=True, help=gettext_lazy("code of the school")),),
)
def show_cutover(actor: Actor, arguments: Namespace) -> Answer:
    """Print the lines of a school's comparison, those to be settled first."""
    with naming_school(arguments.school):
        school = get_school_for(actor, arguments.school, VIEW_CUTOVERS)
    cutover = selectors.current_cutover(actor, school.pk)
    if cutover is None:
        return Answer(_("This school is not moving over."), {"school": school.code, "lines": []})
    found = selectors.reconciliation(actor, cutover)
    lines = sorted(found.lines, key=lambda line: line.is_settled)
    told = [
        f"{line_name(line)}: {count_words(line.own) if line.own else '–'} / "
        f"{count_words(line.recorded, like=line.own)}  {difference_words(line)}"
        f"  [{STANDINGS[line.standing][1]}]"
        for line in lines
    ]
    words = ngettext(
        "%(count)s line to be settled, as of %(on)s.",
        "%(count)s lines to be settled, as of %(on)s.",
        len(found.open),
    )
    head = words % {"count": len(found.open), "on": day(cutover.on)}
    data = {
        "school": school.code,
        "product": cutover.product,
        "on": cutover.on,
        "state": cutover.state,
        "open": len(found.open),
        "lines": [
            {
                "part": line.part,
                "name": line_name(line),
                "own": line.own.figures if line.own else None,
                "recorded": line.recorded.figures,
                "difference": line.difference,
                "standing": str(line.standing),
            }
            for line in lines
        ],
    }
    return Answer("\n".join([head, *told]), data)
