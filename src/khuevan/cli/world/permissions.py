"""Who may fill an empty province with a planned one: whoever runs the server."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

GENERATE_WORLD = declare(
    "world.world:manage",
    _("Fill an empty province with invented people"),
    level="manage",
    roles=("operator",),
)
