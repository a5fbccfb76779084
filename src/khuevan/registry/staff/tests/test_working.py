"""Taking on, changing, ending, taking back; a second school; who may record what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    make_grant,
    make_person,
    make_province,
    make_school,
    make_staff,
    make_user,
)

from khuevan.kernel.errors import NotFound
from khuevan.platform.accounts.api import User
from khuevan.platform.organizations.api import NumberUnfit, SignUnfit
from khuevan.registry.schools.api import VIEW_CLASSES
from khuevan.registry.staff import actions
from khuevan.registry.staff.actions import NewMember, Post
from khuevan.registry.staff.errors import (
    AlreadyAppointed,
    LeadersElsewhere,
    NotOneself,
    NumberOfAnother,
    PaperNeeded,
    PaperToCome,
    PerhapsKnown,
    SameSchool,
    SchoolRecordsIt,
)
from khuevan.registry.staff.models import Appointment, TeachingAssignment
from khuevan.registry.staff.selectors import staff_counts

BORN = date(1990, 3, 4)
NUMBER = "042190001234"
BY_CHAIR = {"decision": "412/QĐ-UBND, 20/11/2026", "decided_by": "Chủ tịch UBND xã Đông Khê"}


def take_on(cast: Cast, by: str = "loan", **changes: Any) -> Appointment:
    """Let somebody of school A take a new teacher on."""
    who = {"full_name": "Đinh Thị Mới", "birth_date": BORN, "sex": "FEMALE", **changes}
    return actions.take_on(
        actor=actor_of(getattr(cast, by)),
        unit_id=(who.pop("school", None) or cast.school_a).pk,
        post=Post(
            who.pop("position", "TEACHER"),
            TODAY,
            decision=who.pop("decision", ""),
            decided_by=who.pop("decided_by", ""),
        ),
        who=NewMember(**{name: who[name] for name in who if name != "is_another"}),
        is_another=who.get("is_another", False),
        now=NOW,
    )


def of(person: Any) -> Appointment:
    """Return somebody's only appointment."""
    return Appointment.objects.unscoped(because="a test").get(person=person)


def test_the_same_number_is_the_same_person_whatever_else_they_are(cast: Cast) -> None:
    mother = make_person("Đinh Thị Mới", birth_date=BORN, personal_number=NUMBER)
    assert take_on(cast, personal_number=NUMBER).person_id == mother.pk


def test_a_number_of_somebody_else_is_refused_without_saying_whose(cast: Cast) -> None:
    make_person("Vũ Thị Khác", birth_date=BORN, personal_number=NUMBER)
    with pytest.raises(NumberOfAnother) as refused:
        take_on(cast, personal_number=NUMBER)
    assert "Khác" not in str(refused.value)


def test_an_equal_name_and_birth_date_is_asked_about(cast: Cast) -> None:
    first = take_on(cast)
    with pytest.raises(PerhapsKnown):
        take_on(cast)
    assert take_on(cast, is_another=True).person_id != first.person_id


def test_somebody_who_works_elsewhere_is_not_taken_on_as_main(cast: Cast) -> None:
    cast.mai.birth_date, cast.mai.personal_number = BORN, NUMBER
    cast.mai.save(update_fields=["birth_date", "personal_number"])
    with pytest.raises(AlreadyAppointed):
        take_on(cast, full_name=cast.mai.full_name, personal_number=NUMBER)


@pytest.mark.parametrize("by", ["loan", "hung"])
def test_a_school_does_not_fill_its_own_leadership(cast: Cast, by: str) -> None:
    with pytest.raises(LeadersElsewhere):
        take_on(cast, by, position="VICE_PRINCIPAL")


@pytest.mark.parametrize("by", ["thanh", "binh"])
def test_the_department_does_not_fill_the_lead_of_a_school_of_a_commune(
    cast: Cast, by: str
) -> None:
    with pytest.raises(LeadersElsewhere) as refused:
        take_on(cast, by, position="PRINCIPAL", **BY_CHAIR)
    assert "UBND xã Đông Khê" in str(refused.value)
    assert "45/2026" in str(refused.value)


def test_who_leads_an_upper_secondary_school_the_department_records(cast: Cast) -> None:
    upper = make_school(
        "Trường THPT Đông Khê",
        commune=make_province(),
        levels=("THPT",),
        school_type="UPPER_SECONDARY",
    )
    paper = {"decision": "15/QĐ-SGDĐT, 20/11/2026", "decided_by": "Giám đốc Sở"}
    row = take_on(cast, "binh", school=upper, position="PRINCIPAL", **paper)
    assert row.position == "PRINCIPAL"
    with pytest.raises(LeadersElsewhere):
        take_on(cast, "hung", position="VICE_PRINCIPAL")


@pytest.mark.parametrize(
    ("paper", "refusal"),
    [
        ({}, PaperNeeded),
        ({"decision": "412/QĐ-UBND"}, PaperNeeded),
        ({"decided_by": ""}, PaperNeeded),
        ({"decision": "412, 20/11/2026"}, NumberUnfit),
        ({"decision": "412/QĐ-SGDĐT, 20/11/2026"}, SignUnfit),
        ({"decision": "412/QĐ-UBND, 20/12/2026"}, PaperToCome),
    ],
)
def test_who_leads_is_recorded_by_the_commune_with_its_decision(
    cast: Cast, paper: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        take_on(cast, "hoa", position="VICE_PRINCIPAL", **(BY_CHAIR | paper if paper else {}))
    row = take_on(cast, "hoa", position="VICE_PRINCIPAL", **BY_CHAIR)
    assert row.decision == BY_CHAIR["decision"]


def test_offices_record_nobody_but_who_leads(cast: Cast) -> None:
    for by in ("hoa", "binh"):
        with pytest.raises(SchoolRecordsIt):
            take_on(cast, by)
    paper, chair = BY_CHAIR.values()
    post = Post("VICE_PRINCIPAL", TODAY, decision=paper, decided_by=chair)
    row = actions.change_position(
        actor=actor_of(cast.hoa), uuid=of(cast.toan).uuid, post=post, now=NOW
    )
    assert row.position == "VICE_PRINCIPAL"


def test_a_principal_goes_to_another_school_of_the_commune_by_an_end_and_an_appointment(
    cast: Cast,
) -> None:
    cast.hung.birth_date, cast.hung.personal_number = BORN, NUMBER
    cast.hung.save(update_fields=["birth_date", "personal_number"])
    officer = actor_of(cast.hoa)
    actions.end_appointment(
        actor=officer, uuid=of(cast.hung).uuid, kind="MOVED", on=TODAY,
        decision=BY_CHAIR["decision"], now=NOW,
    )  # fmt: skip
    row = take_on(
        cast, "hoa", school=cast.primary, position="PRINCIPAL",
        full_name=cast.hung.full_name, personal_number=NUMBER, **BY_CHAIR,
    )  # fmt: skip
    assert (row.person_id, row.unit_id) == (cast.hung.pk, cast.primary.pk)


def test_the_form_says_who_appoints_the_leaders(cast: Cast, client: Client) -> None:
    path = f"/units/{cast.school_a.code}/staff/new/"
    told = client.sign_in(cast.thanh).get(path).content.decode()
    assert "Thông tư 45/2026" in told or "45/2026/TT" in told
    offered = client.sign_in(cast.hoa).get(path).content.decode()
    assert 'value="VICE_PRINCIPAL"' in offered
    assert 'value="TEACHER"' not in offered


def test_nobody_changes_their_own_position(cast: Cast) -> None:
    with pytest.raises(NotOneself):
        actions.change_position(
            actor=actor_of(cast.loan), uuid=of(cast.loan).uuid, post=Post("TEACHER", TODAY), now=NOW
        )


def test_an_end_takes_classes_along_and_comes_back_with_them(cast: Cast) -> None:
    row = of(cast.lan)
    actions.end_appointment(
        actor=actor_of(cast.hung), uuid=row.uuid, kind="RESIGNED", on=TODAY, now=NOW
    )
    assert actor_of(cast.lan).hats == ()
    actions.undo_ending(actor=actor_of(cast.hung), uuid=row.uuid, now=NOW)
    assert cast.class_6a.pk in actor_of(cast.lan).reach(VIEW_CLASSES, "class")


@pytest.mark.parametrize(
    ("kind", "is_open"), [("DECEASED", False), ("RETIRED", False), ("RESIGNED", True)]
)
def test_who_retires_or_dies_signs_in_no_more(cast: Cast, kind: str, is_open: bool) -> None:
    make_user(cast.toan, "toan")
    actions.end_appointment(
        actor=actor_of(cast.hung), uuid=of(cast.toan).uuid, kind=kind, on=TODAY, now=NOW
    )
    assert User.objects.for_sign_in().get(person=cast.toan).is_active is is_open


def test_a_retired_parent_still_signs_in(cast: Cast) -> None:
    make_user(cast.toan, "toan")
    make_grant(cast.toan, "support_engineer")  # anything else the account opens
    actions.end_appointment(
        actor=actor_of(cast.hung), uuid=of(cast.toan).uuid, kind="RETIRED", on=TODAY, now=NOW
    )
    assert User.objects.for_sign_in().get(person=cast.toan).is_active


def second(cast: Cast, by: Any, school: Any) -> Appointment:
    """Let Mr Toàn teach at a second school."""
    return actions.appoint_second(
        actor=by,
        member_uuid=of(cast.toan).staff_member.uuid,
        school_id=school.pk,
        post=Post("TEACHER", TODAY, TODAY + timedelta(days=90), is_primary=False, weekly_periods=6),
        now=NOW,
    )


def test_a_second_school_is_decided_above_both(cast: Cast) -> None:
    for school, by in ((cast.school_b, cast.hung), (cast.school_b, cast.loan)):
        with pytest.raises(NotFound):
            second(cast, actor_of(by), school)
    with pytest.raises(SameSchool):
        second(cast, actor_of(cast.thanh), cast.school_a)


def test_who_teaches_at_two_schools_is_counted_at_the_first(cast: Cast) -> None:
    schools = [cast.school_a.pk, cast.school_b.pk]
    before = staff_counts(EVERYTHING, schools, TODAY)
    second(cast, actor_of(cast.thanh), cast.school_b)
    assert staff_counts(EVERYTHING, schools, TODAY) == before
    units = {hat.unit_id for hat in actor_of(cast.toan).hats}
    assert units == set(schools)


def test_lessons_handed_over_keep_their_history(cast: Cast) -> None:
    successor = make_staff("Mai Tuấn Hưng", school=cast.school_a)
    old = TeachingAssignment.objects.unscoped(because="a test").filter(homeroom_class=cast.class_7a)
    subject = old.get().subject_name
    actions.assign_teaching(
        actor=actor_of(cast.hung),
        homeroom_class=cast.class_7a,
        member=successor,
        subject_name=subject,
        starts_on=TODAY,
        takes_over=True,
        now=NOW,
    )
    rows = list(old.order_by("starts_on").values_list("person__given_name", "ends_on"))
    assert [name for name, _end in rows] == ["Toàn", "Hưng"]
    assert rows[0][1] == TODAY
