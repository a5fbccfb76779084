"""What taking something back means for people: their keys to sort and search follow the name."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.accounts.models import Person
from khuevan.platform.audit.api import reversal_rules as rules


def _set_keys(person: Person) -> None:
    person.set_name(person.family_name, person.middle_name, person.given_name)


rules.fill.register("accounts.Person", _set_keys)
rules.row_words.register("accounts.Person", _("personal facts"))
rules.row_words.register("accounts.User", _("an account to sign in"))
