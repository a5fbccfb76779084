"""Who has to agree (a slow, plain model beside the rule), and answers in force at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.errors import NotFound
from khuevan.registry.people import actions
from khuevan.registry.people.consent_rules import (
    Part,
    Verdict,
    Voice,
    decide,
    requires_child_consent,
    requires_representative,
)
from khuevan.registry.people.consents import may_use
from khuevan.registry.people.errors import NotToAnswer
from khuevan.registry.people.models import Consent
from khuevan.registry.people.tests.pictures import small_png
from khuevan.registry.students.api import Guardianship, GuardianshipLimit
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY

CHILD, MOTHER, FATHER, UNCLE = 1, 2, 3, 4
LAW = date(2026, 1, 1)
ages = st.none() | st.integers(0, 25)
days = st.dates(date(2023, 7, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("on", "is_publication", "age", "needed"),
    [
        (date(2025, 12, 31), False, 7, True),
        (date(2025, 12, 31), False, 6, False),
        (date(2026, 1, 1), False, 7, False),
        (date(2026, 1, 1), True, 7, True),
        (date(2026, 1, 1), True, 6, False),
    ],
)
def test_the_child_is_asked(on: date, is_publication: bool, age: int, needed: bool) -> None:
    assert requires_child_consent(on, is_publication=is_publication, age=age) is needed


@given(days, st.booleans(), st.booleans())
def test_an_unknown_age_asks_everybody(on: date, public: bool, asks: bool) -> None:
    grown = requires_child_consent(on, is_publication=public, age=12, asks_child=asks)
    unknown = requires_child_consent(on, is_publication=public, age=None, asks_child=asks)
    assert unknown is grown
    assert requires_representative(None)


answers = st.lists(
    st.tuples(st.sampled_from([CHILD, MOTHER, FATHER, UNCLE]), st.booleans(), days), max_size=6
)


@given(days, st.booleans(), ages, answers, st.sets(st.sampled_from([MOTHER, FATHER])))
def test_the_rule_agrees_with_the_plain_model(
    on: date,
    public: bool,
    age: int | None,
    given_answers: list[tuple[int, bool, date]],
    custody: set[int],
) -> None:
    voices = [
        Voice(who, Part.SELF if who == CHILD else Part.REPRESENTATIVE, yes, since)
        for who, yes, since in given_answers
    ]
    decision = decide(
        on,
        is_publication=public,
        asks_child=public,
        age=age,
        person_id=CHILD,
        representatives=custody,
        voices=voices,
    )
    counted = [(who, yes) for who, yes, since in given_answers if since <= on]
    child = [yes for who, yes in counted if who == CHILD]
    parents = [yes for who, yes in counted if who in custody]
    is_adult = age is not None and age >= 18
    speaks = age is None or age >= 7
    child_needed = is_adult or (speaks and (public or on < LAW))
    parents_needed = not is_adult
    fine = (not child_needed or (child and all(child))) and (
        not parents_needed or (parents and all(parents))
    )
    assert decision.is_allowed is bool(fine)


@given(days, st.booleans(), ages)
def test_silence_is_not_consent(on: date, public: bool, age: int | None) -> None:
    decision = decide(
        on,
        is_publication=public,
        asks_child=False,
        age=age,
        person_id=CHILD,
        representatives={MOTHER},
        voices=[],
    )
    assert decision.verdict is Verdict.MISSING


def _answer(cast: Cast, who: str, *, is_yes: bool = True) -> Consent:
    person = cast.huong if who == "mother" else cast.minh_anh.person
    return actions.answer(
        actor=actor_of(person),
        uuid=cast.minh_anh.person.uuid,
        purpose="PUBLISH_PHOTO",
        is_yes=is_yes,
        now=NOW,
    )


def _shown(cast: Cast, client: Client) -> int:
    url = reverse("people:photo", args=[cast.minh_anh.person.uuid])
    return client.get(f"{url}?for=PUBLISH_PHOTO").status_code


@pytest.mark.django_db
class TestAnswers:
    def test_both_have_to_agree_and_one_withdrawal_ends_it_at_once(
        self, cast: Cast, client: Client
    ) -> None:
        person = cast.minh_anh.person
        upload = SimpleUploadedFile("anh.png", small_png(), "image/png")
        actions.set_photo(actor=actor_of(cast.loan), uuid=person.uuid, upload=upload, now=NOW)
        client.sign_in(cast.loan)
        assert _shown(cast, client) == 404
        _answer(cast, "mother")
        assert _shown(cast, client) == 404
        _answer(cast, "child")
        assert _shown(cast, client) == 200
        assert person.full_name in client.get(reverse("people:allowed")).content.decode()
        actions.withdraw(
            actor=actor_of(cast.huong), uuid=person.uuid, purpose="PUBLISH_PHOTO", now=NOW
        )
        assert _shown(cast, client) == 404
        assert person.full_name not in client.get(reverse("people:allowed")).content.decode()
        in_the_record = client.get(reverse("people:photo", args=[person.uuid]))
        assert in_the_record.status_code == 200

    def test_a_guardian_whose_custody_ended_has_no_say(self, cast: Cast) -> None:
        _answer(cast, "mother")
        _answer(cast, "child")
        assert may_use(cast.minh_anh.person, "PUBLISH_PHOTO", on=TODAY)
        kept = Guardianship.objects.unscoped(because="tests").get(
            guardian=cast.huong, student=cast.minh_anh
        )
        GuardianshipLimit.objects.create(
            guardianship=kept,
            student=cast.minh_anh,
            student_person=cast.minh_anh.person,
            kind="NO_CUSTODY",
            paper="Bản án 5/2026",
            starts_on=TODAY,
        )
        assert not may_use(cast.minh_anh.person, "PUBLISH_PHOTO", on=TODAY)
        with pytest.raises((NotToAnswer, NotFound)):
            _answer(cast, "mother")

    def test_a_new_answer_takes_the_place_of_the_old(self, cast: Cast) -> None:
        _answer(cast, "mother")
        _answer(cast, "mother", is_yes=False)
        rows = Consent.objects.unscoped(because="tests").order_by("pk")
        assert [row.withdrawn_at is None for row in rows] == [False, True]

    def test_the_school_records_paper_and_cannot_answer(self, cast: Cast, client: Client) -> None:
        person = cast.minh_anh.person
        actions.record_paper(
            actor=actor_of(cast.loan),
            uuid=person.uuid,
            purpose="FACE_ATTENDANCE",
            given_by=cast.huong.uuid,
            is_yes=True,
            paper="Phiếu 12",
            now=NOW,
        )
        assert may_use(person, "FACE_ATTENDANCE", on=TODAY)
        with pytest.raises(NotToAnswer):
            actions.record_paper(
                actor=actor_of(cast.loan),
                uuid=person.uuid,
                purpose="FACE_ATTENDANCE",
                given_by=cast.lan.uuid,
                is_yes=True,
                paper="Phiếu 13",
                now=NOW,
            )
        client.sign_in(cast.loan)
        url = reverse("people:answer", args=[person.uuid, "FACE_ATTENDANCE"])
        assert client.post(url, {"answer": "yes"}).status_code == 404

    def test_the_family_answers_on_its_own_page(self, cast: Cast, client: Client) -> None:
        client.sign_in(cast.huong)
        page = reverse("people:consents", args=[cast.minh_anh.person.uuid])
        assert "Đăng ảnh" in client.get(page).content.decode()
        url = reverse("people:answer", args=[cast.minh_anh.person.uuid, "PUBLISH_PHOTO"])
        assert client.post(url, {"answer": "yes"}).status_code == 302
        assert "Trịnh Thu Hường" in client.get(page).content.decode()
