"""What stands around the pages of one person, and which shell suits the reader."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.accounts.api import Person, Sex
from khuevan.registry.people.models import Photo
from khuevan.registry.people.permissions import EDIT_PERSONS, VIEW_CONSENTS, VIEW_PERSONS
from khuevan.registry.people.selectors import allows, kept_persons, person_of_record
from khuevan.ui.formats import day
from khuevan.ui.request import Request

FAMILY = ("guardian", "student")
TABS: list[tuple[str, str | Promise, str, Permission]] = [
    ("person", gettext_lazy("The person"), "people:person", VIEW_PERSONS),
    ("life", gettext_lazy("Course of life"), "people:life", VIEW_PERSONS),
    ("consents", gettext_lazy("Consents"), "people:consents", VIEW_CONSENTS),
]


def is_family(request: Request) -> bool:
    """Return whether the reader is the pupil or a guardian."""
    hat = getattr(request.actor, "hat", None)
    return bool(hat and hat.code in FAMILY)


def photo_url(person: Person) -> str:
    """Return where the photo of a person reached already is, or nothing when there is none."""
    rows = Photo.objects.unscoped(because="the caller reached the person through a scope")
    held = rows.filter(person=person, replaced_at__isnull=True).values_list("uuid", flat=True)
    version = held.first()
    return f"{reverse('people:photo', args=[person.uuid])}?v={version}" if version else ""


def person_frame(request: Request, person: Person, current: str) -> dict[str, Any]:
    """Return what `people/frame.html` draws around the tab `current`."""
    actor: Actor = request.actor
    may_edit = actor.may(EDIT_PERSONS) and kept_persons(actor).filter(pk=person.pk).exists()
    born = _("born %(day)s") % {"day": day(person.birth_date)} if person.birth_date else ""
    about = (str(Sex(person.sex).label) if person.sex else "", born)
    return {
        "person": person,
        "name": person.full_name,
        "about": " · ".join(part for part in about if part),
        "record_url": person_of_record(person.pk),
        "photo_url": photo_url(person) if actor.may(VIEW_CONSENTS) else "",
        "may_edit": may_edit,
        "is_kept_elsewhere": not may_edit and allows(actor, person, EDIT_PERSONS),
        "tabs": [
            {"label": label, "url": reverse(route, args=[person.uuid]), "current": key == current}
            for key, label, route, permission in TABS
            if actor.may(permission)
        ],
    }
