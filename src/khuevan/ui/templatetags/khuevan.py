"""Tags and filters every template has without loading: icons, pills, fields, numbers, dates."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
)
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from khuevan.kernel.periods import last_day
from khuevan.ui import components, formats

register = template.Library()

SPRITE = "ui/vendor/icons.svg"
TONES = ("ok", "info", "warn", "bad", "neutral")
THEMES = ("light", "dark")


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon of the sprite; it is decoration, so a word always stands beside it."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        static(SPRITE),
        name,
    )


@register.simple_tag
def logo(css: str = "", *, small: bool = False) -> SafeString:
    """Draw the pavilion window; `small` is the cut for under 22 px."""
    return format_html(
        '<svg class="mark{}" viewBox="0 0 32 32" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        static(SPRITE),
        "logo-small" if small else "logo",
    )


@register.simple_tag
def pavilion() -> SafeString:
    """Draw the pavilion, for empty states, sign-in and pages that are not there."""
    return format_html(
        '<svg class="pavilion" viewBox="0 0 104 88" aria-hidden="true">'
        '<use href="{}#pavilion"/></svg>',
        static(SPRITE),
    )


@register.simple_tag
def pill(tone: str, icon_name: str, label: Any) -> SafeString:
    """Draw a status: an icon and a word in one of five tones, never color alone."""
    if tone not in TONES:
        raise ValueError(f"a pill is one of {TONES}, not {tone!r}")
    turning = "turning" if icon_name == "loader-circle" else ""
    return format_html(
        '<span class="pill pill-{}">{}{}</span>',
        tone,
        icon(icon_name, turning) if icon_name else "",
        label,
    )


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """Return light or dark when the reader chose one, else nothing: the system decides.

    This device's choice comes first, then the person's own.
    """
    request = context.get("request")
    chosen = request.COOKIES.get("theme") if request else None
    if chosen is None:
        chosen = (context.get("shell") or {}).get("theme", "")
    return chosen if chosen in THEMES else ""


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, icon_name: str = "", css: str = "") -> dict[str, Any]:
    """Draw a form field: label above, hint, control, error below, all tied together."""
    widget = bound.field.widget
    kind = _kind(widget)
    described = [f"{bound.id_for_label}_{part}" for part in ("hint", "error") if _has(bound, part)]
    attrs: dict[str, str | bool] = {
        "class": {"check": "", "choices": "", "file": ""}.get(kind, f"input {css}".strip())
    }
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "kind": kind,
        "control": bound.as_widget(attrs=attrs),
        "icon_name": icon_name,
    }


def _kind(widget: Any) -> str:
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, FileInput):
        return "file"
    return "select" if isinstance(widget, Select) and not widget.allow_multiple_selected else "text"


def _has(bound: BoundField, part: str) -> bool:
    return bool(bound.help_text if part == "hint" else bound.errors)


@register.filter
def vn_number(value: Any, places: int | None = None) -> str:
    """Show 1.234,5; nothing is a dash, never 0."""
    return formats.number(value, places)


@register.filter
def vn_signed(value: Any, places: int | None = None) -> str:
    """Show a change with its sign: +4.206 or −2.114."""
    return formats.signed(value, places)


@register.simple_tag
def mark_value(value: int | None) -> SafeString:
    """Draw a mark kept in tenths so that a column lines up on its comma, ",0" left out."""
    whole, _, rest = formats.tenths(value).partition(",")
    return format_html(
        '<span class="mv">{}<span>{}</span></span>', whole, f",{rest}" if rest else ""
    )


@register.filter(expects_localtime=True)
def vn_date(value: date | None) -> str:
    """Show 29/12/2026."""
    return formats.day(value)


@register.filter(expects_localtime=True)
def vn_last_day(value: date | None) -> str:
    """Show the last day of a period whose end is the day after it; nothing while it has none."""
    return formats.day(last_day(value)) if value else ""


@register.filter(expects_localtime=True)
def vn_time(value: datetime | time | None) -> str:
    """Show 08:15."""
    return formats.clock(value)


@register.filter(expects_localtime=True)
def vn_datetime(value: datetime | None) -> str:
    """Show 08:15, 29/12/2026."""
    return formats.moment(value)


@register.filter
def initials(name: str) -> str:
    """Show the letters that stand for a person: Phạm Minh Anh is MA."""
    return formats.initials(name)


@register.filter
def masked(value: str) -> str:
    """Show a personal number with its middle hidden."""
    return formats.masked(value)


@register.filter
def changed_from(new: str, old: str) -> list[components.Word]:
    """Return the words of both texts, for `ui/components/changed.html`."""
    return components.changed_words(old, new)


@register.filter
def undo_url(tags: str) -> str:
    """Return the address after `undo:` in a message's extra tags; the toast offers it."""
    found = next((tag for tag in (tags or "").split() if tag.startswith("undo:")), "")
    return found.removeprefix("undo:")
