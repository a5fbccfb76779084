"""`khuevan import-undo`: lists taken back as a whole, newest first."""

from __future__ import annotations

from argparse import Namespace
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.kernel.exit_codes import DONE, REFUSED
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.models import SheetImport
from khuevan.platform.sheets.permissions import UNDO_IMPORTS
from khuevan.platform.sheets.selectors import imports
from khuevan.platform.sheets.undo_frames import needed
from khuevan.ui.commands import Answer, argument, command
from khuevan.ui.formats import moment


@command(
    "import-undo",
    UNDO_IMPORTS,
    help=gettext_lazy("take written lists back, each as a whole, while nothing since needs it"),
    arguments=(
        argument(
            "lists",
            nargs="+",
            type=UUID,
            metavar="LIST",
            help=gettext_lazy("number of a list, as `import` and its page tell it"),
        ),
        argument(
            "--check",
            action="store_true",
            help=gettext_lazy("say what would happen, and write nothing"),
        ),
    ),
)
def undo_lists(actor: Actor, arguments: Namespace) -> Answer:
    """Take lists back, the newest first, each on its own; what stands in the way is told."""
    found = list(imports(actor=actor).filter(uuid__in=arguments.lists).order_by("-pk"))
    if len(found) != len(set(arguments.lists)):
        raise NotFound
    taken: list[str] = []
    refused: list[dict[str, Any]] = []
    lines: list[str] = []
    for one in found:
        name = f"{one.file_name} ({one.uuid})"
        try:
            later = _taken_back(actor, one, is_check=arguments.check)
        except DomainError as refusal:
            if len(found) == 1:
                raise
            later = [{"about": "", "what": str(refusal)}]
        if later:
            refused.append({"list": str(one.uuid), "later": later})
            lines.append(_("%(list)s: can't be taken back.") % {"list": name})
            lines += [f"  {_told(fact)}" for fact in later]
        else:
            taken.append(str(one.uuid))
            said = _("can be taken back") if arguments.check else _("taken back")
            lines.append(f"{name}: {said}.")
    data = {"taken_back": [] if arguments.check else taken, "refused": refused}
    return Answer("\n".join(lines), data, REFUSED if refused else DONE)


def _taken_back(actor: Actor, one: SheetImport, *, is_check: bool) -> list[dict[str, Any]]:
    """Take a list back and return nothing, or return what was recorded since that needs it."""
    told = actions.undoing_of(actor=actor, uuid=one.uuid)
    if not (told.later or is_check):
        actions.undo_import(actor=actor, uuid=one.uuid, now=clock.now())
    return [
        {
            "row": line.row,
            "about": line.subject,
            "what": fact.what,
            "who": fact.who,
            "at": fact.at,
            "fields": [
                {"field": one.label, "old": one.old, "new": one.new} for one in fact.changes
            ],
        }
        for line in needed(actor, one, told.later)
        for fact in line.facts
    ]


def _told(fact: dict[str, Any]) -> str:
    row = _("row %(row)s") % {"row": fact["row"]} if fact.get("row") else ""
    at = fact.get("at")
    when = moment(timezone.localtime(at)) if at else ""
    empty = _("empty")
    fields = [
        f"{one['field']}: {one['old'] or empty} → {one['new'] or empty}"
        for one in fact.get("fields", ())
    ]
    parts = (row, fact["about"], fact["what"], *fields, fact.get("who"), when)
    return ", ".join(str(part) for part in parts if part)
