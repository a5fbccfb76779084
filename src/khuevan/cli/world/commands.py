"""`khuevan generate`: fill an empty province with invented schools and people."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.cli.world.cast import DEMO_PASSWORD
from khuevan.cli.world.curricula import plan_classes
from khuevan.cli.world.demo import connect_cast, enliven_cast, sign_in_lines
from khuevan.cli.world.load import WorldExists, WorldTooSmall, has_schools, load_world
from khuevan.cli.world.permissions import GENERATE_WORLD
from khuevan.cli.world.plan import DEMO_PUPILS, DEMO_SCHOOLS, DEMO_SEED, plan_world
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.exit_codes import REFUSED
from khuevan.ui.commands import Answer, argument, command


@command(
    "generate",
    GENERATE_WORLD,
    help=gettext_lazy("fill an empty province with invented schools and people"),
    arguments=(
        argument(
            "--schools", type=int, default=DEMO_SCHOOLS, help=gettext_lazy("how many schools")
        ),
        argument("--students", type=int, default=DEMO_PUPILS, help=gettext_lazy("how many pupils")),
        argument(
            "--years",
            type=int,
            default=1,
            help=gettext_lazy("how many academic years it tells of, from 1 to 8"),
        ),
        argument("--seed", type=int, default=DEMO_SEED, help=gettext_lazy("which world of many")),
        argument(
            "--today",
            type=date.fromisoformat,
            default=None,
            help=gettext_lazy("the day to plan for, such as 2026-11-22; without it, today"),
        ),
        argument("--check", action="store_true", help=gettext_lazy("plan only, write nothing")),
    ),
)
def generate(actor: Actor, arguments: Namespace) -> Answer:
    """Plan a province and load it through the bulk actions, all of it or nothing."""
    today = arguments.today or clock.today()
    try:
        plan = plan_world(
            today=today,
            seed=arguments.seed,
            schools=arguments.schools,
            pupils=arguments.students,
            years=arguments.years,
        )
    except ValueError as error:
        raise WorldTooSmall from error
    if arguments.check:
        planned = _answer(plan.pupils, len(plan.schools), _("Nothing was written."))
        if not has_schools():
            return planned
        refusal = WorldExists()
        data = {**planned.data, "code": refusal.code}
        return Answer(f"{planned.text}\n{refusal}", data, REFUSED)
    loaded = load_world(plan, actor=actor, now=clock.now(), say=_tell)
    with_plans = plan_classes(actor=actor, now=clock.now())
    _tell(_("%(count)s classes with their subjects planned") % {"count": with_plans})
    is_demo = bool(settings.DEMO_MODE)
    connect_cast(plan, actor=actor, now=clock.now(), password=DEMO_PASSWORD if is_demo else None)
    if is_demo:
        enliven_cast(plan, actor=actor, now=clock.now())
    return _answer(loaded.pupils, loaded.schools, "\n".join(sign_in_lines()) if is_demo else "")


def _answer(pupils: int, schools: int, rest: str) -> Answer:
    counted = _("%(schools)s schools, %(pupils)s pupils.") % {"schools": schools, "pupils": pupils}
    return Answer(f"{counted}\n{rest}".rstrip(), {"schools": schools, "pupils": pupils})


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
