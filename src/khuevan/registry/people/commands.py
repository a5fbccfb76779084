"""People on the command line: who in a file seems to stand in it twice."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.registry.people.matching.files import read_people, write_pairs
from khuevan.registry.people.matching.finding import find_pairs
from khuevan.ui.commands import Answer, argument, file_tool


@file_tool(
    "match",
    help=gettext_lazy("find who stands twice in a file of people"),
    arguments=(
        argument("people", type=Path, help=gettext_lazy("a csv file of people")),
        argument("--out", type=Path, required=True, help=gettext_lazy("the csv file of pairs")),
    ),
)
def match_file(arguments: Namespace) -> Answer:
    """Write the pairs of a file that seem to be one person, with a score and the reasons."""
    people = read_people(arguments.people)
    proposals = find_pairs(people)
    write_pairs(arguments.out, proposals)
    said = {"people": len(people), "pairs": len(proposals), "file": str(arguments.out)}
    text = _("%(pairs)d pairs of %(people)d people written to %(file)s.") % said
    return Answer(text=text, data=said)
