"""Who gets a file, and how it is sent."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_staff

from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import VIEW_USERS
from khuevan.platform.access.models import Grant
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.files.api import StoredFile, get_file_for, store_content
from khuevan.platform.files.tests.factories import TODAY, make_actor, make_person, make_unit

pytestmark = pytest.mark.django_db


def of_school_a(cast: Cast, kind: str = "tests.unit") -> StoredFile:
    return store_content(
        actor=actor_of(cast.loan),
        content="một hai".encode(),
        name="Danh sách Ẵ.csv",
        kind=kind,
        now=NOW,
        unit_id=cast.school_a.pk,
    )


def address(file: StoredFile) -> str:
    return reverse("files:download", args=[file.uuid])


def test_a_file_is_sent_as_an_attachment_nobody_runs(cast: Cast, client: Client) -> None:
    response = client.sign_in(cast.loan).get(address(of_school_a(cast)))
    assert response.getvalue() == "một hai".encode()
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "filename*=utf-8''Danh%20s%C3%A1ch%20%E1%BA%B4.csv" in disposition


def test_opening_a_file_with_many_peoples_data_is_logged(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung).get(address(of_school_a(cast)))
    entry = AuditEntry.objects.unscoped(because="tests").get(code="files.downloaded")
    assert (entry.actor_person_id, entry.unit_id) == (cast.hung.pk, cast.school_a.pk)


def test_another_school_gets_what_a_stranger_gets(cast: Cast, client: Client) -> None:
    """Also to whoever may open such files at their own school."""
    file = of_school_a(cast)
    clerk = make_staff("Phan Văn Tài", school=cast.school_b, position="CLERK").person
    assert actor_of(clerk).may(VIEW_USERS)
    for person in (cast.mai, clerk):
        assert client.sign_in(person).get(address(file)).status_code == 404
    missing = reverse("files:download", args=[uuid4()])
    assert client.get(missing).status_code == 404


def test_nobody_signed_out_gets_a_file(cast: Cast, client: Client) -> None:
    assert client.get(address(of_school_a(cast))).status_code in {302, 401}


def test_a_private_file_is_its_owners_alone(cast: Cast) -> None:
    file = of_school_a(cast, kind="tests.private")
    assert get_file_for(actor_of(cast.loan), file.uuid) == file
    with pytest.raises(NotFound):
        get_file_for(actor_of(cast.hung), file.uuid)


def test_an_owner_who_lost_the_permission_lost_the_file() -> None:
    person, unit = make_person(), make_unit()
    actor = make_actor(person, VIEW_USERS, unit=unit)
    file = store_content(actor=actor, content=b"a", name="a.csv", kind="tests.unit", now=NOW)
    assert get_file_for(actor, file.uuid) == file
    Grant.objects.unscoped(because="tests").filter(person=person).update(ends_on=TODAY)
    with pytest.raises(NotFound):
        get_file_for(make_actor(person), file.uuid)


def test_a_lost_content_is_told(cast: Cast, client: Client, storage: object) -> None:
    file = of_school_a(cast)
    StoredFile.objects.unscoped(because="tests").filter(pk=file.pk).update(path="files/gone")
    response = client.sign_in(cast.loan).get(address(file))
    assert response.status_code == 410
