"""Since when the photos of pupils who have left are no longer used."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import NullIf

from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.files.api import StoredFile
from khuevan.platform.retention.api import Source, sources
from khuevan.registry.people.api import PHOTO_KIND, end_photos
from khuevan.registry.staff.api import StaffMember
from khuevan.registry.students.models import Enrollment

_NAME = Func(
    Value(" "),
    "person__family_name",
    NullIf("person__middle_name", Value("")),
    "person__given_name",
    function="concat_ws",
    output_field=CharField(),
)
_WHY = "the file is then kept within the reach of the last school"


def photos_of_pupils(actor: Actor, permission: Permission) -> QuerySet[Any]:
    """Return the photos of pupils, within reach by their last school.

    Whoever has worked here too is left out: that photo belongs to the personnel file.
    """
    last = (
        Enrollment.objects.unscoped(because=_WHY)
        .filter(person__photos__file=OuterRef("pk"), is_primary=True)
        .order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "-id")
    )
    staff = StaffMember.objects.unscoped(because=_WHY).filter(person__photos__file=OuterRef("pk"))
    photos: QuerySet[Any] = StoredFile.objects.unscoped(because=_WHY)
    photos = photos.filter(~Exists(staff), kind=PHOTO_KIND.code).annotate(
        kept_whose=Subquery(last.annotate(whose=_NAME).values("whose")[:1]),
        kept_since=Subquery(last.values("ends_on")[:1]),
        kept_unit=Subquery(last.values("school_id")[:1]),
    )
    reach = actor.reach(permission, "school")
    if reach.everything:
        return photos.filter(kept_unit__isnull=False)
    return photos.filter(kept_unit__in=reach.ids)


def _end(files: Collection[int], now: datetime) -> None:
    end_photos(files=files, now=now)


sources.register("PUPIL_PHOTO", Source(photos_of_pupils, _end))
