"""Two records of one person made one and taken apart: nothing is lost, nobody sees too much."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from khuevan.insight.rollup.upkeep import differences
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.access.api import grants_differing
from khuevan.platform.accounts.api import Person
from khuevan.registry.duplicates import actions
from khuevan.registry.duplicates.actions.merging import Versions
from khuevan.registry.duplicates.errors import (
    KeepTheColleague,
    KeepTheLonger,
    NoWayBack,
    PairChanged,
    ReasonNeeded,
    TakenApart,
    TwoSchoolsAtOnce,
)
from khuevan.registry.duplicates.matching.finding import find
from khuevan.registry.duplicates.models import DuplicatePair, PairKind, PairState, PersonMerge
from khuevan.registry.duplicates.records import records_of
from khuevan.registry.duplicates.rows import BY_MODEL
from khuevan.registry.duplicates.selectors import pairs
from khuevan.registry.students.api import (
    Enrollment,
    Guardianship,
    Student,
    get_student_for,
    limit_guardian,
)
from khuevan.registry.students.models import PolicyGroup
from khuevan.registry.students.permissions import VIEW_STUDENTS
from tests.cast import Cast, Client, actor_of
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    make_grant,
    make_guardian_data,
    make_student,
    make_user,
)

pytestmark = pytest.mark.django_db
WHY = "tests"


def again(person: Person) -> Person:
    return Person.objects.unscoped(because=WHY).get(pk=person.pk)


def pair_of(one: Person, other: Person, kind: str = PairKind.PUPIL) -> DuplicatePair:
    first, second = sorted((one, other), key=lambda person: person.pk)
    facts = ("name", "birth_date", "sex", "number", "guardian", "phone", "ward", "school")
    found, _is_new = DuplicatePair.objects.unscoped(because=WHY).get_or_create(
        one=first,
        other=second,
        defaults={
            "kind": kind, "bits": 9, "seen": dict.fromkeys(facts, "SAME"), "found_at": NOW,
        },
    )  # fmt: skip
    return found


def make_one(
    kept: Person, given_up: Person, /, *, actor: Any = EVERYTHING, kind: str = "PUPIL", **more: Any
) -> PersonMerge:
    kept, given_up = again(kept), again(given_up)
    values: dict[str, Any] = {
        "actor": actor,
        "pair": pair_of(kept, given_up, kind).uuid,
        "kept": kept.uuid,
        "versions": Versions(kept.version, given_up.version),
        "taken": (),
        "reason": "Giấy khai sinh",
        "now": NOW,
    }
    return actions.merge(**(values | more))


def twin_of_minh_anh(cast: Cast, **more: Any) -> Student:
    """Record Minh Anh a second time at the same school, under another mother's record."""
    values: dict[str, Any] = {
        "homeroom_class": cast.class_6b,
        "guardians": [make_guardian_data(full_name="Nguyễn Thị Hường", phone="0905111222")],
        "birth_date": cast.minh_anh.person.birth_date,
        "personal_number": "",
    }
    return make_student(**({"full_name": "Phạm Minh Anh"} | values | more))


def everything_in_tables() -> dict[str, Any]:
    """Return what stands in every table that a merge may touch, versions of people aside."""
    found = {}
    labels = {link.rsplit(".", 1)[0] for links in BY_MODEL.values() for link in links}
    for label in sorted({*labels, "accounts.Person", "students.Student"} - {"access.Grant"}):
        if label.startswith("duplicates."):
            continue
        model = apps.get_model(label)
        columns = ", ".join(
            f'"{f.column}"' for f in model._meta.concrete_fields if f.name != "version"
        )
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')  # noqa: S608  (names of our own tables)
            found[label] = sorted(map(repr, cursor.fetchall()))
    return found


def test_every_column_that_points_at_a_person_says_where_it_goes() -> None:
    for label, links in BY_MODEL.items():
        known = {
            f"{field.related_model._meta.label}.{field.field.name}"
            for field in apps.get_model(label)._meta.get_fields(include_hidden=True)
            if field.auto_created
            and not field.concrete
            and not hasattr(field.related_model, "pgh_tracked_model")
        }
        assert known == set(links), label


def test_a_stay_recorded_twice_at_one_school_becomes_one(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast)
    made = make_one(cast.minh_anh.person, twin.person)
    stays = Enrollment.objects.unscoped(because=WHY)
    assert stays.filter(person=cast.minh_anh.person).count() == 1
    assert not stays.filter(person=twin.person).exists()
    parents = Guardianship.objects.unscoped(because=WHY).filter(student=cast.minh_anh)
    assert {row.full_name for row in parents} >= {"Nguyễn Thị Hường"}
    assert [row["model"] for row in made.removed] == [
        "students.classplacement", "students.enrollment",
    ]  # fmt: skip
    assert grants_differing() == []
    assert not list(differences([TODAY]))


def test_taken_apart_everything_is_as_before(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast, ethnicity_code="02", phone="0911222333")
    before = everything_in_tables()
    made = make_one(cast.minh_anh.person, twin.person, taken=("phone",))
    assert again(cast.minh_anh.person).phone == "0911222333"
    assert everything_in_tables() != before
    actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="Hai em khác nhau", now=NOW)
    assert everything_in_tables() == before
    assert grants_differing() == []
    with pytest.raises(TakenApart):
        actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="nữa", now=NOW)


def test_one_parent_under_two_records_reads_both_children(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast, homeroom_class=cast.class_b, full_name="Phạm Minh Khôi")
    other = Guardianship.objects.unscoped(because=WHY).get(student=twin).guardian
    make_user(cast.huong), make_user(other)
    with pytest.raises(NotFound):  # her second child is at a school that the clerk does not reach
        make_one(cast.huong, other, actor=actor_of(cast.loan), kind="GUARDIAN")
    made = make_one(cast.huong, other, kind="GUARDIAN")
    mother = actor_of(cast.huong)
    assert get_student_for(mother, twin.uuid, VIEW_STUDENTS) == twin
    assert get_student_for(mother, cast.minh_anh.uuid, VIEW_STUDENTS) == cast.minh_anh
    with pytest.raises(NotFound):
        get_student_for(actor_of(other), twin.uuid, VIEW_STUDENTS)
    assert grants_differing() == []
    actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="Hai người", now=NOW)
    with pytest.raises(NotFound):
        get_student_for(actor_of(cast.huong), twin.uuid, VIEW_STUDENTS)
    assert get_student_for(actor_of(other), twin.uuid, VIEW_STUDENTS) == twin


def test_a_court_s_limit_outlives_the_record_given_up(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast)
    mine = Guardianship.objects.unscoped(because=WHY).get(student=twin)
    limit_guardian(
        actor=EVERYTHING,
        uuid=mine.uuid,
        kind="NO_CUSTODY",
        paper="12/QĐ-TA",
        starts_on=TODAY,
        now=NOW,
    )
    make_one(cast.minh_anh.person, twin.person)
    before = everything_in_tables()
    made = make_one(cast.huong, mine.guardian, kind="GUARDIAN")
    with pytest.raises(NotFound):
        get_student_for(actor_of(cast.huong), cast.minh_anh.uuid, VIEW_STUDENTS)
    actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="Hai người", now=NOW)
    assert everything_in_tables() == before
    assert grants_differing() == []


def test_what_can_t_be_one_person_is_refused_and_nothing_changes(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast)
    elsewhere = twin_of_minh_anh(cast, homeroom_class=cast.class_b)
    before = everything_in_tables()
    person = cast.minh_anh.person
    refusals: list[tuple[type[DomainError], Person, Person, dict[str, Any]]] = [
        (TwoSchoolsAtOnce, person, elsewhere.person, {}),
        (ReasonNeeded, person, twin.person, {"reason": " "}),
        (PairChanged, person, twin.person, {"versions": Versions(99, 1)}),
        (NotFound, person, elsewhere.person, {"actor": actor_of(cast.loan)}),
        (NotFound, person, twin.person, {"kept": cast.lan.uuid}),
        (KeepTheColleague, person, cast.lan, {}),
    ]
    for kind, kept, given_up, more in refusals:
        with pytest.raises(kind):
            make_one(kept, given_up, **more)
    assert everything_in_tables() == before


def test_the_longer_stay_is_kept(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast)
    Enrollment.objects.unscoped(because=WHY).filter(student=twin).update(
        starts_on=date(2026, 9, 20)
    )
    with pytest.raises(KeepTheLonger):
        make_one(twin.person, cast.minh_anh.person)


def test_a_number_taken_over_is_given_back(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast)
    made = make_one(twin.person, cast.minh_anh.person)
    assert again(twin.person).personal_number == "042315000482"
    assert again(cast.minh_anh.person).personal_number is None
    actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="Nhầm", now=NOW)
    assert again(cast.minh_anh.person).personal_number == "042315000482"
    assert again(twin.person).personal_number is None


def test_the_search_finds_pairs_once_and_what_was_settled_stays(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast, guardians=[make_guardian_data()])
    found = find(list(records_of(PairKind.PUPIL))).pairs
    ends = {frozenset((one.one.key, one.other.key)) for one in found}
    assert frozenset((str(twin.person_id), str(cast.minh_anh.person_id))) in ends
    assert actions.store_pairs(PairKind.PUPIL, found, now=NOW) == (len(found), len(found))
    DuplicatePair.objects.unscoped(because=WHY).update(bits=1)  # found weaker before
    assert actions.store_pairs(PairKind.PUPIL, found, now=NOW) == (0, len(found))
    pair = DuplicatePair.objects.unscoped(because=WHY).get(
        one=cast.minh_anh.person, other=twin.person
    )
    actions.tell_apart(actor=actor_of(cast.loan), uuid=pair.uuid, reason="Sinh đôi", now=NOW)
    assert actions.store_pairs(PairKind.PUPIL, found, now=NOW) == (0, len(found) - 1)
    assert actions.store_pairs(PairKind.PUPIL, (), now=NOW) == (0, 0)
    pair.refresh_from_db(from_queryset=DuplicatePair.objects.unscoped(because=WHY))
    assert pair.state == PairState.APART


def test_what_came_since_may_stand_in_the_way_back(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast)
    made = make_one(cast.minh_anh.person, twin.person)
    number = made.removed[-1]["fields"]["registry_number"]
    assert number
    (stay,) = (row for row in made.removed if row["model"] == "students.enrollment")
    Enrollment.objects.unscoped(because=WHY).create(
        **{
            "student": twin,
            "person": twin.person,
            "school_id": stay["fields"]["school"],
            "entry_kind": "ADMITTED",
            "sort_key": "x",
            "starts_on": TODAY,
        }
    )
    with pytest.raises(NoWayBack):
        actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="Nhầm", now=NOW)


def test_an_old_link_leads_to_the_record_that_was_kept(cast: Cast, client: Client) -> None:
    twin = twin_of_minh_anh(cast)
    make_one(cast.minh_anh.person, twin.person)
    clerk = client.sign_in(cast.loan)
    for route, old, new in (
        ("students:record", twin.uuid, cast.minh_anh.uuid),
        ("people:person", twin.person.uuid, cast.minh_anh.person.uuid),
    ):
        answer = clerk.get(reverse(route, args=[old]))
        assert answer.headers["Location"] == reverse(route, args=[new])
    stranger = Client().sign_in(cast.mai)
    assert stranger.get(reverse("students:record", args=[twin.uuid])).status_code == 404


def test_two_mothers_of_one_name_are_proposed_once_their_child_is_one(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast, guardians=[make_guardian_data(phone="")])
    other = Guardianship.objects.unscoped(because=WHY).get(student=twin).guardian
    assert other != cast.huong
    made = make_one(cast.minh_anh.person, twin.person)
    assert made.moved
    actions.look_for_pairs(now=NOW)
    pairs = DuplicatePair.objects.unscoped(because=WHY).filter(kind=PairKind.GUARDIAN)
    ends = tuple(sorted((cast.huong.pk, other.pk)))
    assert [(row.one_id, row.other_id) for row in pairs] == [ends]


def test_a_settled_pair_stays_settled_and_is_seen_by_whoever_keeps_the_record(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast)
    clerk = actor_of(cast.loan)
    made = make_one(cast.minh_anh.person, twin.person, actor=clerk)
    assert pairs(clerk).filter(state=PairState.MERGED).get() == made.pair
    assert not pairs(actor_of(cast.mai)).exists()
    with pytest.raises(PairChanged):
        make_one(cast.minh_anh.person, twin.person, actor=clerk)
    actions.take_apart(actor=clerk, uuid=made.uuid, reason="Hai em", now=NOW)
    with pytest.raises(PairChanged):
        make_one(cast.minh_anh.person, twin.person, actor=clerk)


def test_only_who_answers_for_every_school_of_it_takes_a_merge_apart(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast)
    made = make_one(cast.minh_anh.person, twin.person, actor=actor_of(cast.loan))
    stays = Enrollment.objects.unscoped(because=WHY).filter(person=cast.minh_anh.person)
    stays.update(ends_on=TODAY)
    Enrollment.objects.create(
        student=cast.minh_anh,
        person=cast.minh_anh.person,
        school=cast.school_b,
        entry_kind="TRANSFERRED_IN",
        sort_key="x",
        starts_on=TODAY,
    )
    with pytest.raises(NotFound):
        actions.take_apart(actor=actor_of(cast.mai), uuid=made.uuid, reason="Nhầm", now=NOW)


def test_a_limit_recorded_since_stands_in_the_way_back(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast, guardians=[make_guardian_data()])
    made = make_one(cast.minh_anh.person, twin.person)
    stands = Guardianship.objects.unscoped(because=WHY).get(
        student=cast.minh_anh, guardian=cast.huong
    )
    limit_guardian(
        actor=EVERYTHING,
        uuid=stands.uuid,
        kind="NO_CUSTODY",
        paper="12/QĐ-TA",
        starts_on=TODAY,
        now=NOW,
    )
    with pytest.raises(NoWayBack):
        actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="Nhầm", now=NOW)


def test_a_policy_group_of_both_is_one_and_comes_back(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast)
    groups = PolicyGroup.objects.unscoped(because=WHY)
    for pupil in (cast.minh_anh, twin):
        PolicyGroup.objects.create(
            student=pupil, person=pupil.person, code="01", starts_on=date(2026, 9, 5)
        )
    before = everything_in_tables()
    made = make_one(cast.minh_anh.person, twin.person)
    assert [(row.student_id, row.person_id) for row in groups] == [
        (cast.minh_anh.pk, cast.minh_anh.person_id)
    ]
    actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="Nhầm", now=NOW)
    assert everything_in_tables() == before


def test_a_role_given_by_hand_goes_to_nobody(cast: Cast) -> None:
    twin = twin_of_minh_anh(cast)
    make_grant(twin.person, "school_clerk", unit=cast.school_a.unit)
    with pytest.raises(KeepTheColleague):
        make_one(cast.minh_anh.person, twin.person)


def test_nobody_is_made_one_with_a_record_that_was_given_up(cast: Cast) -> None:
    twin, third = twin_of_minh_anh(cast), twin_of_minh_anh(cast)
    left = pair_of(twin.person, third.person)
    made = make_one(cast.minh_anh.person, twin.person)
    for kept, given_up in ((twin, third), (third, twin)):
        with pytest.raises(NotFound):
            make_one(kept.person, given_up.person)
    assert not pairs(EVERYTHING).filter(pk=left.pk).exists()
    actions.take_apart(actor=EVERYTHING, uuid=made.uuid, reason="Hai em", now=NOW)
    assert pairs(EVERYTHING).filter(pk=left.pk).exists()
