"""The templates as a whole: icons that exist, no inline style or script, pages in their budget."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from khuevan.ui.design import SPECIMENS
from khuevan.ui.design.board import LONG_NAME, context
from khuevan.ui.templatetags import khuevan as tags

SOURCE = Path(__file__).parents[2] / "src/khuevan"
STATIC = SOURCE / "ui/static/ui"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
OURS = sorted((SOURCE / "ui/templates").rglob("*.html"))
INLINE = re.compile(r"""<[^>]*\s(style|on[a-z]+)\s*=\s*["']|<style|<script(?![^>]*\bsrc=)""")
ICON = re.compile(r'(?:{% icon "([a-z0-9-]+)"|icon(?:_name|_after)?(?:=|": )"([a-z][a-z0-9-]+)")')
PILL = re.compile(r'{% pill "[a-z]+" "([a-z][a-z0-9-]*)"')
FAMILY_BUDGET = 150_000


def sprite() -> set[str]:
    return set(
        re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor/icons.svg").read_text("utf-8"))
    )


def rendered(template: str, values: dict[str, object]) -> str:
    return render_to_string(template, values, RequestFactory().get("/design/"))


def test_every_icon_named_anywhere_is_in_the_sprite() -> None:
    known = sprite()
    missing = {
        f"{path.name}: {name}"
        for path in [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")]
        if "tests" not in path.parts
        for found in [
            *ICON.findall(path.read_text("utf-8")),
            *((n, "") for n in PILL.findall(path.read_text("utf-8"))),
        ]
        for name in found
        if name and name not in known
    }

    assert not missing


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_inline_style_or_script(path: Path) -> None:
    assert not INLINE.search(path.read_text("utf-8"))


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_shared_template_says_what_it_needs(path: Path) -> None:
    assert path.read_text("utf-8").startswith("{#")


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_specimen_is_a_whole_page(name: str) -> None:
    template, data = SPECIMENS[name]
    html = rendered(template, data())

    assert html.count("<h1") == 1
    assert '<main id="content"' in html or 'id="content" tabindex="-1"' in html
    assert not INLINE.search(html)


def test_the_board_shows_the_longest_name_and_a_full_class() -> None:
    html = rendered(
        "ui/design/board.html", {**context(), "specimens": list(SPECIMENS), "shell": {}}
    )

    assert LONG_NAME in html
    assert html.count("Trần Hải Yến") >= 1
    assert not INLINE.search(html)


def test_a_guardians_first_page_keeps_to_its_budget() -> None:
    """Everything the page asks for, compressed: 150 KB, for the weakest phone."""
    template, data = SPECIMENS["family"]
    html = rendered(template, data())
    named = re.findall(r'(?:href|src)="/static/ui/([^"#]+)"', html)
    assets = {name for name in named if "icon-" not in name and not name.startswith("marks/")}
    css = "".join((STATIC / name).read_text("utf-8") for name in assets if name.endswith(".css"))
    assets |= set(re.findall(r'"\.\./(vendor/[^"]+\.woff2)"', css))
    assets |= {"vendor/icons.svg", "marks/favicon.svg"}
    weight = len(gzip.compress(html.encode())) + sum(wire_size(STATIC / name) for name in assets)

    assert any("400" in name for name in assets)
    assert not any("500.woff2" in name for name in assets)
    assert weight < FAMILY_BUDGET


def wire_size(path: Path) -> int:
    data = path.read_bytes()
    return len(data) if path.suffix in {".woff2", ".png"} else len(gzip.compress(data, 9))


def test_digits_stay_small() -> None:
    assert sum(path.stat().st_size for path in (STATIC / "vendor").glob("digits-*.woff2")) < 6_000


def test_vendored_files_are_what_was_vendored() -> None:
    for row in json.loads((STATIC / "vendor/VERSIONS.json").read_text("utf-8")):
        path = SOURCE.parents[1] / row["file"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"], row["file"]


def test_a_pill_must_be_of_a_known_tone() -> None:
    with pytest.raises(ValueError, match="a pill is one of"):
        tags.pill("red", "check", "Xong")


def test_a_pill_escapes_its_label() -> None:
    assert "&lt;b&gt;" in tags.pill("ok", "check", "<b>")


def test_a_mark_lines_up_on_its_comma() -> None:
    assert tags.mark_value(75) == '<span class="mv">7<span>,5</span></span>'
    assert tags.mark_value(80) == '<span class="mv">8<span></span></span>'


def test_an_undo_address_comes_out_of_a_messages_tags() -> None:
    assert tags.undo_url("wide undo:/classes/1/undo/") == "/classes/1/undo/"
    assert tags.undo_url("") == ""
