"""The rules on the command line: cases evaluated."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy

from khuevan.kernel.exit_codes import DONE, REFUSED
from khuevan.school.assessments.cases.evaluation import evaluate, read_cases
from khuevan.ui.commands import Answer, argument, file_tool


@file_tool(
    "rules evaluate",
    help=gettext_lazy("answer cases of the rules of assessment"),
    arguments=(
        argument("cases", type=Path, help=gettext_lazy("the cases, a JSON list")),
        argument(
            "--why",
            action="store_true",
            help=gettext_lazy("say of each result how it came about, and by which article"),
        ),
    ),
)
def evaluate_cases(arguments: Namespace) -> Answer:
    """Print one answer for each case; refused when one of them can't be read."""
    answers = evaluate(read_cases(arguments.cases), with_why=arguments.why)
    code = REFUSED if any("error" in one for one in answers) else DONE
    return Answer(_as_json(answers), {"answers": answers}, code)


def _as_json(answers: list[dict[str, Any]]) -> str:
    """Return the answers to be read by people too; in plain letters where an id is no text."""
    told = json.dumps(answers, ensure_ascii=False, indent=1)
    try:
        told.encode()
    except UnicodeEncodeError:
        return json.dumps(answers, indent=1)
    return told
