"""App configuration of the demo world."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorldConfig(AppConfig):
    """Planned worlds and their cast."""

    name = "khuevan.cli.world"
    label = "world"
    verbose_name = _("Demo world")
