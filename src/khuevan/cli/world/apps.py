"""App configuration of the demo world."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from khuevan.cli.world.cast import CAST
from khuevan.platform.access.demo import DemoPerson, demo_cast


class WorldConfig(AppConfig):
    """Planned worlds and their cast."""

    name = "khuevan.cli.world"
    label = "world"
    verbose_name = _("Demo world")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the cast on the demo's sign-in page."""
        for member in CAST:
            person = DemoPerson(member.username, member.sees, member.group)
            demo_cast.register(member.username, person)
