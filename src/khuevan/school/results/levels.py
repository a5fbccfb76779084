"""What stored numbers are called: levels by the rules of their year, outcomes, titles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.school.results.models import Scheme
from khuevan.ui.tables import Pill

STUDY = {
    Scheme.SECONDARY: ("Chưa đạt", "Đạt", "Khá", "Tốt"),
    Scheme.PRIMARY: ("Chưa hoàn thành", "Hoàn thành", "Hoàn thành tốt", "Hoàn thành xuất sắc"),
    Scheme.EARLIER: ("Kém", "Yếu", "Trung bình", "Khá", "Giỏi"),
}
CONDUCT = {
    Scheme.SECONDARY: ("Chưa đạt", "Đạt", "Khá", "Tốt"),
    Scheme.PRIMARY: (),
    Scheme.EARLIER: ("Yếu", "Trung bình", "Khá", "Tốt"),
}
_TONES = ("warn", "neutral", "info", "ok", "ok")
MISSING = _("incomplete")
UNDECIDED = pgettext_lazy("conduct", "not decided yet")


def study_name(scheme: int, level: int | None) -> str:
    """Return what a level of study is called by the rules of its year."""
    return "" if level is None else STUDY[Scheme(scheme)][level]


def conduct_name(scheme: int, level: int | None) -> str:
    """Return what a level of conduct is called."""
    return "" if level is None else CONDUCT[Scheme(scheme)][level]


def level_pill(name: str, level: int | None) -> Pill:
    """Return a level as a pill; the word says it, the tone helps."""
    if level is None:
        return Pill("neutral", "", MISSING)
    return Pill(_TONES[level], "", name)
