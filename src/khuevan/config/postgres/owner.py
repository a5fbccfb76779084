"""Which operating-system user the embedded server runs as: never root, and always the same one."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SYSTEM_USER = "khuevan"
SUBSTITUTES = ("postgres", "nobody")
USER_EXISTS = 9


@dataclass(frozen=True, slots=True)
class Owner:
    """The user who owns the database files and runs the server."""

    name: str
    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        """Tell whether this process already runs as that user."""
        return self.uid == os.geteuid()

    def process_options(self) -> dict[str, Any]:
        """Return the `subprocess` options that make a child run as this user and no more."""
        options: dict[str, Any] = {"cwd": "/"}
        if not self.is_me:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options


def choose_owner(existing: Path) -> Owner:
    """Return an existing cluster's owner, else this user, else for root an unprivileged one."""
    if existing.exists():
        return owner_of(existing.stat().st_uid)
    if os.geteuid() != 0:
        return owner_of(os.geteuid())
    return _system_owner()


def owner_of(uid: int) -> Owner:
    """Return the owner for a user id, also for one that has no name."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Owner(str(uid), uid, os.getegid() if uid == os.geteuid() else uid)
    return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid)


def barred_folder(path: Path, owner: Owner) -> Path | None:
    """Return the first folder on the way to a path that the owner may not enter, if any."""
    for folder in reversed([path, *path.parents]):
        status = folder.stat()
        if not _may_enter(status, owner):
            return folder
    return None


def _may_enter(status: os.stat_result, owner: Owner) -> bool:
    if owner.uid in {0, status.st_uid}:
        return owner.uid == 0 or bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == owner.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _system_owner() -> Owner:
    found = _named(SYSTEM_USER) or _created() or next(filter(None, map(_named, SUBSTITUTES)), None)
    return found or Owner("65534", 65534, 65534)


def _named(name: str) -> Owner | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _created() -> Owner | None:
    """Add the system user; None where that is impossible (no useradd, a read-only system)."""
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        return None
    shell = next(
        (s for s in ("/usr/sbin/nologin", "/sbin/nologin") if Path(s).exists()), "/bin/false"
    )
    options = ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", shell]
    done = subprocess.run(  # noqa: S603  (a fixed command line)
        [program, *options, SYSTEM_USER], capture_output=True, check=False, timeout=60
    )
    return _named(SYSTEM_USER) if done.returncode in {0, USER_EXISTS} else None
