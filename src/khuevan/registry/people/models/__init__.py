"""What is known of a person beyond identity, each with its period."""

from khuevan.registry.people.models.address import Address, AddressKind
from khuevan.registry.people.models.anchors import KEPT_BY, PERSON_ANCHORS, through_roles
from khuevan.registry.people.models.consents import Capacity, Consent, ConsentMethod
from khuevan.registry.people.models.contacts import Contact, ContactKind
from khuevan.registry.people.models.identity import (
    CodeKind,
    NumberReview,
    PersonCode,
    PersonName,
)
from khuevan.registry.people.models.photos import Photo

__all__ = [
    "KEPT_BY",
    "PERSON_ANCHORS",
    "Address",
    "AddressKind",
    "Capacity",
    "CodeKind",
    "Consent",
    "ConsentMethod",
    "Contact",
    "ContactKind",
    "NumberReview",
    "PersonCode",
    "PersonName",
    "Photo",
    "through_roles",
]
