"""What the timetable app refuses, each with a sentence that says where and what next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class UnreadableFile(DomainError):
    """A file of a timetable is not there, too big, or no such file at all."""

    code = "timetable.unreadable_file"
    message = _("The file %(file)s cannot be read: %(reason)s.")
    status = 400


class FileRefused(DomainError):
    """One place of a file makes no sense."""

    code = "timetable.file_refused"
    message = _("%(file)s, %(place)s: %(reason)s.")
    status = 400


class NotWritable(DomainError):
    """A file can't be written there."""

    code = "timetable.not_writable"
    message = _("The file %(file)s cannot be written: %(reason)s.")
    status = 400
