"""What the students app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

REGISTERED = declare_code("students.registered", _("Pupils registered: %(count)s"))
CORRECTED = declare_code("students.corrected", _("Pupil's record corrected"))
PLACED = declare_code("students.placed", _("Moved to class %(class)s"))
LEFT = declare_code("students.left", _("Left the school"))
TAKEN_BACK = declare_code("students.taken_back", _("Leaving the school taken back"))
LIST_GIVEN = declare_code(
    "students.list_given", _("Gave a program the names of %(count)s pupils: %(purpose)s")
)
EXPORTED = declare_code("students.exported", _("List of pupils exported: %(count)s rows"))
UNMASKED = declare_code("students.unmasked", _("Sensitive data shown"))
CONSENT_GIVEN = declare_code("students.consent_given", _("Of age: the family may read on"))
CONSENT_WITHDRAWN = declare_code(
    "students.consent_withdrawn", _("Of age: the family may read no longer")
)
ARRIVAL_TAKEN_BACK = declare_code(
    "students.arrival_taken_back", _("Coming to the school taken back")
)
GUARDIAN_ADDED = declare_code("students.guardian_added", _("Guardian added: %(guardian)s"))
GUARDIAN_LIMITED = declare_code("students.guardian_limited", _("%(guardian)s: %(how)s"))
LIMIT_LIFTED = declare_code("students.limit_lifted", _("%(guardian)s: limit lifted"))
GUARDIAN_ENDED = declare_code("students.guardian_ended", _("Guardianship of %(guardian)s ended"))
GUARDIAN_RESTORED = declare_code(
    "students.guardian_restored", _("Guardianship of %(guardian)s restored")
)
GUARDIANS_ORDERED = declare_code("students.guardians_ordered", _("Order of contact changed"))
BREAK_STARTED = declare_code("students.break_started", _("On long leave: %(reason)s"))
BREAK_ENDED = declare_code("students.break_ended", _("Back from leave"))
BREAK_TAKEN_BACK = declare_code("students.break_taken_back", _("Leave taken back"))
BACK_TAKEN_BACK = declare_code("students.back_taken_back", _("Coming back from leave taken back"))
SECOND_STARTED = declare_code(
    "students.second_started", _("At a second school from %(on)s: %(reason)s")
)
SECOND_ENDED = declare_code("students.second_ended", _("No longer at the second school"))
SECOND_TAKEN_BACK = declare_code("students.second_taken_back", _("Second school taken back"))
NUMBERED = declare_code("students.numbered", _("Numbers of the registry book given: %(count)s"))
BOOK_CHANGED = declare_code("students.book_changed", _("Numbering of the registry book changed"))
