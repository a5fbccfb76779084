"""FET's files on the command line: a timetable checked, a result made a solution."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.exit_codes import DONE, REFUSED
from khuevan.school.timetable.core.checking import Findings, check
from khuevan.school.timetable.fet.reading import read_problem
from khuevan.school.timetable.fet.report import as_data, kind_of
from khuevan.school.timetable.fet.results import read_result
from khuevan.school.timetable.fet.solution import read_solution, write_bytes, write_solution
from khuevan.school.timetable.imports.rows import counts_of, lesson_rows, list_of, rule_rows
from khuevan.ui.commands import Answer, argument, file_tool


@file_tool(
    "timetable check",
    help=gettext_lazy("check a timetable against a problem of FET"),
    arguments=(
        argument("problem", type=Path, help=gettext_lazy("the problem, a .fet file")),
        argument(
            "solution",
            type=Path,
            help=gettext_lazy("the timetable, a JSON file of placements"),
        ),
    ),
)
def check_files(arguments: Namespace) -> Answer:
    """Tell every violation and every kind that was not checked; done when there is neither."""
    problem = read_problem(arguments.problem).problem
    placements, faults = read_solution(arguments.solution, problem)
    findings = check(problem, placements, faults)
    return Answer(
        "\n".join(_lines(findings)), as_data(findings), DONE if findings.is_sound else REFUSED
    )


@file_tool(
    "timetable convert",
    help=gettext_lazy("make a solution of a result of FET"),
    arguments=(
        argument(
            "result",
            type=Path,
            help=gettext_lazy("what FET wrote: NAME_activities.xml or NAME_data_and_timetable.fet"),
        ),
        argument("solution", type=Path, help=gettext_lazy("the JSON file to write")),
    ),
)
def convert_result(arguments: Namespace) -> Answer:
    """Write the placements of a result of FET as JSON."""
    entries = read_result(arguments.result)
    write_solution(arguments.solution, entries)
    said = {"placed": len(entries), "file": str(arguments.solution)}
    return Answer(_("%(placed)d placed lessons written to %(file)s.") % said, said)


@file_tool(
    "timetable list",
    help=gettext_lazy("make a list for the import of timetables of a problem of FET"),
    arguments=(
        argument("problem", type=Path, help=gettext_lazy("the problem, a .fet file")),
        argument("list", type=Path, help=gettext_lazy("the CSV file to write")),
        argument("--result", type=Path, help=gettext_lazy("FET's NAME_activities.xml")),
    ),
)
def list_problem(arguments: Namespace) -> Answer:
    """Write the lessons and rules of a problem as a list, which `import timetable` loads."""
    problem = read_problem(arguments.problem).problem
    entries = read_result(arguments.result or arguments.problem)
    rows = [*lesson_rows(problem, entries, ()), *rule_rows(problem)]
    write_bytes(arguments.list, list_of(problem, entries, ()))
    counts = counts_of(rows)
    said = {
        "lessons": counts["lessons"],
        "rules": counts["rules"],
        "left": counts["left"],
        "file": str(arguments.list),
    }
    told = _(
        "%(lessons)d lessons and %(rules)d rules written to %(file)s; kinds of rules not taken:"
        " %(left)d."
    )
    return Answer(told % said, said)


def _lines(findings: Findings) -> list[str]:
    figures = findings.quality
    said = {
        "placed": figures.placed,
        "lessons": figures.lessons,
        "hard": len(findings.hard),
        "soft": len(findings.soft),
        "teachers": figures.teacher_gaps,
        "students": figures.student_gaps,
        "days": figures.teacher_days,
    }
    lines = [
        _("Placed: %(placed)d of %(lessons)d lessons.") % said,
        _("Hard constraints broken: %(hard)d; wishes not met: %(soft)d.") % said,
        _(
            "Gaps of teachers: %(teachers)d, of students: %(students)d; days of teachers at"
            " school: %(days)d."
        )
        % said,
    ]
    lines += [f"{kind_of(one)}: {one.message}" for one in findings.hard]
    lines += [f"{kind_of(one)} ({one.weight:g}%): {one.message}" for one in findings.soft]
    lines += [
        _("Not checked: %(kind)s (%(times)d)") % {"kind": kind, "times": times}
        for kind, times in findings.unchecked.items()
    ]
    return lines
