"""An XML file as a small tree that knows its lines, read as a stranger's.

No document type and no entity is taken, nothing is fetched, and size and depth have bounds: a file
may come from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from khuevan.school.timetable.errors import FileRefused, UnreadableFile

MOST_BYTES = 32 * 1024 * 1024
MOST_NODES = 500_000
"""Elements of a file: the largest of a school has some 50,000; so many take 200 MB here."""
MOST_DEPTH = 32
MOST_LETTERS = 100_000
"""Of one value: comments are the longest."""
MOST_TOLD = 40
"""Of what a file says, in a refusal."""
ZIP = b"PK\x03\x04"
WHOLE = re.compile(r"-?[0-9]{1,9}")


@dataclass(slots=True)
class Node:
    """One element: its name, its own text, what is in it, and the line it begins on."""

    tag: str
    line: int
    file: str
    text: str = ""
    children: list[Node] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    def first(self, *tags: str) -> Node | None:
        """Return the first child with one of these names."""
        return next((child for child in self.children if child.tag in tags), None)

    def all(self, *tags: str) -> Iterator[Node]:
        """Yield the children with one of these names."""
        return (child for child in self.children if child.tag in tags)

    def value(self, *tags: str, default: str = "") -> str:
        """Return the text of the first child with one of these names."""
        found = self.first(*tags)
        return (found.text if found else "") or default

    def number(self, *tags: str, default: int | None = None) -> int:
        """Return a child's text as a whole number.

        :raises FileRefused: when it is missing without a default, or is no number
        """
        found = self.first(*tags)
        if found is None or not found.text:
            if default is None:
                raise self.refused(_("%(tag)s is missing") % {"tag": tags[0]})
            return default
        return found.as_number()

    def as_number(self) -> int:
        """Return the text as a whole number.

        :raises FileRefused: when it is none
        """
        if not WHOLE.fullmatch(self.text):
            said = _("“%(text)s” is not a whole number") % {"text": self.text[:MOST_TOLD]}
            raise self.refused(said)
        return int(self.text)

    def refused(self, reason: str) -> FileRefused:
        """Return a refusal that names this place."""
        place = _("line %(line)d (%(tag)s)") % {"line": self.line, "tag": self.tag[:MOST_TOLD]}
        return FileRefused(file=self.file, place=place, reason=reason)


def read_tree(path: Path) -> Node:
    """Read a file into a tree.

    :raises UnreadableFile: when it is not there or too big
    :raises FileRefused: with the line, when it is no XML that may be read
    """
    return parse(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Read a whole file of bounded size.

    :raises UnreadableFile: when it is not there or too big
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(file=str(path), reason=reason) from error
    if len(content) > MOST_BYTES:
        most = _("it is larger than %(most)d MB") % {"most": MOST_BYTES // 1024 // 1024}
        raise UnreadableFile(file=str(path), reason=most)
    return content


def parse(content: bytes, file: str) -> Node:
    """Read bytes into a tree.

    :raises UnreadableFile: when it is an archive, or nothing
    :raises FileRefused: with the line, when it is no XML that may be read
    """
    if content.startswith(ZIP):
        raise UnreadableFile(file=file, reason=_("it is a zip file; unpack it first"))
    if not content.strip():
        raise UnreadableFile(file=file, reason=_("it is empty"))
    builder = _Builder(file)
    try:
        builder.parser.Parse(content, True)  # noqa: FBT003
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise _at(file, error.lineno, _("this is no XML (%(reason)s)") % {"reason": reason}) from (
            error
        )
    except (ValueError, LookupError) as error:
        said = _("this is no XML (%(reason)s)") % {"reason": str(error)[:100]}
        raise _at(file, builder.parser.CurrentLineNumber, said) from error
    return builder.root


class _Builder:
    """Takes what the parser meets."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root = Node("", 0, file)
        self.open: list[Node] = []
        self.texts: list[list[str]] = []
        self.count = 0
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.refuse_doctype

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self.count += 1
        if self.count > MOST_NODES or len(self.open) >= MOST_DEPTH:
            raise self.refused(_("there is more in it than in any timetable"))
        node = Node(tag, self.parser.CurrentLineNumber, self.file, attributes=attributes)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.texts.append([])

    def end(self, _tag: str) -> None:
        """Close the element that was opened last."""
        node, parts = self.open.pop(), self.texts.pop()
        node.text = "".join(parts).strip()
        if len(node.text) > MOST_LETTERS:
            raise self.refused(_("a value is longer than any should be"))

    def characters(self, text: str) -> None:
        """Take text."""
        self.texts[-1].append(text)

    def refuse_doctype(self, *_arguments: Any) -> None:
        """Refuse a document type: entities could grow without end or reach for other files."""
        raise self.refused(_("document types and entities are not taken"))

    def refused(self, reason: str) -> FileRefused:
        """Return a refusal that names the line the parser is at."""
        return _at(self.file, self.parser.CurrentLineNumber, reason)


def _at(file: str, line: int, reason: str) -> FileRefused:
    return FileRefused(file=file, place=_("line %(line)d") % {"line": line}, reason=reason)
