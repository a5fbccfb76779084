"""What the remarks app writes into the audit log.

Comments themselves are not told there: each keeps who, when and what was before.
"""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

PHRASES_ADDED = declare_code("remarks.phrases_added", _("Phrases for comments added: %(count)s"))
PHRASE_CHANGED = declare_code("remarks.phrase_changed", _("A phrase for comments changed"))
PHRASE_REMOVED = declare_code("remarks.phrase_removed", _("A phrase for comments removed"))
SETTING_CHANGED = declare_code(
    "remarks.setting_changed", _("What comments may say and how long they are changed")
)
