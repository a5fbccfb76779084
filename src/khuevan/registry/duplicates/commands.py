"""Who seems to stand twice, on the command line: in the records, and in a file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.registry.duplicates.actions import look_for_pairs
from khuevan.registry.duplicates.matching.files import (
    COLUMNS,
    PAIR_COLUMNS,
    read_people,
    require_another,
    write_pairs,
)
from khuevan.registry.duplicates.matching.finding import find
from khuevan.registry.duplicates.permissions import LOOK_FOR_PAIRS
from khuevan.ui.commands import Answer, argument, command, file_tool


@file_tool(
    "match",
    help=gettext_lazy("find who stands twice in a file of people"),
    arguments=(
        argument(
            "people",
            type=Path,
            help=format_lazy(
                "{what}: {columns}",
                what=gettext_lazy(
                    "a csv file of people whose first line names its columns; id and full_name are"
                    " needed, any of the others may lack or be empty (birth_date as YYYY-MM-DD, sex"
                    " as Nam or Nữ)"
                ),
                columns=", ".join(COLUMNS),
            ),
        ),
        argument(
            "--out",
            type=Path,
            required=True,
            help=format_lazy(
                "{what}: {columns}",
                what=gettext_lazy("the csv file of pairs, with these columns"),
                columns=", ".join(PAIR_COLUMNS),
            ),
        ),
    ),
)
def match_file(arguments: Namespace) -> Answer:
    """Write the pairs of a file that seem to be one person, with a score and the reasons."""
    require_another(arguments.people, arguments.out)
    people = read_people(arguments.people)
    found = find(people)
    write_pairs(arguments.out, found.pairs)
    said = {
        "people": len(people),
        "pairs": len(found.pairs),
        "too_many_alike": found.crowded,
        "file": str(arguments.out),
    }
    lines = [_("Pairs written to %(file)s: %(pairs)d, of %(people)d people.") % said]
    if found.crowded:
        lines.append(_("Too many alike to be compared: %(too_many_alike)d people.") % said)
    return Answer("\n".join(lines), said)


@command(
    "duplicates find",
    LOOK_FOR_PAIRS,
    help=gettext_lazy("look through all records for people recorded twice"),
)
def find_pairs(actor: Actor, arguments: Namespace) -> Answer:
    """Compare all pupils, then all guardians, and keep the pairs to be looked at."""
    new, waiting = look_for_pairs(now=clock.now())
    said = {"new": new, "waiting": waiting}
    return Answer(_("%(new)s new pairs, %(waiting)s to be looked at") % said, said)
