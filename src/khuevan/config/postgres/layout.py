"""Where the embedded server's files lie in a data folder, and how the folders are made."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from khuevan.config.env import ConfigurationError, make_data_dir
from khuevan.config.postgres.owner import Owner, barred_folder
from khuevan.config.postgres.program import DatabaseUnavailable
from khuevan.config.words import gettext as _
from khuevan.config.words.system import reason

SOCKET_PORT = 5432
LONGEST_SOCKET_DIR = 85
"""A Unix socket's path holds 107 bytes; the server adds `/.s.PGSQL.5432.lock`."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one data folder's server."""

    data_dir: Path

    @property
    def home(self) -> Path:
        """Return the folder of everything the server has."""
        return self.data_dir / "postgres"

    @property
    def cluster(self) -> Path:
        """Return PostgreSQL's own data directory."""
        return self.home / "cluster"

    @property
    def log_file(self) -> Path:
        """Return the server's log."""
        return self.home / "log" / "server.log"

    @property
    def config_file(self) -> Path:
        """Return the server's settings, written at every start."""
        return self.home / "server.conf"

    @property
    def hba_file(self) -> Path:
        """Return who may connect, written at every start."""
        return self.home / "access.conf"

    @property
    def gate(self) -> Path:
        """Return the lock held while a server is being started, attached to or stopped."""
        return self.home / "gate.lock"

    @property
    def users(self) -> Path:
        """Return the lock every user of the server shares while it uses it."""
        return self.home / "users.lock"

    @property
    def socket_dir(self) -> Path:
        """Return the folder of the socket: here, or a short one where this path is too long."""
        here = self.home / "socket"
        if len(os.fsencode(here)) <= LONGEST_SOCKET_DIR:
            return here
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        return Path("/tmp") / f"khuevan-{digest}"  # noqa: S108  (checked to be ours before use)

    def password_file(self, role: str) -> Path:
        """Return the file with a role's password."""
        return self.home / f"{role}.password"


def prepare_home(layout: Layout) -> None:
    """Create the server's folder, so that its locks can be taken.

    :raises DatabaseUnavailable: when it can't be made or belongs to someone else
    """
    make_data_dir(layout.data_dir)
    try:
        layout.home.mkdir(mode=0o711, exist_ok=True)
    except OSError as error:
        raise not_writable(layout.data_dir, error) from error


def prepare_folders(layout: Layout, owner: Owner) -> None:
    """Create the folders the server writes to and check that its user can enter them.

    :raises DatabaseUnavailable: when the user can't
    """
    try:
        layout.home.chmod(0o711 if not owner.is_me else 0o700)
        barred = barred_folder(layout.home, owner)
        if barred is not None:
            raise DatabaseUnavailable(
                _(
                    "The database runs as the user %(user)r, who may not enter %(barred)s;"
                    " set KHUEVAN_DATA to a folder others may enter, such as one in /var/lib."
                )
                % {"user": owner.name, "barred": barred}
            )
        _own_folder(layout.log_file.parent, owner)
        _own_folder(layout.socket_dir, owner)
    except ConfigurationError:
        raise
    except OSError as error:
        raise not_writable(layout.data_dir, error) from error


def not_writable(data_dir: Path, error: OSError) -> DatabaseUnavailable:
    """Return the refusal for a data folder that can't be written."""
    return DatabaseUnavailable(
        _(
            "The data folder %(folder)s can't be written (%(reason)s); check its"
            " owner and the free space, or set KHUEVAN_DATA to your own folder."
        )
        % {"folder": data_dir, "reason": reason(error)}
    )


def password(layout: Layout, role: str) -> str:
    """Return a role's password, made on first use and readable by this user alone."""
    path = layout.password_file(role)
    try:
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text("ascii").strip()
    except OSError as error:
        raise not_writable(layout.data_dir, error) from error


def _own_folder(path: Path, owner: Owner) -> None:
    """Make a folder that only its owner may enter; refuse one that another user put there."""
    path.mkdir(mode=0o700, exist_ok=True)
    status = path.lstat()
    expected = {owner.uid, os.geteuid()}
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in expected:
        raise DatabaseUnavailable(
            _("%(path)s belongs to another user; remove it and start again.") % {"path": path}
        )
    if status.st_uid != owner.uid:
        os.chown(path, owner.uid, owner.gid, follow_symlinks=False)
    path.chmod(0o700)
