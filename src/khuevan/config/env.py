"""The environment variables Khuê Văn reads, checked once and held in one typed object.

Nothing else in the program reads `os.environ` for its configuration. A bad value stops the start
with a sentence; this module runs before Django is set up, so those come from `config.words`.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from khuevan.config.browser import find_chromium
from khuevan.config.words import CHOICE, LANGUAGES
from khuevan.config.words import gettext as _
from khuevan.config.words.system import reason

MARKER = ".khuevan"
KEY_FILE = "secret_key"
SHORTEST_SECRET = 32
SYSTEM_DATA = Path("/var/lib/khuevan")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
EVERY_OR_LOOPBACK = ("127.0.0.1", "::1", "0.0.0.0", "::")  # noqa: S104 (compared, not bound)
TEST_SETTINGS = "khuevan.config.settings_test"
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


class ConfigurationError(Exception):
    """The program can't start as it is set up; the text is one sentence saying what to change."""


class Mode(StrEnum):
    """What this installation is for; production is the default and the strictest."""

    PRODUCTION = "production"
    DEMO = "demo"
    DEVELOPMENT = "development"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything that the surroundings decide, read once."""

    mode: Mode
    project_dir: Path | None
    data_dir: Path
    database_url: str | None
    secret_key: str
    bind: str
    port: int
    hosts: tuple[str, ...]
    https: bool
    debug: bool
    today: date | None
    web_workers: int
    web_threads: int
    job_workers: int
    list_workers: int
    """How many processes load the files of one `khuevan import`."""
    chromium: Path | None
    log_level: str
    metrics_token: str
    proxies: int

    @property
    def is_demo(self) -> bool:
        """Tell whether the demo sign-in page and its fixed cast are offered."""
        return self.mode in {Mode.DEMO, Mode.DEVELOPMENT}

    @property
    def files_dir(self) -> Path:
        """Return the folder of uploaded and generated files."""
        return self.data_dir / "files"

    @property
    def uploads_dir(self) -> Path:
        """Return the folder of uploads on their way in: what a killed server leaves is swept."""
        return self.data_dir / "uploads"

    @property
    def address(self) -> str:
        """Return the address to type into a browser on this machine."""
        return f"http://{'localhost' if self.bind in EVERY_OR_LOOPBACK else self.bind}:{self.port}/"


@cache
def environment() -> Environment:
    """Return the process's environment, read and checked on the first call.

    :raises ConfigurationError: when a value makes no sense or a needed one is missing
    """
    return read_environment(os.environ)


def read_environment(values: Mapping[str, str]) -> Environment:
    """Return a checked environment from a mapping of variables.

    :raises ConfigurationError: when a value makes no sense or a needed one is missing
    """
    _require_known_language(values)
    project_dir = find_project_dir()
    data_dir = _data_dir(values, project_dir)
    mode = _mode(values, data_dir)
    return Environment(
        mode=mode,
        project_dir=project_dir,
        data_dir=data_dir,
        database_url=_database_url(values),
        secret_key=_secret_key(values, mode, data_dir),
        bind=values.get("KHUEVAN_BIND", "").strip() or "127.0.0.1",
        port=_integer(values, "KHUEVAN_PORT", default=8000, least=1, most=65535),
        hosts=_hosts(values, mode),
        https=_flag(values, "KHUEVAN_HTTPS", default=mode is Mode.PRODUCTION),
        debug=_debug(values, mode),
        today=_day(values, "KHUEVAN_TODAY"),
        web_workers=_integer(values, "KHUEVAN_WEB_WORKERS", default=_cores(), least=1, most=64),
        web_threads=_integer(values, "KHUEVAN_WEB_THREADS", default=4, least=1, most=256),
        job_workers=_integer(values, "KHUEVAN_JOB_WORKERS", default=2, least=1, most=64),
        list_workers=_integer(values, "KHUEVAN_LIST_WORKERS", default=_cores(), least=1, most=64),
        chromium=_chromium(values),
        log_level=_log_level(values),
        metrics_token=values.get("KHUEVAN_METRICS_TOKEN", "").strip(),
        proxies=_integer(values, "KHUEVAN_PROXIES", default=0, least=0, most=9),
    )


def find_project_dir() -> Path | None:
    """Return the clone this code runs from, or None when it was installed elsewhere."""
    candidate = Path(__file__).resolve().parents[3]
    return candidate if (candidate / "pyproject.toml").is_file() else None


def default_data_dir(project_dir: Path | None, *, as_root: bool, home: Path) -> Path:
    """Return the data folder used when KHUEVAN_DATA is unset.

    Root gets a system folder, since the database then runs as another user who must be able to
    enter it; the project's path is part of its name, so two clones never share one unknowingly.
    """
    if as_root:
        root = project_dir or Path("/")
        digest = hashlib.sha256(str(root).encode()).hexdigest()[:8]
        return SYSTEM_DATA / f"{root.name or 'main'}-{digest}"
    if project_dir is not None:
        return project_dir / "var"
    return home / ".local" / "share" / "khuevan"


def make_data_dir(data_dir: Path) -> None:
    """Create the data folder when it is missing: closed to others, but enterable for root's.

    :raises ConfigurationError: when it can't be made
    """
    missing = [folder for folder in (data_dir, *data_dir.parents) if not folder.exists()]
    try:
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
            if os.geteuid() == 0:
                folder.chmod(0o711)
            elif folder == data_dir:
                folder.chmod(0o700)
    except OSError as error:
        raise ConfigurationError(
            _(
                "The data folder %(folder)s can't be made (%(reason)s); set KHUEVAN_DATA"
                " to a folder you may write to."
            )
            % {"folder": data_dir, "reason": reason(error)}
        ) from error


def remembered_mode(data_dir: Path) -> Mode | None:
    """Return the mode written in a data folder's marker, if it has one."""
    try:
        return Mode(json.loads((data_dir / MARKER).read_text("utf-8"))["mode"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember_mode(data_dir: Path, mode: Mode) -> None:
    """Mark a data folder as Khuê Văn's and write down what it is for."""
    make_data_dir(data_dir)
    _write_whole(data_dir / MARKER, json.dumps({"khuevan": 1, "mode": mode.value}) + "\n", 0o644)


def _require_known_language(values: Mapping[str, str]) -> None:
    given = values.get(CHOICE, "").strip().lower()
    if given not in {"", *LANGUAGES}:
        raise ConfigurationError(
            _("%(name)s is %(given)r; it must be vi or en.") % {"name": CHOICE, "given": given}
        )


def _data_dir(values: Mapping[str, str], project_dir: Path | None) -> Path:
    given = values.get("KHUEVAN_DATA", "").strip()
    if given:
        return Path(given).expanduser().resolve()
    return default_data_dir(project_dir, as_root=os.geteuid() == 0, home=Path.home())


def _mode(values: Mapping[str, str], data_dir: Path) -> Mode:
    given = values.get("KHUEVAN_MODE", "").strip().lower()
    if not given and values.get("DJANGO_SETTINGS_MODULE") == TEST_SETTINGS:
        return Mode.TEST
    if not given:
        return remembered_mode(data_dir) or Mode.PRODUCTION
    try:
        return Mode(given)
    except ValueError as error:
        choices = ", ".join(mode.value for mode in Mode)
        raise ConfigurationError(
            _("KHUEVAN_MODE is %(given)r; it must be one of %(choices)s.")
            % {"given": given, "choices": choices}
        ) from error


def _database_url(values: Mapping[str, str]) -> str | None:
    given = values.get("DATABASE_URL", "").strip()
    if not given:
        return None
    if urlsplit(given).scheme not in {"postgresql", "postgres"}:
        raise ConfigurationError(
            _(
                "DATABASE_URL must begin with postgresql:// because Khuê Văn runs on"
                " PostgreSQL only."
            )
        )
    return given


def _secret_key(values: Mapping[str, str], mode: Mode, data_dir: Path) -> str:
    given = values.get("KHUEVAN_SECRET_KEY", "").strip()
    if given and len(given) < SHORTEST_SECRET:
        raise ConfigurationError(
            _("KHUEVAN_SECRET_KEY is too short: it needs at least %(least)s random characters.")
            % {"least": SHORTEST_SECRET}
        )
    if given:
        return given
    if mode is Mode.PRODUCTION:
        raise ConfigurationError(
            _(
                "KHUEVAN_SECRET_KEY is not set: give at least %(least)s random"
                " characters, or set KHUEVAN_MODE=demo to try the program."
            )
            % {"least": SHORTEST_SECRET}
        )
    if mode is Mode.TEST:
        return "only-for-tests-" + "0" * SHORTEST_SECRET
    return _kept_secret(data_dir)


def _kept_secret(data_dir: Path) -> str:
    """Return the secret kept in the data folder, making it once even when two commands race."""
    path = data_dir / KEY_FILE
    make_data_dir(data_dir)
    try:
        if not path.exists():
            draft = data_dir / f".{KEY_FILE}.{os.getpid()}"
            _write_whole(draft, secrets.token_urlsafe(48), 0o600)
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        kept = path.read_text("utf-8").strip()
    except OSError as error:
        raise ConfigurationError(
            _(
                "The secret in %(path)s can't be read or written (%(reason)s); check who"
                " owns the data folder, or set KHUEVAN_DATA to your own."
            )
            % {"path": path, "reason": reason(error)}
        ) from error
    if len(kept) < SHORTEST_SECRET:
        raise ConfigurationError(
            _("The secret in %(path)s is damaged; delete it to get a new one.") % {"path": path}
        )
    return kept


def _write_whole(path: Path, text: str, mode: int) -> None:
    """Write a small file so that a reader finds the old text or the new one, never a part."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), mode)
        file.write(text)
    draft.replace(path)


def _hosts(values: Mapping[str, str], mode: Mode) -> tuple[str, ...]:
    given = tuple(
        host.strip() for host in values.get("KHUEVAN_HOSTS", "").split(",") if host.strip()
    )
    if given:
        if "*" in given and mode is Mode.PRODUCTION:
            raise ConfigurationError(_("KHUEVAN_HOSTS must name the hosts in production, not '*'."))
        return given
    if mode is Mode.PRODUCTION:
        raise ConfigurationError(
            _(
                "KHUEVAN_HOSTS is not set: give the names this server answers to,"
                " separated by commas."
            )
        )
    return (*LOCAL_HOSTS, "testserver") if mode is Mode.TEST else LOCAL_HOSTS


def _debug(values: Mapping[str, str], mode: Mode) -> bool:
    debug = _flag(values, "KHUEVAN_DEBUG", default=mode is Mode.DEVELOPMENT)
    if debug and mode is Mode.PRODUCTION:
        raise ConfigurationError(
            _("KHUEVAN_DEBUG can't be on in production: it shows people's data.")
        )
    return debug


def _flag(values: Mapping[str, str], name: str, *, default: bool) -> bool:
    given = values.get(name)
    if given is None:
        return default
    word = given.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ConfigurationError(
        _("%(name)s is %(given)r; it must be 1 or 0.") % {"name": name, "given": given}
    )


def _cores() -> int:
    """Return how many processes share work unless told otherwise: one a core, at most 4."""
    return min(len(os.sched_getaffinity(0)), 4)


def _integer(values: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    given = values.get(name, "").strip()
    if not given:
        return default
    if not given.isdecimal() or not least <= int(given) <= most:
        raise ConfigurationError(
            _("%(name)s is %(given)r; it must be a whole number from %(least)s to %(most)s.")
            % {"name": name, "given": given, "least": least, "most": most}
        )
    return int(given)


def _day(values: Mapping[str, str], name: str) -> date | None:
    given = values.get(name, "").strip()
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise ConfigurationError(
            _("%(name)s is %(given)r; it must be a day such as 2026-11-20.")
            % {"name": name, "given": given}
        ) from error


def _chromium(values: Mapping[str, str]) -> Path | None:
    given = values.get("KHUEVAN_CHROMIUM", "").strip()
    if given:
        path = Path(given).expanduser()
        if not os.access(path, os.X_OK) or path.is_dir():
            raise ConfigurationError(
                _("KHUEVAN_CHROMIUM is %(given)r, which is not a program that can be run.")
                % {"given": given}
            )
        return path
    return find_chromium()


def _log_level(values: Mapping[str, str]) -> str:
    given = values.get("KHUEVAN_LOG_LEVEL", "").strip().upper() or "INFO"
    if given not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ConfigurationError(
            _("KHUEVAN_LOG_LEVEL is %(given)r; it must be DEBUG, INFO, WARNING or ERROR.")
            % {"given": given}
        )
    return given
