"""What the people app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

NAME_CHANGED = declare_code("people.name.corrected", _("Name changed by decision"))
TEMPORARY_ISSUED = declare_code("people.code.issued", _("Temporary code issued"))
TEMPORARY_REPLACED = declare_code("people.code.replaced", _("Temporary code replaced"))
CODE_ADDED = declare_code("people.code.registered", _("Passport recorded"))
NUMBER_CONFIRMED = declare_code(
    "people.number.confirmed", _("Personal number confirmed against the papers")
)
CONTACTS_CHANGED = declare_code("people.contacts.corrected", _("Contacts changed"))
MOVED = declare_code("people.address.corrected", _("Address changed"))
CONVERTED = declare_code("people.address.converted", _("Address carried over to the new commune"))
CONSENT_GIVEN = declare_code("people.consent.given", _("Consent given: %(use)s"))
CONSENT_REFUSED = declare_code("people.consent.refused", _("Consent refused: %(use)s"))
CONSENT_WITHDRAWN = declare_code("people.consent.withdrawn", _("Consent taken back: %(use)s"))
BACKGROUND_SET = declare_code("people.background.corrected", _("Nationality or religion set"))
PHOTO_SET = declare_code("people.photo.uploaded", _("Photo of the record set"))
