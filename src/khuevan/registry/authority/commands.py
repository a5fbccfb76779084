"""Who decides, on the command line."""

from __future__ import annotations

from argparse import Namespace

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor
from khuevan.platform.regulations.api import POWERS, rule_period
from khuevan.registry.authority import selectors
from khuevan.registry.authority.answers import Answer as Told
from khuevan.registry.authority.answers import Holder, Ruling
from khuevan.registry.authority.documents import AnswerOut
from khuevan.registry.authority.doors import day_asked, school_asked
from khuevan.registry.authority.permissions import VIEW_AUTHORITY
from khuevan.ui.commands import Answer, argument, command, naming_school
from khuevan.ui.formats import day


@command(
    "authority",
    VIEW_AUTHORITY,
    help=gettext_lazy("say who decides a matter for a school on a day, and by which text"),
    arguments=(
        argument(
            "power",
            help=format_lazy(
                "{matter}: {powers}",
                matter=gettext_lazy("the matter, one of these"),
                powers=", ".join(POWERS),
            ),
        ),
        argument("--school", required=True, help=gettext_lazy("the school's code")),
        argument("--on", default="", help=gettext_lazy("the day, as 2025-07-01; else today")),
    ),
)
def tell_authority(actor: Actor, arguments: Namespace) -> Answer:
    """Say who decides a matter for a school on a day."""
    on = day_asked(arguments.on, otherwise=actor.today)
    with naming_school(arguments.school):
        school = school_asked(actor, arguments.school, on=on)
    told = selectors.authority(arguments.power, school_id=school.pk, on=on)
    return Answer("\n".join(_lines(told)), AnswerOut.of(told).dict())


def _lines(told: Told) -> list[str]:
    asked = {"power": told.power_name, "school": told.school_name, "on": day(told.on)}
    lines = [_("%(power)s: %(school)s on %(on)s") % asked]
    for ruling in told.rulings:
        lines += [f"{ruling.about}:"] if ruling.about else []
        lines += [f"  {line}" for line in _ruling_lines(ruling)]
    return lines


def _ruling_lines(ruling: Ruling) -> list[str]:
    if ruling.holder is None:
        return [_("Not recorded. %(reason)s") % {"reason": ruling.reason}]
    return [
        who(ruling.holder),
        *_about(ruling.holder),
        *([_("Before: %(who)s") % {"who": who(ruling.before)}] if ruling.before else []),
        *(
            [_("From %(day)s: %(who)s") % {"day": day(after.starts_on), "who": who(after)}]
            if (after := ruling.after)
            else []
        ),
    ]


def who(holder: Holder) -> str:
    """Return office with unit, and text in one line."""
    text = f", {holder.source.number}" if holder.source else ""
    return f"{holder.who}{text}"


def _about(holder: Holder) -> list[str]:
    source = holder.source
    held = rule_period(holder.starts_on, holder.ends_on)
    cited = f"{source.text} ({source.confidence_label})" if source else ""
    return [
        *([_("By: %(text)s") % {"text": cited}] if cited else []),
        _("In force: %(period)s") % {"period": held},
        *([_("The first day is from memory.")] if source and not source.is_first_day_sure else []),
        *([holder.note] if holder.note else []),
        *([holder.unit.caution] if holder.unit and holder.unit.caution else []),
    ]
