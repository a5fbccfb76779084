"""The message catalogues: `compile`, `check` that Vietnamese is complete, `update` with new ids.

Every text has an English id in the code and one Vietnamese entry in the catalogue of the app it
stands in. What `ui` translates, every app may use.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent / "src" / "khuevan"
CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")
COMMON = "ui"
EARLY = "config/words"
"""What the program says before Django is set up: a catalogue on its own, read by nothing else."""
MODULES = {"django.utils.translation": "", "khuevan.config.words": EARLY}
"""Where the functions come from, and the catalogue of the latter's texts."""
FUNCTIONS = {
    "gettext": "s",
    "gettext_lazy": "s",
    "gettext_noop": "s",
    "ngettext": "sp",
    "ngettext_lazy": "sp",
    "pgettext": "cs",
    "pgettext_lazy": "cs",
    "npgettext": "csp",
    "npgettext_lazy": "csp",
}
"""What each function's first arguments are: a context, a singular, a plural."""
EARLY_FOLDERS = frozenset({"cli", "config", "config/postgres", "config/words"})
SPEAKERS = {
    "ConfigurationError": 0,
    "DatabaseUnavailable": 0,
    "Finding": 2,
    "GaveUp": 0,
    "Refused": 0,
    "complain": 0,
    "make_parser": 1,
    "say": 0,
}
"""Who speaks to the person at the terminal, and from which argument on."""
SPOKEN_OPTIONS = frozenset({"help", "description", "epilog"})
WORD = re.compile(r"[^\W\d_]{2}")
SENTENCE = re.compile(r"\A[^\n]*[^\W\d_]+ [a-z']+ [a-z']+ [^\n]*\Z")
CALL_IN_TEMPLATE = re.compile(r"\b(n?p?gettext|_)\(")
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
ARGUMENTS = re.compile(rf"\s*({LITERAL})(?:\s*,\s*({LITERAL}))?(?:\s*,\s*({LITERAL}))?", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}|%%")
HEADER = """\
msgid ""
msgstr ""
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One text of the program: its id, told apart by a context and a plural form."""

    context: str
    id: str
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what a catalogue knows it by."""
        return self.context, self.id


@dataclass(frozen=True, slots=True)
class Use:
    """A text at a place in the code; `text` is None where it isn't a plain string."""

    text: Text | None
    place: str


class Catalogues:
    """All catalogues under a folder, by app."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.by_app: dict[str, Catalog] = {}
        for path in sorted(root.rglob(str(CATALOGUE))):
            with path.open("rb") as file:
                app = path.parents[2].parent.relative_to(root).as_posix()
                self.by_app[app] = read_po(file, locale="vi")

    def entry(self, app: str, text: Text) -> Message | None:
        """Return the entry an app's text is translated by, its own first, else the common one."""
        for name in (app,) if app == EARLY else (app, COMMON):
            found = (
                self.by_app[name].get(text.id, text.context or None)
                if name in self.by_app
                else None
            )
            if found is not None:
                return found
        return None


def uses(root: Path) -> Iterator[tuple[str, Use]]:
    """Give every text of the program with the app whose catalogue it belongs to."""
    for path in sorted([*root.rglob("*.py"), *root.rglob("templates/**/*.html")]):
        if {"migrations", "tests"} & set(path.relative_to(root).parts):
            continue
        found = in_python(path) if path.suffix == ".py" else in_template(path)
        for line, text, catalogue in found:
            place = f"{path.relative_to(root.parent.parent)}:{line}"
            yield catalogue or app_of(path, root), Use(text, place)


def app_of(path: Path, root: Path) -> str:
    """Return the app a file belongs to; what is in none speaks through the common catalogue."""
    for folder in path.relative_to(root).parents:
        if (root / folder / "apps.py").exists():
            return folder.as_posix()
    return COMMON


def in_python(path: Path) -> Iterator[tuple[int, Text | None, str]]:
    """Give line, text and catalogue, where not its app's, of every gettext call in a file."""
    tree = ast.parse(path.read_text("utf-8"))
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            function, catalogue = names[node.func.id]
            yield node.lineno, _text_of_call(node, FUNCTIONS[function]), catalogue


def in_template(path: Path) -> Iterator[tuple[int, Text | None, str]]:
    """Give the same of every translated piece of a template."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    code = templatize(path.read_text("utf-8"), origin=str(path))
    for call in CALL_IN_TEMPLATE.finditer(code):
        arguments = ARGUMENTS.match(code, call.end())
        line = code.count("\n", 0, call.start()) + 1
        if arguments is None:
            yield line, None, ""
            continue
        shape = FUNCTIONS["gettext" if call.group(1) == "_" else call.group(1)]
        values = [ast.literal_eval(value) for value in arguments.groups() if value]
        yield line, _text(dict(zip(shape, values, strict=False))), ""


def bare(root: Path) -> Iterator[str]:
    """Give a line for every sentence that the program speaks early, and in English only."""
    for folder in sorted(EARLY_FOLDERS):
        for path in sorted((root / folder).glob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            lines = {node.lineno for node, pattern in _spoken(tree) if _says(node, pattern)}
            place = path.relative_to(root.parent.parent)
            yield from (f"{place}:{line}: a sentence without gettext" for line in sorted(lines))


def _spoken(tree: ast.Module) -> Iterator[tuple[ast.expr, re.Pattern[str]]]:
    """Give what is said, with what makes it a text: one word, or more where it may be a code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in SPEAKERS:
                yield from ((one, WORD) for one in node.args[SPEAKERS[node.func.id] :])
            spoken = (one for one in node.keywords if one.arg in SPOKEN_OPTIONS)
            yield from ((one.value, WORD) for one in spoken)
        elif isinstance(node, ast.Return | ast.Assign) and node.value is not None:
            yield node.value, SENTENCE


def _says(node: ast.expr, pattern: re.Pattern[str]) -> bool:
    """Tell whether a string stands in an expression outside every call."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(pattern.search(node.value))
    if isinstance(node, ast.JoinedStr | ast.BinOp | ast.IfExp | ast.BoolOp):
        parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        return any(_says(part, pattern) for part in parts)
    return False


def problems(root: Path) -> list[str]:
    """Return a line for every text that is not, or not rightly, in Vietnamese."""
    catalogues = Catalogues(root)
    found = [*_conflicts(catalogues), *_fuzzy(catalogues), *bare(root)]
    told: set[tuple[str, Text | None]] = set()
    for app, use in uses(root):
        if use.text is not None and (app, use.text) in told:
            continue
        told.add((app, use.text))
        if use.text is None:
            found.append(f"{use.place}: a text must be a plain string, with named placeholders")
            continue
        entry = catalogues.entry(app, use.text)
        translated = _translation(entry)
        if not translated:
            found.append(f"{use.place}: no Vietnamese in {app} for {use.text.id!r}")
        elif not _same_placeholders(use.text, translated):
            found.append(f"{use.place}: placeholders differ: {use.text.id!r} and {translated!r}")
    return found


def unused(root: Path) -> list[str]:
    """Return a line for every entry that no text of its app uses any more."""
    needed: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for app, use in uses(root):
        if use.text is not None:
            needed[app].add(use.text.key)
            needed[COMMON].add(use.text.key)
    return [
        f"{app}: nothing uses {message.id!r}"
        for app, catalogue in Catalogues(root).by_app.items()
        for message in catalogue
        if message.id and (message.context or "", _first(message.id)) not in needed[app]
    ]


def update(root: Path) -> dict[str, int]:
    """Add the texts that have no entry to their app's catalogue, empty; return how many, by app."""
    catalogues = Catalogues(root)
    missing: dict[str, dict[Text, str]] = defaultdict(dict)
    for app, use in uses(root):
        if use.text is not None and catalogues.entry(app, use.text) is None:
            missing[app].setdefault(use.text, use.place)
    for app, texts in missing.items():
        path = root / app / CATALOGUE
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_text("utf-8") if path.exists() else HEADER
        new = "".join(_as_entry(text, place) for text, place in texts.items())
        path.write_text(f"{old.rstrip()}\n{new}", "utf-8")
    return {app: len(texts) for app, texts in missing.items()}


def compile_all(root: Path) -> int:
    """Compile every catalogue, whole or not at all; return how many there are."""
    sources = sorted(root.rglob("locale/*/LC_MESSAGES/*.po"))
    for path in sources:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parents[1].name)
        draft = path.with_suffix(".mo.new")
        with draft.open("wb") as target:
            write_mo(target, catalogue)
        draft.replace(path.with_suffix(".mo"))
    return len(sources)


def _imported(tree: ast.Module) -> dict[str, tuple[str, str]]:
    """Return the names under which a file knows the gettext functions, and their catalogues."""
    return {
        alias.asname or alias.name: (alias.name, MODULES[node.module])
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in MODULES
        for alias in node.names
        if alias.name in FUNCTIONS
    }


def _text_of_call(node: ast.Call, shape: str) -> Text | None:
    values = [
        argument.value
        for argument in node.args[: len(shape)]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    return _text(dict(zip(shape, values, strict=True))) if len(values) == len(shape) else None


def _text(parts: dict[str, str]) -> Text:
    return Text(parts.get("c", ""), parts["s"], parts.get("p", ""))


def _first(message_id: str | Iterable[str]) -> str:
    return message_id if isinstance(message_id, str) else next(iter(message_id))


def _translation(entry: Message | None) -> str:
    if entry is None or entry.fuzzy:
        return ""
    return _first(entry.string) if entry.string else ""


def _same_placeholders(text: Text, translated: str) -> bool:
    """Compare with the plural form where there is one: Vietnamese has that form alone.

    A lone percent sign is doubled in the ids of templates, and may be either way in Vietnamese.
    """
    expected = set(PLACEHOLDER.findall(text.plural or text.id))
    found = set(PLACEHOLDER.findall(translated))
    if expected <= {"%%"}:
        return found <= {"%%"}
    return expected == found


def _conflicts(catalogues: Catalogues) -> Iterator[str]:
    """Give a line for every id that two apps translate differently."""
    said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for app, catalogue in catalogues.by_app.items():
        for message in catalogue:
            translated = _translation(message)
            if message.id and translated:
                said[message.context or "", _first(message.id)].setdefault(translated, app)
    for (_, identifier), translations in said.items():
        if len(translations) > 1:
            versions = "; ".join(f"{text!r} in {app}" for text, app in translations.items())
            yield f"{identifier!r} has more than one Vietnamese: {versions}"


def _fuzzy(catalogues: Catalogues) -> Iterator[str]:
    for app, catalogue in catalogues.by_app.items():
        for message in catalogue:
            if message.id and message.fuzzy:
                yield f"{app}: the entry for {_first(message.id)!r} is fuzzy"


def _as_entry(text: Text, place: str) -> str:
    lines = [f"\n#: {place.rpartition(':')[0]}"]
    if "%(" in text.id:
        lines.append("#, python-format")
    if text.context:
        lines.append(f"msgctxt {_quoted(text.context)}")
    lines.append(f"msgid {_quoted(text.id)}")
    lines += (
        [f"msgid_plural {_quoted(text.plural)}", 'msgstr[0] ""'] if text.plural else ['msgstr ""']
    )
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main() -> int:
    """Run one of the four commands; return 1 when the check finds something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("compile", "extract", "check", "update"))
    command = parser.parse_args().command
    if command == "compile":
        print(f"{compile_all(ROOT)} message catalogues compiled.")
    elif command == "extract":
        for app, use in uses(ROOT):
            print(f"{app}\t{use.place}\t{use.text.id if use.text else '?'}")
    elif command == "update":
        for app, count in update(ROOT).items():
            print(f"{count} new in {app}")
    else:
        return _check()
    return 0


def _check() -> int:
    found = problems(ROOT)
    for line in found:
        print(line)
    for line in unused(ROOT):
        print(f"note: {line}")
    if found:
        print(f"{len(found)} problems; `tools/messages.py update` adds missing entries, empty.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
