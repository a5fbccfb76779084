"""The feed app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedConfig(AppConfig):
    """What was written since a number, for programs that keep a copy."""

    name = "khuevan.platform.feed"
    label = "feed"
    verbose_name = _("Change feed")
