"""What other apps may use of the people app."""

from khuevan.registry.people.actions import set_addresses
from khuevan.registry.people.bulk import (
    NewAddress,
    NewPerson,
    WrittenPerson,
    copy_rows,
    reserve_ids,
    write_addresses,
    write_people,
)
from khuevan.registry.people.finding import name_has
from khuevan.registry.people.models import Address, AddressKind
from khuevan.registry.people.permissions import VIEW_ADDRESSES, VIEW_SENSITIVE
from khuevan.registry.people.story import Happening, by, happening, icon_of

__all__ = [
    "VIEW_ADDRESSES",
    "VIEW_SENSITIVE",
    "Address",
    "AddressKind",
    "Happening",
    "NewAddress",
    "NewPerson",
    "WrittenPerson",
    "by",
    "copy_rows",
    "happening",
    "icon_of",
    "name_has",
    "reserve_ids",
    "set_addresses",
    "write_addresses",
    "write_people",
]
