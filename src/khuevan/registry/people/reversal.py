"""What taking something back means for people: copies of names follow, others' rows stay theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.vietnamese import fold
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import Asked, Objection
from khuevan.platform.audit.api import reversal_rules as rules
from khuevan.registry.people.models import PersonName
from khuevan.registry.people.sources import name_followers, role_sources

WHY = "people whose rows were given back what they said before"
PERSON = "accounts.Person"


def _kept_elsewhere(asked: Asked, _made: rules.Keys, changed: rules.Keys) -> Iterator[Objection]:
    """Yield people who were changed and are another unit's meanwhile."""
    keys = changed.get(PERSON, ())
    if not keys:
        return
    homes: dict[int, int] = {}
    for source in role_sources:
        homes = {**source.homes(list(keys), asked.on), **homes}
    for key in keys:
        if homes.get(key, asked.unit_id) != asked.unit_id:
            yield Objection(PERSON, key, _("kept by another school now"))


def _set_keys(name: PersonName) -> None:
    name.search_name = fold(name.full_name)


def _follow_names(keys: rules.Keys, on: date) -> None:
    for person in Person.objects.unscoped(because=WHY).filter(pk__in=keys.get(PERSON, ())):
        for follow in name_followers:
            follow(person)


rules.objections.register("people kept elsewhere", _kept_elsewhere)
rules.fill.register("people.PersonName", _set_keys)
rules.settle.register("copies of names", _follow_names)
WORDS = {
    "people.Address": gettext_lazy("an address"),
    "people.Contact": gettext_lazy("a contact"),
    "people.Consent": gettext_lazy("a consent"),
    "people.PersonName": gettext_lazy("a change of name"),
    "people.PersonCode": gettext_lazy("an identifier"),
    "people.Photo": gettext_lazy("a photo"),
    "people.NumberReview": gettext_lazy("a number that was looked at"),
    "files.StoredFile": gettext_lazy("a file"),
}
for label, word in WORDS.items():
    rules.row_words.register(label, word)
rules.signed.register("files.StoredFile", lambda file: (str(file.owner or ""), file.created_at))
