"""Who sees and keeps what is known of people, and what of it is sensitive."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_PERSONS = declare(
    "people.person:view",
    _("See people's names, codes and roles over the years"),
    roles=("principal", "school_clerk", "guardian", "student"),
)
EDIT_PERSONS = declare(
    "people.person:record",
    _("Change people's names, codes, contacts and addresses"),
    level="record",
    roles=("principal", "school_clerk"),
)
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
VIEW_DOUBTS = declare(
    "people.doubt:view",
    _("See which personal numbers contradict the record"),
    roles=("principal", "school_clerk", "department_specialist", "commune_officer"),
)
SETTLE_DOUBTS = declare(
    "people.doubt:record",
    _("Confirm a personal number after seeing the papers"),
    level="record",
    roles=("principal", "school_clerk"),
)
VIEW_CONSENTS = declare(
    "people.consent:view",
    _("See who agreed to which use of a person's data"),
    roles=("principal", "school_clerk", "homeroom_teacher", "guardian", "student"),
)
GIVE_CONSENTS = (
    declare(  # an act, no look into a record: offices that open accounts need not hold it
        "consents.answer:give",
        _("Agree to a use of one's own or one's child's data, and take it back"),
        level="record",
        roles=("guardian", "student"),
    )
)
RECORD_CONSENTS = declare(
    "people.consent:record",
    _("Record consent given on paper"),
    level="record",
    roles=("principal", "school_clerk"),
)
