"""Entries of the log as lines of a timeline."""

from tests.cast import Cast

from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.people.api import happening, set_addresses
from khuevan.registry.people.models import Address


def test_entry_names_whom_it_concerns_and_who_did_it(cast: Cast) -> None:
    entry = AuditEntry.objects.unscoped(because="a test").get(
        code="schools.class_opened", target_id=cast.class_6a.pk
    )
    line = happening(entry)
    assert line.title.endswith(": 6A")
    assert (line.text, line.when) == ("tests", "23/11")
    assert ":" not in happening(entry, name_target=False).title


def test_one_current_address_of_a_kind(cast: Cast) -> None:
    person = cast.minh_anh.person
    set_addresses({(person.pk, "CURRENT"): "Thôn 5"})
    rows = Address.objects.unscoped(because="a test").filter(person=person, kind="CURRENT")
    assert [row.detail for row in rows] == ["Thôn 5"]
