"""Prints how long functions and files are. The numbers are read by people, not enforced."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LONG_FUNCTION = 60
LONG_FILE = 400
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Size:
    """The length of one thing in lines."""

    lines: int
    name: str


def sources(root: Path) -> Iterator[Path]:
    """Give every source file that people write, tests and migrations apart."""
    for path in sorted(root.rglob("*.py")):
        if not {"migrations", "tests"} & set(path.parts):
            yield path


def functions(path: Path, root: Path) -> Iterator[Size]:
    """Give the size of every function in a file, from its `def` to its end."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Size(lines, f"{path.relative_to(root)}:{node.lineno} {node.name}")


def share(sizes: list[Size], part: float) -> int:
    """Return the length that a part of the sizes stays within."""
    ordered = sorted(size.lines for size in sizes)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0


def report(root: Path) -> list[str]:
    """Return the lines of the report."""
    paths = list(sources(root))
    files = [
        Size(len(path.read_text("utf-8").splitlines()), str(path.relative_to(root)))
        for path in paths
    ]
    sizes = [size for path in paths for size in functions(path, root)]
    templates = [
        Size(len(path.read_text("utf-8").splitlines()), str(path.relative_to(root)))
        for path in sorted(root.rglob("templates/**/*.html"))
    ]
    lines = []
    for noun, measured in (("functions", sizes), ("files", files), ("templates", templates)):
        lines.append(
            f"{len(measured)} {noun}: median {share(measured, 0.5)} lines,"
            f" p95 {share(measured, 0.95)}, longest {share(measured, 1)}"
        )
    lines += _long("function", sizes, LONG_FUNCTION) + _long("file", files, LONG_FILE)
    return lines


def _long(noun: str, sizes: list[Size], limit: int) -> list[str]:
    found = sorted((size for size in sizes if size.lines > limit), key=lambda size: -size.lines)
    return [f"  {noun} over {limit} lines: {size.lines} {size.name}" for size in found]


if __name__ == "__main__":
    sys.stdout.write("\n".join(report(ROOT / "src")) + "\n")
