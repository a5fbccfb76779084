"""`make test-walls`: takes away each permission check and scoped query in turn; a test must fail.

Works on copies of the tree, so that the working tree is never touched, against one server whose
database is migrated once. The tests nearest to a mutant run first. A mutant that no test notices
is a hole in the tests and is listed, unless EXCUSED says why nothing can be noticed; the exit code
is 1 if there is one. Tests that notice a mutant are seen to pass without it, each once.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from khuevan.config.postgres import ensure_server

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path("src/khuevan")
OPEN = {"PUBLIC", "SIGNED_IN"}
COPIED = ("src", "tests", "tools", "conftest.py", "pyproject.toml", ".importlinter")
KERNEL_IMPORT = "from khuevan.kernel.actor import PUBLIC, SIGNED_IN\n"
ROUTE_KINDS = {"page", "endpoint", "command"}
NOTHING_RAN = 5
NEAREST = ("test_doors.py", "test_scoped_reads.py", "test_another_school.py")
"""Tests that ask selectors and actions alone, for mutants behind no single route."""

EXCUSED: dict[tuple[str, str, str], str] = {
    ("platform/access/actions/resets.py", "reach", "may_confirm"): (
        "the rule behind it asks at each place where the same permission reaches"
    ),
}
"""Mutants that change nothing anybody could see, by path below src/khuevan, kind and function."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One check taken away: where, what stood there, what stands there now."""

    path: Path
    line: int
    kind: str
    name: str
    start: int
    end: int
    text: str

    @property
    def excuse(self) -> str:
        """Return why nobody can notice it; empty when somebody must."""
        path = str(self.path.relative_to(SOURCE))
        return EXCUSED.get((path, self.kind, self.name), "")

    @property
    def app(self) -> Path:
        """Return the folder of the app it lies in."""
        parts = self.path.parts
        return Path(*parts[: 4 if parts[2] not in {"kernel", "ui", "config"} else 3])

    def suites(self, tree: Path, routes: dict[str, str]) -> Iterator[list[str]]:
        """Yield the tests to try in turn: the nearest ones, then those of whoever calls it."""
        matrix, own = "tests/walls", str(self.app / "tests")
        if self.kind in ROUTE_KINDS:
            words = routes.get(f"{self.path}:{self.name}", self.name).split()
            yield [matrix, "-k", " and ".join(words)]
        else:
            yield [f"{matrix}/{name}" for name in NEAREST]
        yield [own]
        if self.kind not in ROUTE_KINDS:
            yield [matrix, f"--ignore={matrix}/test_scope_sweep.py"]
            yield from ([tests] for tests in self._callers(tree) if tests != own)

    def _callers(self, tree: Path) -> list[str]:
        """Return the tests of the apps that speak of the function."""
        apps = {path.parent for path in (tree / SOURCE).rglob("apps.py")}
        return sorted(
            str((app / "tests").relative_to(tree))
            for app in apps
            if any(self.name in path.read_text("utf-8") for path in app.rglob("*.py"))
        )


def find_mutants(root: Path) -> list[Mutant]:
    """Return every permission check and scoped query of the program."""
    found: list[Mutant] = []
    for path in sorted((root / SOURCE).rglob("*.py")):
        relative = path.relative_to(root)
        if {"tests", "migrations"} & set(relative.parts) or "kernel" in relative.parts:
            continue
        text = path.read_text("utf-8")
        found += _in_file(relative, text, ast.parse(text))
    return found


def _in_file(path: Path, text: str, tree: ast.Module) -> Iterator[Mutant]:
    offsets = _offsets(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                yield from _route(path, node.name, decorator, offsets)
            yield from _queries(path, node, offsets)


def _route(path: Path, name: str, node: ast.expr, offsets: list[int]) -> Iterator[Mutant]:
    """Open a page, an endpoint or a command to those who lack its permission."""
    if not isinstance(node, ast.Call):
        return
    called = ast.unparse(node.func)
    if called == "page" and node.args:
        yield from _opened(path, name, "page", node.args[0], offsets)
    elif called == "command" and len(node.args) > 1:
        yield from _opened(path, name, "command", node.args[1], offsets)
    elif called.startswith("router."):
        for keyword in node.keywords:
            if keyword.arg == "permission":
                yield from _opened(path, name, "endpoint", keyword.value, offsets)


def _opened(
    path: Path, name: str, kind: str, node: ast.expr, offsets: list[int]
) -> Iterator[Mutant]:
    held = ast.unparse(node)
    if held == "PUBLIC":
        return
    weaker = "PUBLIC" if held == "SIGNED_IN" else "SIGNED_IN"
    start, end = _span(node, offsets)
    yield Mutant(path, node.lineno, kind, name, start, end, weaker)


def _queries(path: Path, function: ast.FunctionDef, offsets: list[int]) -> Iterator[Mutant]:
    """Read everybody's rows where the actor's were read; drop a check of reach."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "visible_to":
                start = _span(node.func.value, offsets)[1]
                end = _span(node, offsets)[1]
                text = '.unscoped(because="a mutant")'
                yield Mutant(path, node.lineno, "query", function.name, start, end, text)
        elif isinstance(node, ast.If) and _is_check(node):
            start, end = _span(node.test, offsets)
            yield Mutant(path, node.lineno, "reach", function.name, start, end, "False")


def _is_check(node: ast.If) -> bool:
    """Return whether a condition turns away those whose reach or permission is too small."""
    test = ast.unparse(node.test)
    asks = "actor.reach(" in test or " not in reach" in test or "not actor.may(" in test
    return asks and isinstance(node.body[-1], ast.Raise | ast.Return | ast.Continue)


def _offsets(text: str) -> list[int]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line.encode()))
    return starts


def _span(node: ast.expr, offsets: list[int]) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return (
        offsets[node.lineno - 1] + node.col_offset,
        offsets[node.end_lineno - 1] + node.end_col_offset,
    )


def mutate(tree: Path, mutant: Mutant) -> bytes:
    """Write a mutant into a copy of the tree and return what stood there."""
    path = tree / mutant.path
    before = path.read_bytes()
    after = before[: mutant.start] + mutant.text.encode() + before[mutant.end :]
    if mutant.text in OPEN:
        head, mark, rest = after.partition(b"from __future__ import annotations\n")
        after = (
            head + mark + KERNEL_IMPORT.encode() + rest if mark else KERNEL_IMPORT.encode() + after
        )
    path.write_bytes(after)
    return before


def is_noticed(tree: Path, mutant: Mutant, bench: Bench) -> bool:
    """Return whether a test fails with the mutant in place."""
    suites = mutant.suites(tree, bench.routes)
    before = mutate(tree, mutant)
    try:
        failing = next((one for one in suites if not _passes(tree, one, bench)), None)
    finally:
        (tree / mutant.path).write_bytes(before)
    if failing:
        _require_green(tree, failing, bench)
    return failing is not None


def _require_green(tree: Path, suite: list[str], bench: Bench) -> None:
    """Stop unless the tests pass without a mutant: tests that fail anyway notice nothing."""
    whole = suite[:1] if "-k" in suite else suite
    if tuple(whole) not in bench.green:
        if not _passes(tree, whole, bench):
            sys.exit(f"These tests fail without a mutant too: {' '.join(whole)}")
        bench.green.add(tuple(whole))


def _passes(tree: Path, suite: list[str], bench: Bench) -> bool:
    if not (tree / suite[0]).exists():
        return True
    python = ROOT / ".venv" / "bin" / "python"
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"]
    done = subprocess.run(
        [str(python), "-m", "pytest", *options, "--no-header", "--tb=no", *suite],
        cwd=tree,
        env=bench.environment(tree),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=1800,
    )
    return done.returncode in {0, NOTHING_RAN}


@dataclass(frozen=True, slots=True)
class Bench:
    """What all runs share: a server, a folder of one test run, and where each route's view lies."""

    url: str
    folder: Path
    routes: dict[str, str] = field(default_factory=dict)
    green: set[tuple[str, ...]] = field(default_factory=set)
    """The tests seen to pass without a mutant."""

    def environment(self, tree: Path) -> dict[str, str]:
        """Return the variables of one run: it counts as one more process of the same test run.

        So the migrated database is made by the first run and found by all others.
        """
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "KHUEVAN_TEST_DATABASE_URL": self.url,
            "KHUEVAN_TEST_RUN": str(self.folder),
            "PYTEST_XDIST_WORKER": f"walls{tree.name}",
            "PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}",
            "PYTHONDONTWRITEBYTECODE": "",
        }


ROUTES_SCRIPT = """
import json
import django
django.setup()
from tests.walls.enumerate import views
print(json.dumps(views()))
"""


def routes_of(tree: Path, bench: Bench) -> dict[str, str]:
    """Return for each view, by file and function, the name the matrix has for its route."""
    python = ROOT / ".venv" / "bin" / "python"
    settings = {"DJANGO_SETTINGS_MODULE": "khuevan.config.settings_test", "KHUEVAN_MODE": "test"}
    done = subprocess.run(
        [str(python), "-c", ROUTES_SCRIPT],
        cwd=tree,
        env={**bench.environment(tree), **settings, "KHUEVAN_DATA": str(bench.folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def copy_tree(target: Path) -> Path:
    """Copy what the tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target / name)
    return target


def run(mutants: list[Mutant], bench: Bench, *, jobs: int) -> list[Mutant]:
    """Try every mutant and return those that no test noticed."""
    survivors: list[Mutant] = []
    trees: SimpleQueue[Path] = SimpleQueue()
    for number in range(jobs):
        trees.put(copy_tree(bench.folder / str(number)))
    first = trees.get()
    bench.routes.update(routes_of(first, bench))
    trees.put(first)

    def attempt(mutant: Mutant) -> None:
        tree, began = trees.get(), time.monotonic()
        try:
            noticed = is_noticed(tree, mutant, bench)
        finally:
            trees.put(tree)
        seconds = time.monotonic() - began
        word = "noticed " if noticed else "excused " if mutant.excuse else "SURVIVED"
        where = f"{mutant.path}:{mutant.line} {mutant.name}"
        print(f"{word} {mutant.kind:8} {where} ({seconds:.0f} s)", flush=True)
        if not noticed:
            survivors.append(mutant)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(attempt, mutants))
    return survivors


def main() -> int:
    """Run the mutants asked for and tell what survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="parts of paths, for some mutants only")
    parser.add_argument("--kind", default="", help="page, endpoint, command, query or reach")
    parser.add_argument("--every", type=int, default=1, help="take each Nth mutant")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    given = parser.parse_args()
    mutants = [
        mutant
        for mutant in find_mutants(ROOT)
        if any(part in str(mutant.path) for part in given.only.split(","))
        and given.kind in {"", mutant.kind}
    ][:: given.every]
    mutants.sort(key=lambda one: bool(one.excuse))  # these run every test there is: last
    if given.list:
        for mutant in mutants:
            print(f"{mutant.kind:8} {mutant.path}:{mutant.line} {mutant.name} -> {mutant.text}")
        return 0
    began = time.monotonic()
    with _bench() as bench:
        survivors = run(mutants, bench, jobs=given.jobs)
    return _summary(mutants, survivors, minutes=(time.monotonic() - began) / 60)


def _summary(mutants: list[Mutant], survivors: list[Mutant], *, minutes: float) -> int:
    holes = [mutant for mutant in survivors if not mutant.excuse]
    print()
    for kind in sorted({mutant.kind for mutant in mutants}):
        of_kind = [mutant for mutant in mutants if mutant.kind == kind]
        missed = [mutant for mutant in survivors if mutant.kind == kind]
        print(f"{kind:8} {len(of_kind):4} checks, {len(of_kind) - len(missed):4} noticed")
    for mutant in survivors:
        if mutant.excuse:
            print(f"excused  {mutant.path}:{mutant.line} {mutant.name}: {mutant.excuse}")
    for mutant in holes:
        print(f"SURVIVED {mutant.path}:{mutant.line} {mutant.name}")
    print(f"{len(mutants)} mutants, {len(holes)} holes in the tests, {minutes:.1f} min")
    return 1 if holes else 0


@contextmanager
def _bench() -> Iterator[Bench]:
    """Run one throwaway server, so that the migrated database is made once."""
    with tempfile.TemporaryDirectory(prefix="khuevan-walls-") as folder:
        path = Path(folder)
        path.chmod(0o711)
        with ensure_server(path, fast=True) as handle:
            yield Bench(handle.url, path)


if __name__ == "__main__":
    sys.exit(main())
