"""What a school's comments may be: how long, and without which words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.schools.api import get_school_for, school_frame
from khuevan.school.remarks import actions
from khuevan.school.remarks.forms import SettingForm
from khuevan.school.remarks.limits import setting_of
from khuevan.school.remarks.models import LONGEST_OVERALL, LONGEST_SUBJECT
from khuevan.school.remarks.permissions import MANAGE_PHRASES
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_PHRASES)
def setting(request: Request, code: str) -> HttpResponse:
    """Say how long comments may be, and which words the school refuses."""
    school = get_school_for(request.actor, code, MANAGE_PHRASES)
    to = reverse("remarks:school", args=[school.code])
    present = setting_of(school.pk)
    initial = {
        "longest": present.longest if present else LONGEST_SUBJECT,
        "longest_overall": present.longest_overall if present else LONGEST_OVERALL,
        "forbidden": "\n".join(present.forbidden) if present else "",
    }
    form = SettingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.set_limits(
                actor=request.actor, school=school, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Saved."))
            return done(request, to)
    context = {
        **school_frame(request, school, "comments"),
        "form": form,
        "form_title": _("What comments may be"),
        "submit": _("Save"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))
