"""A person over the years: names, codes, contacts, addresses, as pages and programs see them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from khuevan.kernel.errors import NotFound
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.people import actions
from khuevan.registry.people.errors import (
    CodeTaken,
    KeptElsewhere,
    NoSuchDay,
    NumberKnown,
    NumberTaken,
    PersonChanged,
    SameName,
    UnknownCode,
)
from khuevan.registry.people.models import PersonCode, PersonName
from khuevan.registry.staff.actions import Identity, Post, appoint_second, correct_identity
from khuevan.registry.staff.models import StaffMember
from khuevan.registry.students.api import Enrollment, Guardianship, Student, correct_student
from khuevan.registry.students.finding import find_students
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_guardian_data, make_staff, make_student

pytestmark = pytest.mark.django_db


def _again(person: Person) -> Person:
    return Person.objects.unscoped(because="tests").get(pk=person.pk)


def _rename(cast: Cast, **changes: Any) -> Person:
    person = _again(cast.minh_anh.person)
    values = {
        "actor": actor_of(cast.loan),
        "uuid": person.uuid,
        "version": person.version,
        "full_name": "Trần Minh Anh",
        "on": TODAY,
        "reason": "Theo họ mẹ",
        "decision": "QĐ 12/2026",
        "now": NOW,
    }
    return actions.change_name(**{**values, **changes})


def _found(cast: Cast, words: str) -> list[str]:
    return [hit.detail for hit in find_students(actor_of(cast.loan), words, 5)]


def test_namesakes_of_one_birth_date_are_told_apart(cast: Cast) -> None:
    twins = [
        make_student("Đinh Thị Song", homeroom_class=cast.class_6b, personal_number=number)
        for number in ("042315000771", "042315000882")
    ]
    born = {_again(one.person).birth_date for one in twins}
    assert len(born) == 1
    assert {detail.split(" · ")[-1] for detail in _found(cast, "dinh thi song")} == {
        "042315 ••• 771",
        "042315 ••• 882",
    }


class TestBackground:
    def _set(self, cast: Cast, who: str = "loan", **changes: Any) -> Person:
        person = _again(cast.minh_anh.person)
        values = {
            "actor": actor_of(getattr(cast, who)),
            "uuid": person.uuid,
            "version": person.version,
            "nationality_code": "LA",
            "religion_code": "02",
            "now": NOW,
        }
        return actions.set_background(**{**values, **changes})

    def test_the_log_never_says_which_religion(self, cast: Cast) -> None:
        person = self._set(cast)
        assert (person.nationality_code, person.religion_code) == ("LA", "02")
        entry = AuditEntry.objects.unscoped(because="tests").order_by("-id")[0]
        assert entry.details["religion"] is True
        assert "02" not in str([entry.before, entry.after, entry.details])

    def test_who_names_no_religion_leaves_it(self, cast: Cast) -> None:
        self._set(cast)
        assert self._set(cast, religion_code=None, nationality_code="").religion_code == "02"

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"nationality_code": "ZZ"}, UnknownCode),
            ({"religion_code": "77"}, UnknownCode),
            ({"version": 99}, PersonChanged),
            ({"who": "lan"}, NotFound),
        ],
    )
    def test_refused(self, cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            self._set(cast, **changes)

    def test_religion_is_shown_with_the_private_facts_alone(
        self, cast: Cast, client: Client
    ) -> None:
        self._set(cast)
        client.sign_in(cast.loan)
        url = reverse("students:record", args=[cast.minh_anh.uuid])
        assert "Công giáo" not in client.get(url).content.decode()
        shown = client.post(f"{url}sensitive/").content.decode()
        assert "Công giáo" in shown


class TestNames:
    def test_the_former_name_is_kept_and_finds_the_pupil(self, cast: Cast) -> None:
        _rename(cast)
        kept = PersonName.objects.unscoped(because="tests").get()
        assert (kept.full_name, kept.ends_on) == ("Phạm Minh Anh", TODAY)
        assert "tên cũ: Phạm Minh Anh" in _found(cast, "pham minh anh")[0]
        assert _found(cast, "tran minh anh")

    def test_lists_sort_by_the_new_name(self, cast: Cast) -> None:
        person = _rename(cast)
        row = Enrollment.objects.unscoped(because="tests").get(person=person)
        assert row.sort_key == person.sort_key

    def test_a_second_change_begins_where_the_first_ended(self, cast: Cast) -> None:
        _rename(cast, on=TODAY - timedelta(days=10))
        _rename(cast, full_name="Trần Anh")
        rows = PersonName.objects.unscoped(because="tests").order_by("ends_on")
        assert rows[1].starts_on == rows[0].ends_on

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"full_name": "Phạm Minh Anh"}, SameName),
            ({"on": TODAY + timedelta(days=1)}, NoSuchDay),
            ({"on": date(2015, 7, 18)}, NoSuchDay),
            ({"version": 99}, PersonChanged),
        ],
    )
    def test_refused(self, cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            _rename(cast, **changes)


class TestCodes:
    def test_a_temporary_code_gives_way_and_still_finds_the_pupil(self, cast: Cast) -> None:
        actor = actor_of(cast.loan)
        student = make_student("Đinh Thị Mới", homeroom_class=cast.class_6b)
        uuid = student.person.uuid
        issued = actions.issue_temporary_code(actor=actor, uuid=uuid, now=NOW)
        assert actions.issue_temporary_code(actor=actor, uuid=uuid, now=NOW) == issued
        person = _again(student.person)
        actions.replace_temporary_code(
            actor=actor,
            uuid=uuid,
            version=person.version,
            personal_number="042315000999",
            moet_code="4200001234",
            now=NOW,
        )
        assert Student.objects.unscoped(because="tests").get(pk=student.pk).moet_code
        assert _again(person).personal_number == "042315000999"
        for words in (issued.code, "042315000999", "4200001234"):
            assert len(_found(cast, words)) == 1, words
        entry = AuditEntry.objects.unscoped(because="tests").filter(code="people.code.replaced")
        assert entry.get().unit_id == cast.school_a.pk

    def test_whoever_has_a_number_gets_no_temporary_code(self, cast: Cast) -> None:
        person = cast.minh_anh.person
        with pytest.raises(NumberKnown):
            actions.issue_temporary_code(actor=actor_of(cast.loan), uuid=person.uuid, now=NOW)

    def test_a_number_of_another_school_is_refused_without_saying_whose(self, cast: Cast) -> None:
        """The sentence is the same for a pupil of one's own school and of another."""
        said = []
        for taken in ("042315000482", "042215000555"):
            if taken != "042315000482":
                make_student("Hồ Sơ Khác", homeroom_class=cast.class_b, personal_number=taken)
            student = make_student("Đinh Thị Mới", homeroom_class=cast.class_6b)
            actor, uuid = actor_of(cast.loan), student.person.uuid
            actions.issue_temporary_code(actor=actor, uuid=uuid, now=NOW)
            with pytest.raises(NumberTaken) as refusal:
                actions.replace_temporary_code(
                    actor=actor, uuid=uuid, version=1, personal_number=taken, now=NOW
                )
            said.append(str(refusal.value))
        assert said[0] == said[1]
        assert "Ninh" not in said[0]

    def test_a_code_of_the_ministry_that_another_replaces_still_finds(self, cast: Cast) -> None:
        for code in ("4200000001", "4200000002"):
            correct_student(
                actor=actor_of(cast.loan),
                uuid=cast.minh_anh.uuid,
                version=_again(cast.minh_anh.person).version,
                changes={"moet_code": code},
                now=NOW,
            )
        assert _found(cast, "4200000001") == _found(cast, "4200000002")
        assert len(_found(cast, "4200000001")) == 1

    def test_a_number_on_the_record_ends_the_temporary_code(self, cast: Cast) -> None:
        student = make_student("Đinh Thị Mới", homeroom_class=cast.class_6b)
        actor = actor_of(cast.loan)
        actions.issue_temporary_code(actor=actor, uuid=student.person.uuid, now=NOW)
        correct_student(
            actor=actor,
            uuid=student.uuid,
            version=1,
            changes={"personal_number": "042315000999"},
            now=NOW,
        )
        row = PersonCode.objects.unscoped(because="tests").get(person=student.person)
        assert (row.ends_on, row.replaced_by) == (TODAY, "NUMBER")

    def test_a_passport_belongs_to_one(self, cast: Cast) -> None:
        told: dict[str, Any] = {
            "actor": actor_of(cast.loan),
            "country": "LA",
            "starts_on": None,
            "now": NOW,
        }
        actions.add_passport(uuid=cast.minh_anh.person.uuid, code="n 1234567", **told)
        with pytest.raises(CodeTaken):
            actions.add_passport(uuid=cast.student_6b.person.uuid, code="N1234567", **told)


class TestDoubts:
    def test_listed_within_reach_until_confirmed(self, cast: Cast, client: Client) -> None:
        own = make_student(
            "Đinh Thị Lệch", homeroom_class=cast.class_6b, personal_number="042215000771"
        )
        make_student("Hồ Thị Lệch", homeroom_class=cast.class_b, personal_number="042215000772")
        page = client.sign_in(cast.loan).get(reverse("people:doubts")).content.decode()
        assert "Đinh Thị Lệch" in page
        assert "Hồ Thị Lệch" not in page
        page = Client().sign_in(cast.binh).get(reverse("people:doubts")).content.decode()
        assert "Đinh Thị Lệch" in page
        assert "Hồ Thị Lệch" in page
        actions.confirm_number(
            actor=actor_of(cast.loan), uuid=own.person.uuid, reason="Giấy khai sinh", now=NOW
        )
        page = client.get(reverse("people:doubts")).content.decode()
        assert "Đinh Thị Lệch" not in page

    def test_a_new_doubt_is_listed_again(self, cast: Cast) -> None:
        own = make_student(
            "Đinh Thị Lệch", homeroom_class=cast.class_6b, personal_number="042215000771"
        )
        actor = actor_of(cast.loan)
        actions.confirm_number(actor=actor, uuid=own.person.uuid, reason="Đã xem", now=NOW)
        correct_student(
            actor=actor,
            uuid=own.uuid,
            version=1,
            changes={"birth_date": date(2014, 3, 3)},
            now=NOW,
        )
        assert client_names(cast) == ["Đinh Thị Lệch"]


def client_names(cast: Cast) -> list[str]:
    client = Client().sign_in(cast.loan)
    return [one["full_name"] for one in client.get("/api/v1/people/doubts").json()["items"]]


class TestPages:
    def test_a_person_with_roles_codes_and_life(self, cast: Cast, client: Client) -> None:
        _rename(cast)
        client.sign_in(cast.loan)
        page = client.get(reverse("people:person", args=[cast.minh_anh.person.uuid]))
        text = page.content.decode()
        assert "Phạm Minh Anh" in text
        assert "042315000482" not in text
        life = client.get(reverse("people:life", args=[cast.minh_anh.person.uuid]))
        assert "Đổi họ tên" in life.content.decode()
        assert "6A" in life.content.decode()

    def test_a_guardian_reads_the_childs_life(self, cast: Cast, client: Client) -> None:
        client.sign_in(cast.huong)
        assert (
            client.get(reverse("people:life", args=[cast.minh_anh.person.uuid])).status_code == 200
        )
        other = reverse("people:life", args=[cast.student_6b.person.uuid])
        assert client.get(other).status_code == 404

    def test_the_school_reaches_staff_and_guardians_of_its_pupils(self, cast: Cast) -> None:
        client = Client().sign_in(cast.loan)
        for person in (cast.lan, cast.huong):
            url = reverse("people:person", args=[person.uuid])
            assert client.get(url).status_code == 200
        assert client.get(reverse("people:person", args=[cast.mai.uuid])).status_code == 404

    def test_another_school_changes_nothing(self, cast: Cast) -> None:
        person = cast.student_b.person
        with pytest.raises(NotFound):
            actions.issue_temporary_code(actor=actor_of(cast.loan), uuid=person.uuid, now=NOW)


class TestOfTwoSchools:
    """A parent with children in two schools, and a teacher of two: who keeps the row."""

    def _contacts(self, cast: Cast, by: Person, of: Person) -> Person:
        return actions.set_contacts(
            actor=actor_of(by),
            uuid=of.uuid,
            version=_again(of).version,
            contacts=[actions.ContactData("MOBILE", "0912000777")],
            now=NOW,
        )

    def test_no_school_changes_a_parent_through_a_child(self, cast: Cast, client: Client) -> None:
        """The answer is the same whether or not another school knows the parent."""
        alone = make_student(
            "Vũ Gia Hân", school=cast.school_a, guardians=[make_guardian_data(phone="0912000999")]
        )
        row = Guardianship.objects.unscoped(because="tests").get(student=alone)
        client.sign_in(cast.loan)
        for parent in (cast.huong, row.guardian):
            before = _again(parent)
            with pytest.raises(KeptElsewhere):
                self._contacts(cast, cast.loan, parent)
            with pytest.raises(KeptElsewhere):
                actions.set_background(
                    actor=actor_of(cast.loan),
                    uuid=parent.uuid,
                    version=before.version,
                    nationality_code="LA",
                    now=NOW,
                )
            assert (_again(parent).phone, _again(parent).version) == (before.phone, before.version)
            page = client.get(reverse("people:person", args=[parent.uuid])).content.decode()
            assert reverse("people:contacts", args=[parent.uuid]) not in page
            assert client.get(reverse("people:contacts", args=[parent.uuid])).status_code == 403
            answer = client.post(
                f"/api/v1/people/{parent.uuid}/contacts",
                {"version": before.version, "contacts": []},
                content_type="application/json",
            )
            assert answer.status_code == 403

    def test_whoever_reaches_everybody_changes_a_parent(self, cast: Cast) -> None:
        actions.set_contacts(
            actor=EVERYTHING,
            uuid=cast.huong.uuid,
            version=_again(cast.huong).version,
            contacts=[actions.ContactData("MOBILE", "0912000777")],
            now=NOW,
        )
        assert _again(cast.huong).phone == "0912000777"

    def test_the_employer_keeps_the_row_of_a_colleague_who_is_a_parent_too(
        self, cast: Cast
    ) -> None:
        make_staff("", school=cast.school_a, person=cast.huong)
        assert self._contacts(cast, cast.loan, cast.huong).phone == "0912000777"

    def test_a_second_school_of_a_teacher_changes_nothing_of_who_they_are(self, cast: Cast) -> None:
        member = StaffMember.objects.unscoped(because="tests").get(person=cast.mai)
        appoint_second(
            actor=EVERYTHING,
            member_uuid=member.uuid,
            school_id=cast.school_a.pk,
            post=Post(
                position="TEACHER",
                starts_on=TODAY,
                is_primary=False,
                weekly_periods=4,
                decision="QĐ 9/2026",
                decided_by="Sở GDĐT",
            ),
            now=NOW,
        )
        with pytest.raises(KeptElsewhere):
            self._contacts(cast, cast.loan, cast.mai)
        with pytest.raises(KeptElsewhere):
            correct_identity(
                actor=actor_of(cast.loan),
                member_uuid=member.uuid,
                version=_again(cast.mai).version,
                told=Identity(full_name="Trần Thị May", birth_date=None, sex="FEMALE"),
                now=NOW,
            )
