"""Writing what is known of people besides who they are."""

from khuevan.registry.people.actions.addresses import convert_address, move_address, set_addresses
from khuevan.registry.people.actions.background import set_background
from khuevan.registry.people.actions.codes import (
    Replaced,
    add_passport,
    issue_temporary_code,
    keep_replaced_codes,
    replace_temporary_code,
    settle_temporary_codes,
)
from khuevan.registry.people.actions.common import note_opened
from khuevan.registry.people.actions.consents import answer, record_paper, withdraw
from khuevan.registry.people.actions.contacts import ContactData, set_contacts
from khuevan.registry.people.actions.names import change_name
from khuevan.registry.people.actions.numbers import confirm_number
from khuevan.registry.people.actions.photos import KIND as PHOTO_KIND
from khuevan.registry.people.actions.photos import end_photos, set_photo

__all__ = [
    "PHOTO_KIND",
    "ContactData",
    "Replaced",
    "add_passport",
    "answer",
    "change_name",
    "confirm_number",
    "convert_address",
    "end_photos",
    "issue_temporary_code",
    "keep_replaced_codes",
    "move_address",
    "note_opened",
    "record_paper",
    "replace_temporary_code",
    "set_addresses",
    "set_background",
    "set_contacts",
    "set_photo",
    "settle_temporary_codes",
    "withdraw",
]
