"""From data to PDF by typst. What people typed is data for a template, never part of its source."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst
from django.core.serializers.json import DjangoJSONEncoder

from khuevan.kernel.registry import Registry

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "typst"
FONTS = HERE / "fonts"
STANDARD: Final = "a-3b"

templates: Registry[Path] = Registry("paper template")
"""Template name to its file. An app registers its own and imports the frame from "/frame.typ"."""


@dataclass(frozen=True, slots=True)
class PaperFault(Exception):
    """A template failed to compile: a bug of ours, never of what was typed."""

    template: str


_compilers = threading.local()


def render_pdf(
    template: str, data: Mapping[str, Any], *, lang: str, at: datetime, title: str = ""
) -> bytes:
    """Return a PDF/A-3b of a template filled with data; the same data gives the same bytes.

    `at` is the moment written into the document. Values may be texts, numbers, dates, lists and
    mappings; whatever they hold is printed as it stands.

    :raises PaperFault: when the template itself is wrong
    """
    path = templates.get(template)
    filled = {"data": data, "lang": lang, "title": title, "at": at}
    inputs = {"json": json.dumps(filled, cls=DjangoJSONEncoder, ensure_ascii=False)}
    try:
        made = _compiler().compile(
            input=path.read_bytes(),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=STANDARD,
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise PaperFault(template) from error
    if not isinstance(made, bytes):
        raise PaperFault(template)
    return made


def _compiler() -> typst.Compiler:
    """Return this thread's compiler: made once, since reading the fonts costs most of the time."""
    compiler: typst.Compiler | None = getattr(_compilers, "one", None)
    if compiler is None:
        compiler = typst.Compiler(root=TEMPLATES, font_paths=[FONTS])
        _compilers.one = compiler
    return compiler
