"""What the students app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

REGISTERED = declare_code("students.registered", _("Pupils registered: %(count)s"))
CORRECTED = declare_code("students.corrected", _("Pupil's record corrected"))
PLACED = declare_code("students.placed", _("Moved to class %(class)s"))
LEFT = declare_code("students.left", _("Left the school"))
TAKEN_BACK = declare_code("students.taken_back", _("Leaving the school taken back"))
EXPORTED = declare_code("students.exported", _("List of pupils exported: %(count)s rows"))
UNMASKED = declare_code("students.unmasked", _("Sensitive data shown"))
CONSENT_GIVEN = declare_code("students.consent_given", _("Of age: the family may read on"))
CONSENT_WITHDRAWN = declare_code(
    "students.consent_withdrawn", _("Of age: the family may read no longer")
)
ARRIVAL_TAKEN_BACK = declare_code(
    "students.arrival_taken_back", _("Coming to the school taken back")
)
