"""The sheets app."""

from django.apps import AppConfig

from khuevan.platform.sheets.fault_texts import register_fault_texts


class SheetsConfig(AppConfig):
    """Sheets: spreadsheets read safely, recognized by their headers, answered cell by cell."""

    name = "khuevan.platform.sheets"
    label = "sheets"

    def ready(self) -> None:
        """Register the sentences of the faults."""
        register_fault_texts()
