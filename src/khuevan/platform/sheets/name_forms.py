"""The form of the names that nothing is called by: one of the nearest, or any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, gettext_lazy

from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.names import Choice, NameKind, UnknownName
from khuevan.ui.forms import Form

LONGEST = 240
NEAR, OTHER = "near", "other"


@dataclass(frozen=True, slots=True)
class AskedName:
    """A name with its fields: the nearest to choose from, where there are any, and any other."""

    name: UnknownName
    near: BoundField | None
    other: BoundField


class NamesForm(Form):
    """What each unknown name means; those left open stay unknown."""

    def __init__(
        self,
        *args: Any,
        names: Sequence[UnknownName],
        choices: Mapping[str, Sequence[Choice]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names, self.choices = names, choices
        for place, name in enumerate(names):
            if name.near:
                self.fields[f"{NEAR}-{place}"] = forms.ChoiceField(
                    label=name.text,
                    required=False,
                    choices=[
                        *((one.value, one.label) for one in name.near),
                        ("", gettext("none of these")),
                    ],
                    widget=forms.RadioSelect,
                )
            self.fields[f"{OTHER}-{place}"] = forms.CharField(
                label=gettext("“%(name)s” is") % {"name": name.text},
                required=False,
                max_length=LONGEST,
                widget=forms.TextInput(
                    attrs={
                        "class": "input",
                        "list": f"names-{name.kind.code}",
                        "autocomplete": "off",
                    }
                ),
            )

    def asked(self, kind: NameKind) -> Iterator[AskedName]:
        """Yield the names of a kind with their fields."""
        for place, name in enumerate(self.names):
            if name.kind is kind:
                near = self[f"{NEAR}-{place}"] if name.near else None
                yield AskedName(name, near, self[f"{OTHER}-{place}"])

    def clean(self) -> dict[str, Any]:
        """Refuse what is none of the choices."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for place, name in enumerate(self.names):
            told = cleaned.get(f"{OTHER}-{place}", "")
            if told and not self._meant(name.kind, told):
                self.add_error(f"{OTHER}-{place}", _NONE % {"name": told})
        return cleaned

    def chosen(self) -> dict[tuple[str, str], str]:
        """Return what was said, by kind and word; what was written goes before what was ticked."""
        found = {}
        for place, name in enumerate(self.names):
            told = self._meant(name.kind, self.cleaned_data.get(f"{OTHER}-{place}", ""))
            value = told or self.cleaned_data.get(f"{NEAR}-{place}", "")
            if value:
                found[name.kind.code, name.text] = value
        return found

    def _meant(self, kind: NameKind, text: str) -> str:
        """Return the one choice that a text names, or nothing."""
        key = match_key(text)
        found = {one.value for one in self.choices[kind.code] if match_key(one.label) == key}
        return found.pop() if len(found) == 1 else ""


_NONE = gettext_lazy("There is no “%(name)s” here. Choose one of the list.")
