"""What the schools app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

SCHOOL_OPENED = declare_code("schools.school_opened", _("School opened"))
SCHOOL_REGISTERED = declare_code(
    "schools.school_registered", _("School recorded as the register has it")
)
REGISTER_CORRECTED = declare_code(
    "schools.register_corrected", _("School corrected as the register has it")
)
CLASS_OPENED = declare_code("schools.class_opened", _("Class opened"))
CLASSES_OPENED = declare_code("schools.classes_opened", _("Classes opened: %(count)s"))
CLASS_CHANGED = declare_code("schools.class_changed", _("Class changed"))
CLASS_CLOSED = declare_code("schools.class_closed", _("Class closed; merged into: %(into)s"))
FACTS_CHANGED = declare_code(
    "schools.facts_changed", _("Legal facts changed from %(on)s by decision %(decision)s")
)
FACTS_CORRECTED = declare_code("schools.facts_corrected", _("Legal facts corrected: %(reason)s"))
CODE_CHANGED = declare_code("schools.code_changed", _("School code changed"))
SCHOOL_CLOSED = declare_code(
    "schools.school_closed", _("School closed from %(on)s by decision %(decision)s")
)
OPERATION_PERMITTED = declare_code(
    "schools.operation_permitted",
    _("Permitted to operate from %(on)s by decision %(decision)s"),
)
DECISION_CORRECTED = declare_code(
    "schools.decision_corrected", _("Decision %(decision)s corrected: %(reason)s")
)
DECISION_WITHDRAWN = declare_code(
    "schools.decision_withdrawn", _("%(matter)s, decision %(decision)s, withdrawn: %(reason)s")
)
FOUNDING_REVOKED = declare_code(
    "schools.founding_revoked",
    _("%(school)s does not open: founding %(decision)s withdrawn: %(reason)s"),
)
CAMPUS_OPENED = declare_code("schools.campus_opened", _("Campus opened"))
CAMPUS_CHANGED = declare_code("schools.campus_changed", _("Campus changed"))
CAMPUS_CLOSED = declare_code("schools.campus_closed", _("Campus closed"))
ROOM_ADDED = declare_code("schools.room_added", _("Room added"))
ROOM_CHANGED = declare_code("schools.room_changed", _("Room changed"))
ROOM_CLOSED = declare_code("schools.room_closed", _("Room taken out of use"))
CONTACT_CHANGED = declare_code("schools.contact_changed", _("Contact details changed"))
PLACES_FURNISHED = declare_code("schools.places_furnished", _("Rooms written down: %(count)s"))
YEAR_DECIDED = declare_code(
    "schools.year_decided", _("Year %(year)s decided for %(level)s by decision %(decision)s")
)
DAYS_CLOSED = declare_code("schools.days_closed", _("Days without lessons"))
CLOSURE_WITHDRAWN = declare_code("schools.closure_withdrawn", _("Days without lessons taken back"))
MAKE_UP_WITHDRAWN = declare_code("schools.make_up_withdrawn", _("Make-up day %(on)s taken back"))
DAY_MADE_UP = declare_code("schools.day_made_up", _("Lessons made up on %(on)s"))
