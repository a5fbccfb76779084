"""Pupils on the command line: a school's list as a file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.audit.api import checked_purpose, purpose_words
from khuevan.platform.sheets.api import importers, write_out
from khuevan.registry.schools.api import get_school_for
from khuevan.registry.students import actions
from khuevan.registry.students.permissions import EXPORT_STUDENTS
from khuevan.registry.students.selectors import listed_beside, on_roll
from khuevan.registry.students.tables import Scope, StudentFile
from khuevan.ui.commands import Answer, CommandMistyped, argument, command, naming_school
from khuevan.ui.tables import FILE_TYPES, file_content


class NotWritable(DomainError):
    """The file can't be written there."""

    code = "students.export_not_writable"
    message = gettext_lazy("%(file)s cannot be written: %(reason)s.")


class UnknownFileType(DomainError):
    """The file's name ends with a type that is not offered."""

    code = "students.export_unknown_type"
    message = gettext_lazy("%(file)s should end with .xlsx or .csv.")


@command(
    "export students",
    EXPORT_STUDENTS,
    help=gettext_lazy("write a school's list of pupils to a file"),
    arguments=(
        argument(
            "file",
            nargs="?",
            type=Path,
            help=gettext_lazy(
                "the file to write in the columns in which lists are loaded: .xlsx, .csv or .zip"
            ),
        ),
        argument(
            "--school",
            "--unit",
            dest="school",
            required=True,
            help=gettext_lazy("the school's code"),
        ),
        argument(
            "--out",
            type=Path,
            help=gettext_lazy("the file to write as the page shows the list, .xlsx or .csv"),
        ),
        argument("--purpose", default="", help=gettext_lazy("what the list is for; it is kept")),
    ),
)
def export_students(actor: Actor, arguments: Namespace) -> Answer:
    """Write the pupils of one school to a file, and note that a list left the system."""
    if arguments.file is not None:
        return write_out(
            actor=actor,
            importer=importers.get("students.list"),
            unit_code=arguments.school,
            target=arguments.file,
            purpose=arguments.purpose,
        )
    if arguments.out is None:
        raise CommandMistyped(reason=_("Name the file to write"))
    with naming_school(arguments.school):
        school = get_school_for(actor, arguments.school, EXPORT_STUDENTS)
    target: Path = arguments.out
    purpose = checked_purpose(arguments.purpose)
    kind = target.suffix.lstrip(".").lower()
    if kind not in FILE_TYPES:
        raise UnknownFileType(file=str(target))
    on = actor.today
    rows = on_roll(
        actor=actor,
        on=on,
        school_id=school.pk,
        permission=EXPORT_STUDENTS,
        beside=listed_beside(actor, school.pk, EXPORT_STUDENTS),
    )
    table = StudentFile(rows, QueryDict(), Scope(actor, on, ""), asked=())
    count = table.exact_count
    content = file_content(
        table, kind, notes=[(_("Exported by"), actor.label), (_("For"), purpose_words(purpose))]
    )
    actions.export_note(
        actor=actor,
        unit_id=school.pk,
        count=count,
        what=school.code,
        purpose=purpose,
        now=clock.now(),
    )
    try:
        target.write_bytes(content)
    except OSError as error:
        raise NotWritable(file=str(target), reason=error.strerror or "") from error
    words = {"count": count, "file": str(target)}
    return Answer(
        _("%(count)s pupils written to %(file)s.") % words,
        {"school": school.code, "count": count, "file": str(target)},
    )
