"""The forms of phrases and of what comments may be."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.kernel.vietnamese import normalize
from khuevan.school.remarks import errors
from khuevan.school.remarks.actions.phrases import LONGEST, MOST, read_phrases
from khuevan.school.remarks.models import LONGEST_TEXT, Band, Part, Subjects
from khuevan.ui.forms import Form, LineField

SHORTEST, MOST_WORDS, LONGEST_WORD = 40, 200, 60


class PasteForm(Form):
    """Phrases of one kind, one a line."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.NoPhrases: "texts",
        errors.WordRefused: "texts",
        errors.PlaceUnknown: "texts",
    }

    subjects = forms.ChoiceField(label=_("Subjects"), choices=Subjects.choices)
    part = forms.ChoiceField(label=_("What it says"), choices=Part.choices)
    band = forms.ChoiceField(label=_("For which level"), choices=Band.choices)
    texts = forms.CharField(
        label=_("Phrases, one a line"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MOST * LONGEST,
        help_text=_(
            "Copied from Word or Excel; numbers and dashes in front are left out. "
            "{em} and {tên} are filled in for each pupil."
        ),
    )

    def clean_texts(self) -> list[str]:
        """Return the phrases."""
        found = read_phrases(self.cleaned_data["texts"])
        for one in found:
            if len(one) > LONGEST:
                told = _now("“%(text)s…” is too long: at most %(longest)s letters.")
                raise ValidationError(told % {"text": one[:30], "longest": LONGEST})
        return found


class PhraseForm(Form):
    """One phrase."""

    refused_fields: ClassVar[dict[type[DomainError], str]] = {
        errors.PhraseThere: "text",
        errors.WordRefused: "text",
        errors.PlaceUnknown: "text",
    }

    subjects = forms.ChoiceField(label=_("Subjects"), choices=Subjects.choices)
    part = forms.ChoiceField(label=_("What it says"), choices=Part.choices)
    band = forms.ChoiceField(label=_("For which level"), choices=Band.choices)
    text = LineField(label=_("Phrase"), max_length=LONGEST)


class SettingForm(Form):
    """How long comments may be, and words that none may have."""

    longest = forms.IntegerField(
        label=_("Longest comment of a subject, in letters"),
        min_value=SHORTEST,
        max_value=LONGEST_TEXT,
    )
    longest_overall = forms.IntegerField(
        label=_("Longest comment of the homeroom teacher, in letters"),
        min_value=SHORTEST,
        max_value=LONGEST_TEXT,
    )
    forbidden = forms.CharField(
        label=_("Words that no comment of the school may have"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=MOST_WORDS * LONGEST_WORD,
        help_text=_(
            "One a line, besides the common list: insults, blame, health and family matters."
        ),
    )

    def clean_forbidden(self) -> list[str]:
        """Return the words, each once."""
        lines = (normalize(one) for one in self.cleaned_data["forbidden"].splitlines())
        found = list(dict.fromkeys(one for one in lines if one))
        if len(found) > MOST_WORDS or any(len(one) > LONGEST_WORD for one in found):
            raise ValidationError(_now("At most 200 words of 60 letters each."))
        return found
