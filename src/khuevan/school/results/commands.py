"""`khuevan results compute`: averages and results reckoned anew."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import academic_year_on, get_school_for
from khuevan.school.results.actions.computing import compute_all
from khuevan.school.results.permissions import COMPUTE_RESULTS
from khuevan.ui.commands import Answer, argument, command
from khuevan.ui.formats import spoken


@command(
    "results compute",
    COMPUTE_RESULTS,
    help=gettext_lazy("reckon averages and results anew; the system does so every night"),
    arguments=(argument("--school", default="", help=gettext_lazy("the school's code")),),
)
def compute(actor: Actor, arguments: Namespace) -> Answer:
    """Reckon the results of a school, or of all in reach, anew."""
    year = academic_year_on(actor.today)
    if year is None:
        raise NotFound
    schools: list[Any] | None
    if arguments.school:
        schools = [get_school_for(actor, arguments.school, COMPUTE_RESULTS).pk]
    else:
        reach = actor.reach(COMPUTE_RESULTS, "school")
        schools = None if reach.everything else sorted(reach.ids)
    found = compute_all(year=year, on=actor.today, now=clock.now(), schools=schools, tell=_tell)
    words = {
        "classes": spoken(found.classes),
        "averages": spoken(found.averages),
        "results": spoken(found.results),
    }
    told = _("%(classes)s classes: %(averages)s averages and %(results)s results changed")
    data = {"classes": found.classes, "averages": found.averages, "results": found.results}
    return Answer(told % words, data)


def _tell(done: int, total: int) -> None:
    sys.stderr.write(f"{done}/{total}\n")
