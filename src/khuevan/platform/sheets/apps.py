"""The sheets app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.fault_texts import register_fault_texts
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.ui.shell import NavItem, nav


class SheetsConfig(AppConfig):
    """Sheets: spreadsheets read safely, recognized by their headers, answered cell by cell."""

    name = "khuevan.platform.sheets"
    label = "sheets"
    verbose_name = _("Lists from spreadsheets")

    def ready(self) -> None:
        """Register the sentences of the faults, and the navigation line."""
        register_fault_texts()
        autodiscover_modules("imports", "reversal")
        nav.register(
            "sheets",
            NavItem(
                label=_("Load lists"),
                route="sheets:index",
                icon="file-up",
                permission=USE_IMPORTS,
                group=_("School records"),
                hats=("principal", "clerk", "admin", "support"),
                order=60,
            ),
        )
        nav.register(
            "sheets_sector",
            NavItem(
                label=_("Load lists"),
                route="sheets:index",
                icon="file-up",
                permission=USE_IMPORTS,
                group=_("Sector records"),
                hats=("officer",),
                order=345,
            ),
        )
