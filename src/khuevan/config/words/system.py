"""Why the system refused a file, in words a person reads."""

from __future__ import annotations

import errno

from khuevan.config.words import gettext as _


def reason(error: OSError) -> str:
    """Return what the system says about a failure, translated where it is a usual one."""
    known = {
        errno.EACCES: _("Permission denied"),
        errno.EPERM: _("Operation not permitted"),
        errno.ENOSPC: _("No space left on device"),
        errno.EDQUOT: _("Disk quota exceeded"),
        errno.EROFS: _("Read-only file system"),
        errno.ENOENT: _("No such file or directory"),
        errno.ENOTDIR: _("Not a directory"),
        errno.EISDIR: _("Is a directory"),
        errno.EEXIST: _("File exists"),
    }
    return known.get(error.errno or 0, error.strerror or str(error))
