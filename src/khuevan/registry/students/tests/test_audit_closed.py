"""The log tells what was done; it opens no pupil's record to those who may not see it."""

from __future__ import annotations

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_grant, make_person

from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.students.api import correct_student

pytestmark = pytest.mark.django_db

VALUES = ("Phạm Minh Anh", "Phạm Minh Ánh", "01/02/2015", "042315000482", "0987654321")


@pytest.fixture
def corrected(cast: Cast) -> AuditEntry:
    """Return the entry of a correction of a pupil's name, number of phone and date of birth."""
    student = cast.minh_anh
    correct_student(
        actor=actor_of(cast.loan),
        uuid=student.uuid,
        version=student.person.version,
        changes={"full_name": "Phạm Minh Ánh", "phone": "0987654321"},
        now=NOW,
    )
    entries = AuditEntry.objects.unscoped(because="a test")
    return entries.filter(code="students.corrected").latest("id")


@pytest.mark.parametrize("role", ["department_director", "system_admin", "data_protection_officer"])
def test_who_may_not_open_the_record_reads_no_name_in_the_log(
    cast: Cast, client: Client, corrected: AuditEntry, role: str
) -> None:
    reader = make_person("Nguyễn Thái Sơn")
    make_grant(reader, role)
    client.sign_in(reader)
    for address in ("/audit/", f"/audit/{corrected.uuid}/", "/audit/?who=Minh"):
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert not [value for value in VALUES if value in text], address
    found = client.get("/audit/", {"who": "Phạm Minh"}).content.decode()
    assert f"/audit/{corrected.uuid}/" not in found


def test_the_principal_reads_what_changed(
    cast: Cast, client: Client, corrected: AuditEntry
) -> None:
    text = client.sign_in(cast.hung).get(f"/audit/{corrected.uuid}/").content.decode()
    assert "Phạm Minh Ánh" in text
    assert (
        f"/audit/{corrected.uuid}/" in client.get("/audit/", {"who": "Phạm Minh"}).content.decode()
    )
