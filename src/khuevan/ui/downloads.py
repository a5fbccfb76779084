"""A file on its way to the browser: its type, its name, and how it is to be opened."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from khuevan.kernel.vietnamese import fold

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"
ZIP = "application/zip"


def download(
    content: bytes, *, name: str, media_type: str, opens_in_browser: bool = False
) -> HttpResponse:
    """Return bytes as a file that is saved under a name, or shown where the browser can."""
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(as_attachment=not opens_in_browser, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def file_name(name: str, kind: str) -> str:
    """Return a file name that every system takes: hoc-sinh-6a.xlsx."""
    return f"{slugify(fold(name)) or 'list'}.{kind}"
