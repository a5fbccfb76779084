"""What can be wrong with a file somebody gives us."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class FileTooLarge(DomainError):
    """The content is over the kind's limit."""

    code = "files.too_large"
    message = _(
        "%(name)s is over %(limit)s MB, the limit here. Please split it into smaller files."
    )
    status = 413


class FileEmpty(DomainError):
    """There is no content."""

    code = "files.empty"
    message = _("%(name)s is empty. Please choose another file.")
    status = 422


class WrongFileType(DomainError):
    """The content is not of an accepted type, whatever the name says."""

    code = "files.wrong_type"
    message = _("The content of %(name)s is not one of: %(accepted)s.")
    status = 422


class StorageFull(DomainError):
    """The storage has no room; nothing of the file was kept."""

    code = "files.storage_full"
    message = _(
        "The server has no room for this file, so nothing was saved. "
        "Please tell the system administrator."
    )
    status = 507


class FileGone(DomainError):
    """The row is there, the content is not: expired, or lost from the storage."""

    code = "files.gone"
    message = _("This file is no longer kept. Please make it again.")
    status = 410


class FileDestroyed(DomainError):
    """The content was destroyed by a decision when its time was over."""

    code = "files.destroyed"
    message = _(
        "This file was destroyed on %(on)s, when its time was over. "
        "The decision stands under Retention of records."
    )
    status = 410
