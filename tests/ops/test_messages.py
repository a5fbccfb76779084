"""The catalogue tool: finds every text, and every way in which its Vietnamese is not right."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).parents[2] / "tools"
CODE = """
from django.utils.translation import gettext as t, gettext_lazy as _, ngettext, pgettext_lazy
a = _("Pupils of %(name)s")
b = ngettext("%(count)d class", "%(count)d classes", 3)
c = pgettext_lazy("of a school", "Level")
d = t("Two " "parts")
e = str(len("not a text"))
"""
TEMPLATE = """
{% load i18n %}
<h1>{% translate "Home" %}</h1>
{% blocktranslate trimmed count n=n %}
  one {{ thing }}
{% plural %}
  {{ n }} {{ thing }}
{% endblocktranslate %}
<a title="{{ _("Close") }}">{% translate "May" context "month" %}</a>
{# {% translate "Hidden" %} #}
"""
GOOD = """
msgid "Pupils of %(name)s"
msgstr "Học sinh của %(name)s"

msgid "%(count)d class"
msgid_plural "%(count)d classes"
msgstr[0] "%(count)d lớp"

msgctxt "of a school"
msgid "Level"
msgstr "Cấp học"

msgid "Two parts"
msgstr "Hai phần"
"""


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tools_messages", TOOLS / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a source folder with one app, whose catalogue is complete, and the common one."""
    root = tmp_path / "src" / "khuevan"
    for app in ("school/marks", "ui"):
        (root / app).mkdir(parents=True)
        (root / app / "apps.py").write_text("", "utf-8")
    (root / "school/marks/pages.py").write_text(CODE, "utf-8")
    catalogue(root, "school/marks", GOOD)
    return root


def catalogue(root: Path, app: str, entries: str) -> None:
    path = root / app / "locale/vi/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    header = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    path.write_text(header + entries, "utf-8")


def test_a_complete_catalogue_has_no_problems(messages: ModuleType, root: Path) -> None:
    assert messages.problems(root) == []
    assert messages.unused(root) == []


def test_texts_of_a_template_are_found(messages: ModuleType, root: Path) -> None:
    page = root / "school/marks/templates/marks/list.html"
    page.parent.mkdir(parents=True)
    page.write_text(TEMPLATE, "utf-8")
    found = {text.key: text.plural for _, text, _ in messages.in_template(page)}
    assert found == {
        ("", "Home"): "",
        ("", "one %(thing)s"): "%(n)s %(thing)s",
        ("", "Close"): "",
        ("month", "May"): "",
    }


def test_what_ui_translates_serves_everybody(messages: ModuleType, root: Path) -> None:
    (root / "school/marks/forms.py").write_text(
        "from django.utils.translation import gettext as _\n_('Save')\n", "utf-8"
    )
    assert "no Vietnamese in school/marks for 'Save'" in messages.problems(root)[0]
    catalogue(root, "ui", '\nmsgid "Save"\nmsgstr "Lưu"\n')
    assert messages.problems(root) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Hai phần"', '""', "no Vietnamese"),
        ("của %(name)s", "của %(ten)s", "placeholders differ"),
        ("%(count)d lớp", "lớp", "placeholders differ"),
        ('msgid "Two parts"', '#, fuzzy\nmsgid "Two parts"', "is fuzzy"),
    ],
)
def test_a_wrong_entry_is_told(
    messages: ModuleType, root: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    catalogue(root, "school/marks", GOOD.replace(old, new))
    assert any(said in line for line in messages.problems(root))


def test_two_translations_of_one_id_are_told(messages: ModuleType, root: Path) -> None:
    catalogue(root, "ui", '\nmsgid "Two parts"\nmsgstr "Hai đoạn"\n')
    assert any("more than one Vietnamese" in line for line in messages.problems(root))


def test_a_text_put_together_by_the_program_is_told(messages: ModuleType, root: Path) -> None:
    (root / "school/marks/forms.py").write_text(
        "from django.utils.translation import gettext as _\n_(f'Save {1}')\n", "utf-8"
    )
    assert "must be a plain string" in messages.problems(root)[0]


EARLY = "from khuevan.config.words import gettext as _\n"


@pytest.mark.parametrize(
    "code",
    [
        'raise Refused("The disk is full.")',
        'raise ConfigurationError(f"{name} is empty.")',
        'say("Ready" if done else "")',
        'say("  " + f"{count} rows")',
        'yield Finding("disk", "warn", "full", _("Full"))',
        'parser.add_argument("--all", help="everything")',
        'text = f"The disk of {folder} is full"',
    ],
)
def test_an_early_sentence_in_english_alone_is_told(
    messages: ModuleType, root: Path, code: str
) -> None:
    (root / "cli").mkdir()
    catalogue(root, "config/words", '\nmsgid "Full"\nmsgstr "Đã đầy"\n')
    (root / "cli/disk.py").write_text(f'{EARLY}_("Full")\n{code}\n', "utf-8")
    assert messages.problems(root) == ["src/khuevan/cli/disk.py:3: a sentence without gettext"]


def test_an_early_sentence_is_looked_up_in_its_own_catalogue_alone(
    messages: ModuleType, root: Path
) -> None:
    (root / "cli").mkdir()
    (root / "cli/disk.py").write_text(f'{EARLY}raise Refused(_("Full"))\n', "utf-8")
    catalogue(root, "ui", '\nmsgid "Full"\nmsgstr "Đã đầy"\n')
    assert "no Vietnamese in config/words for 'Full'" in messages.problems(root)[0]
    catalogue(root, "config/words", '\nmsgid "Full"\nmsgstr "Đã đầy"\n')
    assert messages.problems(root) == []


def test_update_adds_what_is_missing_and_leaves_the_rest(messages: ModuleType, root: Path) -> None:
    catalogue(root, "school/marks", "# a note of the translator\n")
    assert messages.update(root) == {"school/marks": 4}
    text = (root / "school/marks/locale/vi/LC_MESSAGES/django.po").read_text("utf-8")
    assert "# a note of the translator" in text
    assert 'msgctxt "of a school"\nmsgid "Level"\nmsgstr ""' in text
    assert messages.update(root) == {}
    assert len(messages.problems(root)) == 4


def test_an_entry_nobody_uses_is_noted(messages: ModuleType, root: Path) -> None:
    catalogue(root, "school/marks", GOOD + '\nmsgid "Gone"\nmsgstr "Đã bỏ"\n')
    assert messages.unused(root) == ["school/marks: nothing uses 'Gone'"]
    assert messages.problems(root) == []


def test_compiled_catalogues_lie_beside_their_source(messages: ModuleType, root: Path) -> None:
    assert messages.compile_all(root) == 1
    assert (root / "school/marks/locale/vi/LC_MESSAGES/django.mo").stat().st_size > 100
