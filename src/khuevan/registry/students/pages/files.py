"""Lists of pupils that leave the system: why is asked, who and when are kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.audit.api import purpose_words
from khuevan.registry.people.api import VIEW_SENSITIVE
from khuevan.registry.students import actions
from khuevan.registry.students.forms import PupilExportForm
from khuevan.registry.students.models import Enrollment
from khuevan.registry.students.pages.lists import list_scope
from khuevan.registry.students.permissions import EXPORT_STUDENTS
from khuevan.registry.students.selectors import listed_beside, on_roll
from khuevan.registry.students.tables import FURTHER, SENSITIVE_COLUMNS, StudentFile
from khuevan.ui.formats import moment
from khuevan.ui.page import form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import file_response


@page(EXPORT_STUDENTS)
def export(request: Request) -> HttpResponse:
    """Ask what the list is for and which columns it needs, then give it as a file."""
    form = PupilExportForm(request.POST or None, extra=_further(request))
    asked = request.POST.getlist("columns") if request.method == "POST" else []
    table = _file(request, asked)
    if request.method == "POST" and form.is_valid():
        return _give(request, table, form.cleaned_data["kind"], form.stated)
    context = {"form": form, "table": table, "count": table.exact_count}
    return render_page(request, "students/export.html", context, status=form_status(request))


def _further(request: Request) -> list[tuple[str, Any]]:
    """Return the columns that have to be asked for; private ones for whoever may see them."""
    may = request.actor.may(VIEW_SENSITIVE)
    return [(one.key, one.label) for one in FURTHER if may or one.key not in SENSITIVE_COLUMNS]


def _file(request: Request, asked: list[str]) -> StudentFile:
    actor = request.actor
    rows = on_roll(
        actor=actor,
        on=actor.today,
        permission=EXPORT_STUDENTS,
        beside=listed_beside(actor, permission=EXPORT_STUDENTS),
    )
    if SENSITIVE_COLUMNS & set(asked):
        within = Enrollment.objects.visible_to(actor, VIEW_SENSITIVE)
        rows = rows.filter(pk__in=within.values("pk"))
    return StudentFile(rows, request.GET, list_scope(request), asked=asked)


def _give(request: Request, table: StudentFile, kind: str, purpose: str) -> HttpResponse:
    now = clock.now()
    count = table.exact_count
    response = file_response(
        table,
        kind,
        name=_("Pupils"),
        notes=[
            (_("Exported by"), request.actor.label),
            (_("Acting as"), request.actor.role_label),
            (_("At"), moment(timezone.localtime(now))),
            (_("For"), purpose_words(purpose)),
            (_("Pupils"), str(count)),
        ],
    )
    hat = getattr(request.actor, "hat", None)
    actions.export_note(
        actor=request.actor,
        unit_id=hat.unit_id if hat else None,
        count=count,
        what=request.GET.urlencode() or "all",
        purpose=purpose,
        now=now,
    )
    return response
