"""`make test-walls`: takes away each permission check and scoped query in turn; a test must fail.

Works on a copy of the tree, so that the working tree is never touched. A mutant that no test
notices is a hole in the tests and is listed; the exit code is 1 if there is one.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from khuevan.config.postgres import ensure_server

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path("src/khuevan")
OPEN = {"PUBLIC", "SIGNED_IN"}
COPIED = ("src", "tests", "tools", "conftest.py", "pyproject.toml", ".importlinter")
KERNEL_IMPORT = "from khuevan.kernel.actor import PUBLIC, SIGNED_IN\n"


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
    def app_tests(self) -> Path:
        """Return the tests of the app it lies in."""
        parts = self.path.parts
        depth = 4 if parts[2] not in {"kernel", "ui", "cli", "config"} else 3
        return Path(*parts[:depth]) / "tests"


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
    elif called.startswith("router.") or called == "command":
        for keyword in node.keywords:
            if keyword.arg == "permission":
                kind = "endpoint" if called.startswith("router.") else "command"
                yield from _opened(path, name, kind, keyword.value, offsets)


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
        elif isinstance(node, ast.If) and "actor.reach(" in ast.unparse(node.test):
            start, end = _span(node.test, offsets)
            yield Mutant(path, node.lineno, "reach", function.name, start, end, "False")


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


def is_noticed(tree: Path, mutant: Mutant, url: str) -> bool:
    """Return whether a test fails with the mutant in place: the nearest ones first."""
    before = mutate(tree, mutant)
    try:
        suites = [["tests/walls"], [str(mutant.app_tests)], ["src", "tests"]]
        if mutant.kind == "query":
            suites[0], suites[1] = suites[1], suites[0]
        return any(not _passes(tree, suite, url) for suite in suites if (tree / suite[0]).exists())
    finally:
        (tree / mutant.path).write_bytes(before)


def _passes(tree: Path, suite: list[str], url: str) -> bool:
    python = ROOT / ".venv" / "bin" / "python"
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-header"]
    done = subprocess.run(
        [str(python), "-m", "pytest", *options, *suite],
        cwd=tree,
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(tree / "src")},
        capture_output=True,
        check=False,
        timeout=900,
    )
    return done.returncode in {0, 5}


def copy_tree(target: Path) -> Path:
    """Copy what the tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target / name)
    return target


def run(mutants: list[Mutant], url: str, *, jobs: int) -> list[Mutant]:
    """Try every mutant and return those that no test noticed."""
    survivors: list[Mutant] = []
    with tempfile.TemporaryDirectory() as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            trees.put(copy_tree(Path(folder) / str(number)))

        def attempt(mutant: Mutant) -> None:
            tree = trees.get()
            try:
                noticed = is_noticed(tree, mutant, url)
            finally:
                trees.put(tree)
            word = "noticed " if noticed else "SURVIVED"
            print(f"{word} {mutant.kind:8} {mutant.path}:{mutant.line} {mutant.name}", flush=True)
            if not noticed:
                survivors.append(mutant)

        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(attempt, mutants))
    return survivors


def main() -> int:
    """Run the mutants asked for and tell what survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a part of the path, for some mutants only")
    parser.add_argument("--kind", default="", help="page, endpoint, command, query or reach")
    parser.add_argument("--every", type=int, default=1, help="take each Nth mutant")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    given = parser.parse_args()
    mutants = [
        mutant
        for mutant in find_mutants(ROOT)
        if given.only in str(mutant.path) and given.kind in {"", mutant.kind}
    ][:: given.every]
    if given.list:
        for mutant in mutants:
            print(f"{mutant.kind:8} {mutant.path}:{mutant.line} {mutant.name} -> {mutant.text}")
        return 0
    began = time.monotonic()
    with _server() as url:
        survivors = run(mutants, url, jobs=given.jobs)
    minutes = (time.monotonic() - began) / 60
    print(f"{len(mutants) - len(survivors)} noticed, {len(survivors)} survived, {minutes:.1f} min")
    return 1 if survivors else 0


@contextmanager
def _server() -> Iterator[str]:
    """Run one throwaway server, so that the migrated database is made once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o711)
        with ensure_server(path, fast=True) as handle:
            yield handle.url


if __name__ == "__main__":
    sys.exit(main())
