"""What other apps may use of the people app."""

from khuevan.registry.people.actions import set_address
from khuevan.registry.people.models import Address, AddressKind
from khuevan.registry.people.permissions import VIEW_ADDRESSES, VIEW_SENSITIVE

__all__ = ["VIEW_ADDRESSES", "VIEW_SENSITIVE", "Address", "AddressKind", "set_address"]
