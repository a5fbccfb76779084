"""`khuevan doctor`: looks at what the program stands on and says what to do about the rest."""

from __future__ import annotations

import argparse
import http.client
import importlib.metadata
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import psycopg

from khuevan.cli.migrate import pending_migrations
from khuevan.cli.start import database, say
from khuevan.config.env import ConfigurationError, Environment, environment
from khuevan.config.postgres import DatabaseUnavailable, ServerHandle
from khuevan.config.words import gettext as _
from khuevan.config.words.system import reason
from khuevan.kernel.exit_codes import DONE, REFUSED

LEAST_PYTHON = (3, 11)
LEAST_POSTGRES = 15
LEAST_SPACE = 2 * 2**30
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
HEARTBEAT_SECONDS = 60
PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    name: str
    state: Literal["ok", "warn", "fail"]
    text: str
    advice: str = ""


def about() -> str:
    """Say what the command is for, in one line."""
    return _("check what the program stands on and say what to do")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help=_("answer in JSON, for programs"))


def run(arguments: argparse.Namespace) -> int:
    """Check everything, print the report, and refuse when something fails."""
    findings = list(examine())
    if arguments.json:
        say(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        marks, names = _marks(), _names()
        for finding in findings:
            say(f"{marks[finding.state]:^6} {names[finding.name]:<16} {finding.text}")
            if finding.advice:
                say(f"{'':<24}{finding.advice}")
    return REFUSED if any(finding.state == "fail" for finding in findings) else DONE


def _marks() -> dict[str, str]:
    return {"ok": _("ok"), "warn": _("warn"), "fail": _("FAIL")}


def _names() -> dict[str, str]:
    """Return what a person reads for the names of findings; programs read the names."""
    return {
        "python": _("python"),
        "packages": _("packages"),
        "messages": _("messages"),
        "fonts": _("fonts"),
        "configuration": _("configuration"),
        "chromium": _("chromium"),
        "data folder": _("data folder"),
        "disk": _("disk"),
        "web": _("web"),
        "database": _("database"),
        "database user": _("database user"),
        "extensions": _("extensions"),
        "migrations": _("migrations"),
        "worker": _("worker"),
    }


def examine() -> Iterator[Finding]:
    """Give every finding, from the ground up; what needs a failed one is left out."""
    yield _python()
    yield from _packages()
    yield _catalogues()
    yield _fonts()
    try:
        env = environment()
    except ConfigurationError as error:
        yield Finding("configuration", "fail", str(error))
        return
    yield Finding(
        "configuration",
        "ok",
        _("%(mode)s, data in %(folder)s") % {"mode": env.mode.value, "folder": env.data_dir},
    )
    yield _chromium(env)
    yield _write_access(env)
    yield _space(env)
    yield _web(env)
    try:
        with database(env) as handle, psycopg.connect(handle.url) as connection:
            yield from _database(handle, connection)
    except DatabaseUnavailable as error:
        yield Finding("database", "fail", str(error))


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < LEAST_PYTHON:
        return Finding("python", "fail", version, _("Install Python 3.11 or later."))
    return Finding("python", "ok", version)


def _packages() -> Iterator[Finding]:
    """Compare what is installed with the lock file of a clone."""
    lock_file = PACKAGE.parents[1] / "uv.lock"
    if not lock_file.is_file():
        return
    locked = {
        package["name"]: package["version"]
        for package in tomllib.loads(lock_file.read_text("utf-8"))["package"]
        if "version" in package
    }
    installed = {
        (dist.metadata["Name"] or "").lower().replace("_", "-"): dist.version
        for dist in importlib.metadata.distributions()
    }
    wrong = [
        _("%(name)s %(has)s instead of %(wants)s")
        % {"name": name, "has": installed[name], "wants": version}
        for name, version in sorted(locked.items())
        if name in installed and installed[name] != version and name != "khuevan"
    ]
    if wrong:
        yield Finding("packages", "fail", "; ".join(wrong[:5]), _("Run `make setup`."))
    else:
        yield Finding(
            "packages",
            "ok",
            _("%(count)s installed, as the lock file says") % {"count": len(installed)},
        )


def _catalogues() -> Finding:
    sources = list(PACKAGE.rglob("locale/*/LC_MESSAGES/*.po"))
    stale = [path for path in sources if not _is_compiled(path)]
    if stale:
        text = _("%(stale)s of %(count)s are not compiled") % {
            "stale": len(stale),
            "count": len(sources),
        }
        return Finding("messages", "fail", text, _("Run `make setup`."))
    return Finding("messages", "ok", _("%(count)s catalogues compiled") % {"count": len(sources)})


def _is_compiled(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def _fonts() -> Finding:
    own = list(PACKAGE.rglob("*.ttf"))
    if not own:
        return Finding("fonts", "fail", _("the fonts for papers are missing"), _("Clone again."))
    lister = shutil.which("fc-list")
    listing = [lister, ":lang=vi"] if lister else ["true"]
    listed = subprocess.run(listing, capture_output=True, check=False)
    if not listed.stdout.strip():
        return Finding(
            "fonts",
            "warn",
            _("%(count)s for papers; no system font for Vietnamese") % {"count": len(own)},
            _("Browser pictures want one: apt install fonts-noto-core fontconfig."),
        )
    return Finding(
        "fonts",
        "ok",
        _("%(count)s for papers, and system fonts for Vietnamese") % {"count": len(own)},
    )


def _chromium(env: Environment) -> Finding:
    if env.chromium is None:
        return Finding(
            "chromium",
            "warn",
            _("not found; browser tests are skipped"),
            _("On Debian: apt install chromium. Elsewhere set KHUEVAN_CHROMIUM to a browser."),
        )
    return Finding("chromium", "ok", str(env.chromium))


def _write_access(env: Environment) -> Finding:
    try:
        env.data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=env.data_dir):
            pass
    except OSError as error:
        text = f"{env.data_dir}: {reason(error)}"
        return Finding("data folder", "fail", text, _("Set KHUEVAN_DATA to a folder of your own."))
    return Finding("data folder", "ok", _("%(folder)s can be written") % {"folder": env.data_dir})


def _space(env: Environment) -> Finding:
    folder = next(path for path in (env.data_dir, *env.data_dir.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    text = _("%(free)s GB free") % {"free": f"{free / 2**30:.1f}"}
    if free < LEAST_SPACE:
        return Finding("disk", "warn", text, _("Free some space: a province wants at least 2 GB."))
    return Finding("disk", "ok", text)


def _web(env: Environment) -> Finding:
    connection = http.client.HTTPConnection("127.0.0.1", env.port, timeout=3)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return Finding(
            "web",
            "warn",
            _("nothing answers on port %(port)s") % {"port": env.port},
            _("Run `khuevan demo`."),
        )
    finally:
        connection.close()
    if status != http.HTTPStatus.OK:
        text = _("port %(port)s answers %(status)s to /healthz") % {
            "port": env.port,
            "status": status,
        }
        return Finding("web", "warn", text, _("Another program may be using the port."))
    return Finding("web", "ok", _("answers at %(address)s") % {"address": env.address})


Look = Callable[[psycopg.Connection[Any]], Finding]


def _database(handle: ServerHandle, connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    version = connection.info.server_version // 10_000
    whose = _("embedded") if handle.is_embedded else _("of DATABASE_URL")
    if version < LEAST_POSTGRES:
        text = _("PostgreSQL %(version)s, %(whose)s") % {"version": version, "whose": whose}
        yield Finding(
            "database",
            "fail",
            text,
            _("Use PostgreSQL %(least)s or later.") % {"least": LEAST_POSTGRES},
        )
        return
    yield Finding(
        "database",
        "ok",
        _("PostgreSQL %(version)s, %(whose)s") % {"version": version, "whose": whose},
    )
    looks: tuple[Look, ...] = (_rights, _extensions, _migrations, _worker)
    for look in looks:
        yield look(connection)


def _rights(connection: psycopg.Connection[Any]) -> Finding:
    row = connection.execute(
        "SELECT rolsuper, current_user FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if row and row[0]:
        return Finding(
            "database user",
            "warn",
            _("%(user)s is a superuser, whom append-only tables do not stop") % {"user": row[1]},
            _("Use a role without that right."),
        )
    return Finding(
        "database user", "ok", _("%(user)s is no superuser") % {"user": row[1] if row else "?"}
    )


def _extensions(connection: psycopg.Connection[Any]) -> Finding:
    query = "SELECT name FROM pg_available_extensions WHERE name = ANY(%s)"
    known = {row[0] for row in connection.execute(query, (list(EXTENSIONS),))}
    missing = [name for name in EXTENSIONS if name not in known]
    if missing:
        advice = _("Install the server's contrib package.")
        return Finding(
            "extensions",
            "fail",
            _("%(names)s not available") % {"names": ", ".join(missing)},
            advice,
        )
    return Finding("extensions", "ok", ", ".join(EXTENSIONS))


def _migrations(connection: psycopg.Connection[Any]) -> Finding:
    names = pending_migrations()
    if names:
        text = _("%(count)s not applied, first %(first)s") % {
            "count": len(names),
            "first": names[0],
        }
        return Finding("migrations", "fail", text, _("Run `khuevan migrate`."))
    return Finding("migrations", "ok", _("all applied"))


def _worker(connection: psycopg.Connection[Any]) -> Finding:
    advice = _("Run `khuevan worker`, or `khuevan demo`, which starts one.")
    query = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s"
    try:
        row = connection.execute(query, (timedelta(seconds=HEARTBEAT_SECONDS),)).fetchone()
    except psycopg.errors.UndefinedTable:
        return Finding(
            "worker", "warn", _("the job queue is not set up"), _("Run `khuevan migrate`.")
        )
    if not row or row[0] == 0:
        return Finding("worker", "warn", _("no worker reported within the last minute"), advice)
    return Finding("worker", "ok", _("%(count)s at work") % {"count": row[0]})
