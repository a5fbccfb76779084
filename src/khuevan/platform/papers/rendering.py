"""From data to PDF by typst. What people typed is data for a template, never part of its source."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import typst
from django.core.serializers.json import DjangoJSONEncoder

from khuevan.kernel.registry import Registry

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "typst"
FONTS = HERE / "fonts"
STANDARD: Final = "a-3b"
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

logger = logging.getLogger("khuevan.papers")

templates: Registry[Path] = Registry("paper template")
"""Template name to its file. An app registers its own and imports the frame from "/frame.typ"."""


class PaperFault(Exception):
    """A template failed to compile: a bug of ours, never of what was typed."""


_compilers = threading.local()


def render_pdf(
    template: str, data: Mapping[str, Any], *, lang: str, at: datetime, title: str = ""
) -> bytes:
    """Return a PDF/A-3b of a template filled with data; the same data gives the same bytes.

    `at` is the moment written into the document. Values may be texts, numbers, dates, lists and
    mappings; whatever they hold is printed as it stands. A character that no font here can draw
    costs the archive standard, which forbids the empty box it leaves, but not the paper.

    :raises PaperFault: when the template itself is wrong
    """
    source = templates.get(template).read_bytes()
    filled = {"data": data, "lang": lang, "title": title, "at": at}
    text = json.dumps(_printable(filled), cls=DjangoJSONEncoder, ensure_ascii=False)
    try:
        return _compile(source, text, at=at, standard=STANDARD)
    except typst.TypstError:
        try:
            made = _compile(source, text, at=at, standard=None)
        except typst.TypstError as error:
            raise PaperFault(template) from error
    logger.warning("paper without its archive standard")
    return made


def _compile(source: bytes, text: str, *, at: datetime, standard: Literal["a-3b"] | None) -> bytes:
    made = _compiler().compile(
        input=source,
        format="pdf",
        sys_inputs={"json": text},
        pdf_standards=standard,
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise PaperFault
    return made


def _printable(value: Any) -> Any:
    """Take out what no paper can show: control characters, which a PDF/A may not hold."""
    if isinstance(value, str):
        return CONTROLS.sub("", value)
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


def _compiler() -> typst.Compiler:
    """Return this thread's compiler: made once, since reading the fonts costs most of the time."""
    compiler: typst.Compiler | None = getattr(_compilers, "one", None)
    if compiler is None:
        compiler = typst.Compiler(root=TEMPLATES, font_paths=[FONTS])
        _compilers.one = compiler
    return compiler
