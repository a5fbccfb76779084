"""What the change feed carries of people beside their roles: that it changed, nothing private.

Codes, numbers, phones and the words of an address are read at the record, where it is logged.
"""

from khuevan.platform.accounts.api import Person
from khuevan.platform.areas.api import Area
from khuevan.platform.feed.api import Publication, Reference, publish
from khuevan.platform.organizations.api import OrgUnit
from khuevan.registry.people.models import Address, Consent, Contact, PersonCode, PersonName
from khuevan.registry.people.permissions import VIEW_ADDRESSES, VIEW_CONSENTS, VIEW_PERSONS

_PERSON = Reference("person_id", Person)
_PERIOD = {"starts_on": "starts_on", "ends_on": "ends_on"}

publish(
    Publication(
        "person_names",
        PersonName,
        VIEW_PERSONS,
        fields={
            "person": _PERSON,
            "family_name": "family_name",
            "middle_name": "middle_name",
            "given_name": "given_name",
            "reason": "reason",
            "decision": "decision",
            **_PERIOD,
        },
    )
)
publish(
    Publication(
        "person_codes",
        PersonCode,
        VIEW_PERSONS,
        fields={"person": _PERSON, "kind": "kind", "replaced_by": "replaced_by", **_PERIOD},
    )
)
publish(
    Publication(
        "contacts",
        Contact,
        VIEW_PERSONS,
        fields={"person": _PERSON, "kind": "kind", "position": "position", **_PERIOD},
    )
)
publish(
    Publication(
        "addresses",
        Address,
        VIEW_ADDRESSES,
        fields={
            "person": _PERSON,
            "kind": "kind",
            "area": Reference("area_id", Area, "code"),
            **_PERIOD,
        },
    )
)
publish(
    Publication(
        "consents",
        Consent,
        VIEW_CONSENTS,
        fields={
            "person": Reference("subject_id", Person),
            "controller": Reference("controller_id", OrgUnit, "code"),
            "purpose": "purpose",
            "is_yes": "is_yes",
            "method": "method",
            "valid_from": "valid_from",
        },
    )
)
