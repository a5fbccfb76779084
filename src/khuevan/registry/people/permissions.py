"""Who sees addresses and what is sensitive of a person."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_ADDRESSES = declare(
    "people.address:view",
    _("See pupils' addresses"),
    roles=("principal", "school_clerk", "homeroom_teacher", "guardian", "student"),
)
VIEW_SENSITIVE = declare(
    "people.sensitive:view",
    _("See sensitive facts: ethnicity, disability, policy groups, the whole personal number"),
    roles=("principal", "school_clerk", "guardian", "student"),
)
