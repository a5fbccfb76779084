"""OneRoster as a kind of package; found by the sheets app when the program starts."""

from django.utils.translation import gettext_lazy as _

from khuevan.exchange.oneroster.lists import open_package
from khuevan.exchange.oneroster.texts import FAULT_TEXTS
from khuevan.platform.sheets.api import PackageKind, fault_texts, packages

PACKAGE = packages.register(
    "oneroster",
    PackageKind(
        word="oneroster",
        label=_("Load a OneRoster package"),
        open=open_package,
        about=_(
            "A .zip of OneRoster 1.1 or 1.2. Schools are found by their code (identifier in"
            " orgs.csv); of it, lists of staff, classes and pupils are made."
        ),
    ),
)

for code, text in FAULT_TEXTS.items():
    fault_texts.register(code, text)
