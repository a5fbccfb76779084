"""Files are destroyed by a decision when their time is over, and never otherwise (REC-11)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.files import kinds as file_kinds
from khuevan.platform.files.api import StoredFile, open_content
from khuevan.platform.files.errors import FileDestroyed
from khuevan.platform.organizations.api import NumberUnfit
from khuevan.platform.retention.api import (
    Decision,
    DecisionNeeded,
    DestroyedFile,
    KeptForEver,
    StillInUse,
    TimeNotOver,
    destroy_files,
    sources,
)
from khuevan.platform.retention.errors import (
    DecisionTooOld,
    DeletedBySystem,
    DestroyedAlready,
    NoSuchFiles,
)
from khuevan.platform.retention.kinds import kinds
from khuevan.registry.people.api import set_photo
from khuevan.registry.people.models import Photo
from khuevan.registry.people.tests.pictures import small_png
from khuevan.registry.students.api import Enrollment
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_student
from tests.retention.cases import LONG_AGO, ended_case

pytestmark = pytest.mark.django_db
DECISION = Decision("12/QĐ-THCS", TODAY, "Trần Văn Hùng")


def destroy(who: Any, file: StoredFile, decision: Decision = DECISION, **changes: Any) -> Any:
    asked = {"code": "TRANSFER_FILE", "files": [file.uuid], "now": NOW, **changes}
    return destroy_files(actor=actor_of(who), decision=decision, **asked)


def test_a_transcript_is_refused_whoever_asks(cast: Cast) -> None:
    with pytest.raises(KeptForEver) as refused:
        destroy_files(
            actor=EVERYTHING, code="TRANSCRIPT", files=[uuid4()], decision=DECISION, now=NOW
        )
    assert "88/2026/NĐ-CP" in str(refused.value)


@pytest.mark.parametrize("code", ["CONSENT", "CONTACT"])
def test_a_kind_without_files_is_answered_by_a_sentence(
    cast: Cast, client: Client, code: str
) -> None:
    with pytest.raises((NoSuchFiles, DeletedBySystem)):
        destroy_files(actor=EVERYTHING, code=code, files=[uuid4()], decision=DECISION, now=NOW)
    found = client.sign_in(cast.hung).get(f"/api/v1/retention/kinds/{code}/over")
    assert (found.status_code, found.json()) == (200, [])


def test_a_decision_is_later_than_the_term_and_has_a_number(cast: Cast) -> None:
    file = ended_case(cast.class_6a, cast.school_b)
    for day in (date(1900, 1, 1), date(2025, 9, 1)):
        with pytest.raises(DecisionTooOld) as refused:
            destroy(cast.hung, file, Decision("12/QĐ-THCS", day, "Trần Văn Hùng"))
        assert "01/09/2025" in str(refused.value)
    with pytest.raises(NumberUnfit):
        destroy(cast.hung, file, Decision("A", TODAY, "A"))
    assert destroy(cast.hung, file, Decision("12/QĐ-THCS", date(2025, 9, 2), "Trần Văn Hùng"))


def test_what_is_over_waits_for_a_whole_decision(cast: Cast) -> None:
    file = ended_case(cast.class_6a, cast.school_b)
    for one in (Decision(), Decision("12/QĐ", TODAY, " "), Decision("12/QĐ", None, "Ai")):
        with pytest.raises(DecisionNeeded):
            destroy(cast.hung, file, one)
    with open_content(file) as content:
        assert content.read()


def test_by_a_decision_it_is_destroyed_and_the_list_is_kept(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    file = ended_case(cast.class_6a, cast.school_b)
    with django_capture_on_commit_callbacks(execute=True):
        (made,) = destroy(cast.hung, file)
    assert not default_storage.exists(file.path)
    file.refresh_from_db()
    with pytest.raises(FileDestroyed):
        open_content(file)
    listed = DestroyedFile.objects.unscoped(because="tests").get(destruction=made)
    assert (listed.whose, listed.since) == ("Lê Gia Hân", LONG_AGO)
    assert listed.kept_until == date(2025, 9, 1)
    assert (made.count, made.unit_id, made.by_id) == (1, cast.school_a.pk, cast.hung.pk)
    entry = AuditEntry.objects.unscoped(because="tests").get(code="retention.destroyed")
    assert entry.unit_id == cast.school_a.pk


def test_who_is_second_is_told_and_a_stranger_is_not(cast: Cast) -> None:
    file = ended_case(cast.class_6a, cast.school_b)
    other = ended_case(cast.class_6a, cast.school_b)
    destroy(cast.hung, file)
    with pytest.raises(DestroyedAlready) as told:
        destroy(cast.hung, file, files=[file.uuid, other.uuid])
    assert "12/QĐ-THCS" in str(told.value)
    other.refresh_from_db()
    assert other.destroyed_at is None
    with pytest.raises(NotFound):
        destroy(cast.mai, file)
    with pytest.raises(NotFound):
        destroy(cast.hung, file, files=[file.uuid, uuid4()])


def test_before_its_time_and_while_the_case_goes_on_it_stays(cast: Cast) -> None:
    young = ended_case(cast.class_6a, cast.school_b, since=date(2020, 1, 1))
    with pytest.raises(TimeNotOver) as refused:
        destroy(cast.hung, young)
    assert "01/01/2030" in str(refused.value)
    with pytest.raises(StillInUse):
        destroy(cast.hung, ended_case(cast.class_6a, cast.school_b, since=None))


def test_the_department_may_and_another_school_may_not(cast: Cast) -> None:
    file = ended_case(cast.class_6a, cast.school_b)
    for stranger in (cast.mai, cast.lan):
        with pytest.raises(NotFound):
            destroy(stranger, file)
    assert destroy(cast.binh, file)


def test_the_photo_of_a_pupil_long_gone_leaves_the_record(cast: Cast) -> None:
    pupil = make_student("Bùi Thu An", homeroom_class=cast.class_6a, personal_number=None)
    upload = SimpleUploadedFile("anh.png", small_png(160, 200))
    photo = set_photo(actor=EVERYTHING, uuid=pupil.person.uuid, upload=upload, now=NOW)
    with pytest.raises(StillInUse):
        destroy(cast.hung, photo.file, code="PUPIL_PHOTO")
    rows = Enrollment.objects.unscoped(because="tests").filter(person=pupil.person)
    rows.update(starts_on=date(2014, 9, 5), ends_on=date(2018, 6, 1), exit_kind="COMPLETED")
    assert destroy(cast.hung, photo.file, code="PUPIL_PHOTO")
    held = Photo.objects.unscoped(because="tests").get(pk=photo.pk)
    assert held.replaced_at == NOW


def test_every_kind_of_file_has_a_term_and_what_the_system_deletes_agrees(cast: Cast) -> None:
    termed = {code: kind for kind in kinds().values() for code in kind.file_kinds}
    ours = {one.code: one for one in file_kinds.kinds if not one.code.startswith("tests.")}
    assert termed.keys() == ours.keys()
    for code, one in ours.items():
        assert termed[code].term.days == (one.keep.days if one.keep else 0)
    assert {code for code, _source in sources.items()} <= kinds().keys()


def test_a_report_card_among_the_papers_is_kept_for_ever(cast: Cast, client: Client) -> None:
    file = ended_case(cast.class_6a, cast.school_b, paper="REPORT_CARD")
    with pytest.raises(NotFound):
        destroy(cast.hung, file)
    shown = client.sign_in(cast.hung).get(reverse("retention:kind", args=["TRANSFER_FILE"]))
    assert "Lê Gia Hân" not in shown.content.decode()


def test_the_page_lists_destroys_and_shows_what_was(cast: Cast, client: Client) -> None:
    file = ended_case(cast.class_6a, cast.school_b)
    client.sign_in(cast.hung)
    address = reverse("retention:kind", args=["TRANSFER_FILE"])
    assert "Lê Gia Hân" in client.get(address).content.decode()
    form = {"number": "", "decided_on": "", "signer": "", "file": str(file.uuid)}
    to = reverse("retention:destroy", args=["TRANSFER_FILE"])
    assert client.post(to, form).status_code == 422
    form |= {"number": "12/QĐ-THCS", "decided_on": f"{TODAY:%d/%m/%Y}", "signer": "Trần Văn Hùng"}
    assert client.post(to, form).status_code == 302
    assert "12/QĐ-THCS" in client.get(reverse("retention:list")).content.decode()
    assert "Lê Gia Hân" not in client.get(address).content.decode()
    client.sign_in(cast.mai)
    assert client.get(reverse("retention:list")).status_code == 404
