"""The photo of a record: shown to those who may; for a purpose, only while it is allowed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.files.api import open_content
from khuevan.registry.people import actions
from khuevan.registry.people.consents import may_use
from khuevan.registry.people.forms import PhotoForm
from khuevan.registry.people.frame import person_frame
from khuevan.registry.people.models import Photo
from khuevan.registry.people.permissions import EDIT_PERSONS, VIEW_CONSENTS
from khuevan.registry.people.selectors import get_person_for, get_person_kept
from khuevan.ui.downloads import download
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(VIEW_CONSENTS, methods=("GET",))
def photo(request: Request, uuid: UUID) -> HttpResponse:
    """Send the photo of a person in reach; for a purpose, only while the answers allow it."""
    person = get_person_for(request.actor, uuid, VIEW_CONSENTS)
    purpose = request.GET.get("for", "")
    if purpose and not may_use(person, purpose, on=request.actor.today):
        raise NotFound
    held = (
        Photo.objects.visible_to(request.actor, VIEW_CONSENTS)
        .filter(person=person, replaced_at__isnull=True)
        .select_related("file")
        .first()
    )
    if held is None:
        raise NotFound
    if not purpose:
        actions.note_opened(actor=request.actor, person=person, what="photo", now=clock.now())
    with open_content(held.file) as content:
        return download(
            content.read(),
            name=held.file.name,
            media_type=held.file.content_type,
            opens_in_browser=True,
        )


@page(EDIT_PERSONS)
def change(request: Request, uuid: UUID) -> HttpResponse:
    """Put another photo into the record; the one before is kept."""
    person = get_person_kept(request.actor, uuid)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            upload = form.cleaned_data["upload"]
            actions.set_photo(actor=request.actor, uuid=uuid, upload=upload, now=clock.now())
            messages.success(request, _("Photo set. What the camera wrote beside it was removed."))
            return done(request, reverse("people:person", args=[uuid]))
    told = _(
        "The photo of the record is the school's duty and needs no consent. Publishing it does:"
        " see the consents."
    )
    context = {
        **person_frame(request, person, "person"),
        "form": form,
        "title": _("Photo of the record"),
        "verb": _("Set the photo"),
        "told": told,
        "back_url": reverse("people:person", args=[uuid]),
        "is_upload": True,
    }
    return render_page(request, "people/form.html", context, status=form_status(request))
