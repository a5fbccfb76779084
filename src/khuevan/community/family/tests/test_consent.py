"""A pupil of 18 lets the family read on, and takes it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_guardian_data, make_student

from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.students.api import Guardianship, Student, correct_student, limit_guardian

CONSENT = {"reads": "on"}


def adult(cast: Cast) -> tuple[Student, Person]:
    """Return a pupil of 18 and the father."""
    student = make_student(
        "Vũ Gia Hân",
        school=cast.school_a,
        birth_date=date(2008, 3, 1),
        guardians=[make_guardian_data("Vũ Văn Nam", relation="FATHER", phone="0912000777")],
    )
    rows = Guardianship.objects.unscoped(because="test").select_related("guardian")
    return student, rows.get(student=student).guardian


def home(client: Client, person: Person | Student) -> str:
    """Return the first page of somebody."""
    return str(client.sign_in(person).get("/").content.decode())


def answer(client: Client, student: Student, **values: str) -> Any:
    return client.sign_in(student).post(reverse("family:consent"), values)


def test_the_father_reads_on_from_the_day_of_the_consent(cast: Cast, client: Client) -> None:
    student, father = adult(cast)
    record = reverse("family:child", args=[student.uuid])
    assert "01/03/2026" in home(client, father)
    assert "có thể cho anh/chị xem lại" in home(client, father)
    assert client.sign_in(father).get(record).status_code == 404
    assert "Cho gia đình xem tiếp" in home(client, student)
    assert answer(client, student, **CONSENT).status_code == 302
    assert answer(client, student, **CONSENT).status_code == 302
    assert client.sign_in(father).get(record).status_code == 200
    assert "Thôi chia sẻ" in home(client, student)


def test_it_is_taken_back_at_any_time_and_the_father_is_told(cast: Cast, client: Client) -> None:
    student, father = adult(cast)
    answer(client, student, **CONSENT)
    answer(client, student, reads="off")
    record = reverse("family:child", args=[student.uuid])
    assert client.sign_in(father).get(record).status_code == 404
    assert "không còn chia sẻ hồ sơ" in home(client, father)
    answer(client, student, **CONSENT)
    assert client.sign_in(father).get(record).status_code == 200
    codes = AuditEntry.objects.unscoped(because="test").filter(code__startswith="students.consent")
    told = [row.code.rpartition("_")[2] for row in codes.order_by("pk")]
    assert told == ["given", "withdrawn", "given"]


def test_it_is_taken_back_from_who_lost_custody_since(cast: Cast, client: Client) -> None:
    student, father = adult(cast)
    answer(client, student, **CONSENT)
    row = Guardianship.objects.unscoped(because="test").get(student=student)
    limit_guardian(
        actor=actor_of(cast.loan),
        uuid=row.uuid,
        kind="NO_CUSTODY",
        starts_on=TODAY,
        paper="Bản án 12/2026/HNGĐ-ST",
        now=NOW,
    )
    answer(client, student, reads="off")
    record = reverse("family:child", args=[student.uuid])
    assert client.sign_in(father).get(record).status_code == 404


def test_a_corrected_birth_date_leaves_the_consent(cast: Cast, client: Client) -> None:
    student, father = adult(cast)
    answer(client, student, **CONSENT)
    student.person.refresh_from_db()
    correct_student(
        actor=actor_of(cast.loan),
        uuid=student.uuid,
        version=student.person.version,
        changes={"birth_date": date(2008, 2, 1)},
        now=NOW,
    )
    record = reverse("family:child", args=[student.uuid])
    assert client.sign_in(father).get(record).status_code == 200


def test_a_consent_may_have_an_end(cast: Cast, client: Client, settings: Any) -> None:
    settings.FAMILY_CONSENT_DAYS = 30
    student, father = adult(cast)
    answer(client, student, **CONSENT)
    settings.PINNED_TODAY = date(TODAY.year, 12, 31)
    record = reverse("family:child", args=[student.uuid])
    assert client.sign_in(father).get(record).status_code == 404


def test_a_child_decides_nothing_and_a_parent_neither(cast: Cast, client: Client) -> None:
    assert "Cho gia đình xem tiếp" not in home(client, cast.minh_anh)
    assert answer(client, cast.minh_anh, **CONSENT).status_code == 409
    assert answer(client, cast.minh_anh, reads="off").status_code == 409
    url = reverse("family:consent")
    assert client.sign_in(cast.huong).post(url, CONSENT).status_code == 404
