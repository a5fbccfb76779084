"""The picture in a record: drawn anew without what the camera wrote, the one before kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.platform.files.api import JPEG, MEGABYTE, PNG, FileKind, declare_kind, store_content
from khuevan.registry.people import audit_codes
from khuevan.registry.people.actions.common import day_of, lock_person, note
from khuevan.registry.people.errors import NotAPhoto, PhotoTooLarge, PhotoTooSmall
from khuevan.registry.people.models import Photo
from khuevan.registry.people.pictures import (
    LEAST,
    MOST_PIXELS,
    BrokenPictureError,
    LargePictureError,
    Picture,
    SmallPictureError,
    redrawn,
)

LARGEST = 4 * MEGABYTE
KIND = declare_kind(
    FileKind(
        "people.photo",
        _("Photo of the record"),
        types=(JPEG, PNG),
        max_bytes=LARGEST,
        keep=None,
    )
)
"""Private to whoever uploaded it: everybody else sees it through the record alone."""


@transaction.atomic
def set_photo(*, actor: Actor, uuid: UUID, upload: File[bytes], now: datetime) -> Photo:
    """Put a picture into a person's record; the school's duty, so no consent is needed for it.

    :raises NotAPhoto: when it is no JPEG or PNG that can be shown
    :raises PhotoTooLarge, PhotoTooSmall: when it weighs too much, has too many or too few pixels
    """
    person = lock_person(actor, uuid)
    picture = _read(upload)
    Photo.objects.unscoped(because="the person is reached and locked").filter(
        person=person, replaced_at__isnull=True
    ).update(replaced_at=now)
    file = store_content(
        actor=actor, content=picture.content, name=f"photo{picture.suffix}", kind=KIND.code, now=now
    )
    photo = Photo.objects.create(person=person, file=file, starts_on=day_of(now))
    told = {"width": picture.width, "height": picture.height}
    note(audit_codes.PHOTO_SET, actor=actor, person=person, now=now, details=told)
    return photo


@transaction.atomic
def end_photos(*, files: Collection[int], now: datetime) -> None:
    """Take destroyed pictures out of the records; a step of the action that destroys them."""
    Photo.objects.unscoped(because="the caller has reached and locked each file").filter(
        file_id__in=files, replaced_at__isnull=True
    ).update(replaced_at=now)


def _read(upload: File[bytes]) -> Picture:
    too_large = {"megabytes": LARGEST // MEGABYTE, "megapixels": MOST_PIXELS // 1_000_000}
    if (upload.size or 0) > LARGEST:
        raise PhotoTooLarge(**too_large)
    try:
        return redrawn(upload.read())
    except LargePictureError as error:
        raise PhotoTooLarge(**too_large) from error
    except SmallPictureError as error:
        raise PhotoTooSmall(least=LEAST) from error
    except BrokenPictureError as error:
        raise NotAPhoto from error
