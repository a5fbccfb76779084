"""The line of the code lists in the navigation, and what codes mean where a change is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules
from khuevan.platform.codes.lists import code_table
from khuevan.platform.codes.permissions import VIEW_CODES
from khuevan.ui.shell import NavItem, nav

nav.register(
    "codes",
    NavItem(
        label=_("Code lists"),
        route="codes:list",
        icon="book-open",
        permission=VIEW_CODES,
        order=945,
        foot=True,
        prefix="/code-lists/",
    ),
)

reversal_rules.value_words.register("ethnicity_code", code_table("peoples").name_of)
reversal_rules.value_words.register("nationality_code", code_table("nationalities").name_of)
