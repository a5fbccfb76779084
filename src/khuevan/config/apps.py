"""The composing app: its ready() freezes what the others registered."""

from django.apps import AppConfig

from khuevan.kernel.actor import permissions
from khuevan.platform.audit.codes import codes
from khuevan.ui.home import cards, homes, tasks
from khuevan.ui.shell import extras, nav


class ConfigConfig(AppConfig):
    """Composition."""

    name = "khuevan.config"
    label = "config"

    def ready(self) -> None:
        """Close the registries: whatever comes later is a mistake."""
        for registry in (permissions, codes, nav, extras, cards, tasks, homes):
            registry.freeze()
