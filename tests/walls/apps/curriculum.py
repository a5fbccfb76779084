"""Rows of the matrix for plans of classes, who teaches them, and loads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.actions import forget_name, match_names, upload_sheets
from khuevan.platform.sheets.models import NameMatch, SheetImport
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.models import (
    AssignedPeriods,
    ClassSubject,
    ResponsibleTeacher,
    TeachingDuty,
    TeachingGroup,
)
from khuevan.registry.curriculum.selectors.groups import teaching_groups
from khuevan.registry.curriculum.selectors.loads import teacher_loads
from khuevan.registry.curriculum.selectors.plans import class_plans
from khuevan.registry.staff.api import TeachingAssignment
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_year
from tests.walls.apps.staff import member
from tests.walls.apps.staff_duties import lesson
from tests.walls.shapes import DAY, IMPORT, SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

WEEKS = [4] * 35
ONE_DAY = timedelta(days=1)


def subject(world: World) -> ClassSubject:
    """Plan Toán in class 6B of school A."""
    return actions.plan_subject(
        actor=EVERYTHING,
        class_uuid=world.cast.class_6b.uuid,
        subject_name="Toán",
        kind="COMPULSORY",
        weeks=WEEKS,
        now=NOW,
    )


def literature(world: World) -> ClassSubject:
    """Plan the subject that the rows' teacher away teaches in 6B."""
    return actions.plan_subject(
        actor=EVERYTHING,
        class_uuid=world.cast.class_6b.uuid,
        subject_name=world.once(lesson).subject_name,
        kind="COMPULSORY",
        weeks=WEEKS,
        now=NOW,
    )


def planless(world: World) -> Any:
    """Open a class of school A without a plan."""
    return make_class("6Y", school=world.cast.school_a)


def unplanned(world: World) -> Any:
    """Open a class that nobody has planned yet, whoever planned the others before."""
    return make_class("6FF", school=world.cast.school_a)


def duty(world: World) -> TeachingDuty:
    """Make somebody of school A head of a department."""
    return actions.record_duty(
        actor=EVERYTHING,
        school=world.cast.school_a,
        member=world.once(member),
        new=actions.NewDuty("DEPARTMENT_HEAD", TODAY),
        now=NOW,
    )


def mistaken_duty(world: World) -> TeachingDuty:
    """Record a duty that is taken back."""
    return actions.record_duty(
        actor=EVERYTHING,
        school=world.cast.school_a,
        member=world.once(member),
        new=actions.NewDuty("LIBRARY", TODAY),
        now=NOW,
    )


def group_of(world: World, name: str) -> actions.GroupData:
    """Say what a group of 6B is."""
    return actions.GroupData(
        name, world.once(subject).subject_name, "COMPULSORY", [world.cast.class_6b.pk]
    )


def group(world: World) -> TeachingGroup:
    """Make a group of pupils of 6B."""
    return actions.make_group(
        actor=EVERYTHING,
        school=world.cast.school_a,
        year=make_year(),
        data=group_of(world, "Toán 1"),
        now=NOW,
    )


def lessons(world: World) -> SheetImport:
    """Bring a list of lessons of a class that school A doesn't have."""
    content = "Giáo viên;Môn;Lớp;Số tiết/tuần\nLê Quốc Toàn;Tin học;6QQ;1\n".encode()
    (taken_in,) = upload_sheets(
        actor=EVERYTHING,
        kind="curriculum.assignments",
        unit_id=world.cast.school_a.pk,
        upload=SimpleUploadedFile("phan-cong.csv", content),
        now=NOW,
    )
    return taken_in


def matched(world: World) -> NameMatch:
    """Say what another name of such lists means."""
    chosen = {("class", "6Y1"): "6B"}
    match_names(actor=EVERYTHING, uuid=world.once(lessons).uuid, chosen=chosen, now=NOW)
    return NameMatch.objects.unscoped(because="the row of the matrix").get(text="6Y1")


def _list(world: World) -> dict[str, Any]:
    return uuid_of(world.once(lessons))


def _matched(world: World) -> dict[str, Any]:
    return {**_list(world), "match_id": world.once(matched).pk}


def _one(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(world.once(subject))}


def _class(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(world.cast.class_6b)}


def _teacher(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(world.once(member))}


def _duty(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(world.once(duty))}


def _literature(world: World) -> dict[str, Any]:
    return {**code_a(world), **uuid_of(world.once(literature))}


def _shared(world: World) -> dict[str, Any]:
    return {**_literature(world), "teaching": world.once(lesson).uuid}


def _planned(world: World) -> dict[str, Any]:
    return {**code_a(world), "planned": world.once(literature).uuid}


def _away(world: World) -> Any:
    return world.once(lesson).staff_member


def _answers(world: World) -> dict[str, Any]:
    return {"member": _away(world).uuid}


def _given(world: World) -> dict[str, Any]:
    return {"member": world.once(member).uuid, "starts_on": DAY}


ROUTES = {
    "GET /api/v1/programme": Sample(query=lambda _w: "?grade=6", shared=True),
    "GET /api/v1/schools/<code>/class-plans": Sample(code_a),
    "GET /api/v1/schools/<code>/assignments": Sample(code_a),
    "GET /api/v1/schools/<code>/loads": Sample(code_a),
    "sheets:names": Sample(_list, also=(*IMPORT, "staff.member:manage")),
    "sheets:forget_name": Sample(_matched, also=(*IMPORT, "staff.member:manage")),
    "curriculum:programme": Sample(shared=True),
    "curriculum:board": Sample(code_a, also=SEE_SCHOOL),
    "curriculum:year": Sample(code_a, also=SEE_SCHOOL),
    "curriculum:year_print": Sample(code_a),
    "curriculum:year_workbook": Sample(code_a),
    "curriculum:integrated": Sample(_class, also=SEE_SCHOOL),
    "curriculum:fill": Sample(code_a),
    "curriculum:subject": Sample(_one, also=SEE_SCHOOL),
    "curriculum:remove": Sample(_one),
    "curriculum:add": Sample(_class, also=SEE_SCHOOL),
    "curriculum:teaching": Sample(code_a, also=SEE_SCHOOL),
    "curriculum:give": Sample(_one, also=(*SEE_SCHOOL, "curriculum.load:view")),
    "curriculum:periods": Sample(_shared, also=SEE_SCHOOL),
    "curriculum:responsible": Sample(_literature),
    "POST /api/v1/schools/<code>/assignments/<planned>/responsible": Sample(_planned),
    "curriculum:loads": Sample(code_a, also=SEE_SCHOOL),
    "curriculum:load": Sample(_teacher, also=SEE_SCHOOL),
    "curriculum:duty": Sample(_teacher, also=SEE_SCHOOL),
    "curriculum:end_duty": Sample(_duty, also=SEE_SCHOOL),
    "curriculum:withdraw_duty": Sample(lambda w: {**code_a(w), **uuid_of(w.once(mistaken_duty))}),
}

DEEDS = {
    "sheets:names": Deed(NameMatch, lambda _w: {"other-0": "6A"}),
    "sheets:forget_name": Deed(NameMatch),
    "curriculum:integrated": Deed(ClassSubject, lambda w: {str(w.once(subject).uuid): "12"}),
    "curriculum:fill": Deed(ClassSubject, lambda w: {"class": unplanned(w).name}),
    "curriculum:subject": Deed(
        ClassSubject,
        lambda _w: {"first": "3", "second": "5", "before": " ".join(map(str, WEEKS))},
    ),
    "curriculum:remove": Deed(ClassSubject),
    "curriculum:add": Deed(
        ClassSubject,
        lambda _w: {"subject_name": "Tin học", "kind": "OPTIONAL", "first": "1", "second": "1"},
    ),
    "curriculum:give": Deed(TeachingAssignment, _given),
    "curriculum:periods": Deed(AssignedPeriods, lambda _w: {"first": "2", "second": "1"}),
    "curriculum:responsible": Deed(ResponsibleTeacher, _answers),
    "POST /api/v1/schools/<code>/assignments/<planned>/responsible": Deed(
        ResponsibleTeacher,
        lambda w: {"staff_member": str(_away(w).uuid), "starts_on": TODAY.isoformat()},
        200,
    ),
    "curriculum:duty": Deed(TeachingDuty, lambda _w: {"code": "IT", "starts_on": DAY}),
    "curriculum:end_duty": Deed(TeachingDuty, lambda _w: {"last_day": DAY}),
    "curriculum:withdraw_duty": Deed(TeachingDuty),
}


def _plans(world: World, actor: Actor) -> list[Any]:
    world.once(subject)
    plans = class_plans(actor=actor, school=world.cast.school_a, year=make_year(), on=TODAY)
    return [one for plan in plans for one in plan.subjects]


def _loads(world: World, actor: Actor) -> list[Any]:
    world.once(member)
    return teacher_loads(
        actor=actor, school=world.cast.school_a, year=make_year(), on=TODAY, term=0
    )


def _groups(world: World, actor: Actor) -> list[Any]:
    world.once(group)
    return teaching_groups(actor=actor, school=world.cast.school_a, year=make_year(), on=TODAY)


READS = {
    "plans of classes": _plans,
    "loads of teachers": _loads,
    "groups of pupils": _groups,
}

ACTS = {
    "make the plans of a school": lambda w, actor: actions.fill_plans(
        actor=actor, school=w.cast.school_a, year=make_year(), now=NOW
    ),
    "plan a subject": lambda w, actor: actions.plan_subject(
        actor=actor,
        class_uuid=w.cast.class_6b.uuid,
        subject_name="Tin học",
        kind="OPTIONAL",
        weeks=WEEKS,
        now=NOW,
    ),
    "change a plan": lambda w, actor: actions.set_weeks(
        actor=actor, uuid=w.once(subject).uuid, weeks=[3] * 35, before=WEEKS, now=NOW
    ),
    "say within which subjects": lambda w, actor: actions.set_integrated(
        actor=actor,
        class_uuid=w.cast.class_6b.uuid,
        counts={w.once(subject).uuid: 12},
        now=NOW,
    ),
    "remove a subject": lambda w, actor: actions.remove_subject(
        actor=actor, uuid=w.once(subject).uuid, now=NOW
    ),
    "give a subject": lambda w, actor: actions.assign_subject(
        actor=actor,
        uuid=w.once(subject).uuid,
        member=w.once(member),
        starts_on=TODAY,
        weeks=None,
        takes_over=False,
        now=NOW,
    ),
    "say who gives how much": lambda w, actor: actions.set_periods(
        actor=actor,
        uuid=w.once(literature).uuid,
        teaching_uuid=w.once(lesson).uuid,
        weeks=[2] * 35,
        now=NOW,
    ),
    "say who answers for marks": lambda w, actor: actions.set_responsible(
        actor=actor, uuid=w.once(literature).uuid, member=_away(w), on=TODAY, now=NOW
    ),
    "give the subjects of many classes": lambda w, actor: actions.give_many(
        actor=actor,
        school=w.cast.school_a,
        year=make_year(),
        wanted=[
            actions.Wanted(
                w.cast.class_6b.pk, "Tin học", {w.once(member).pk: (1,) * 35}, replans=True
            )
        ],
        on=TODAY,
        now=NOW,
    ),
    "say what a name of a list means": lambda w, actor: match_names(
        actor=actor, uuid=w.once(lessons).uuid, chosen={("class", "6QQ"): "6A"}, now=NOW
    ),
    "forget what a name means": lambda w, actor: forget_name(
        actor=actor, uuid=w.once(lessons).uuid, match_id=w.once(matched).pk, now=NOW
    ),
    "record a duty": lambda w, actor: actions.record_duty(
        actor=actor,
        school=w.cast.school_a,
        member=w.once(member),
        new=actions.NewDuty("IT", TODAY),
        now=NOW,
    ),
    "make a group": lambda w, actor: actions.make_group(
        actor=actor,
        school=w.cast.school_a,
        year=make_year(),
        data=group_of(w, "Toán 2"),
        now=NOW,
    ),
    "change a group": lambda w, actor: actions.change_group(
        actor=actor, uuid=w.once(group).uuid, data=group_of(w, "Toán 3"), on=TODAY, now=NOW
    ),
    "say who is in a group": lambda w, actor: actions.set_group_pupils(
        actor=actor,
        uuid=w.once(group).uuid,
        student_ids=[w.cast.student_6b.pk],
        on=TODAY,
        now=NOW,
    ),
    "give a group": lambda w, actor: actions.give_group(
        actor=actor, uuid=w.once(group).uuid, member=w.once(member), on=TODAY, now=NOW
    ),
    "dissolve a group": lambda w, actor: actions.remove_group(
        actor=actor, uuid=w.once(group).uuid, on=TODAY, now=NOW
    ),
    "end a duty": lambda w, actor: actions.end_duty(
        actor=actor, uuid=w.once(duty).uuid, on=TODAY + ONE_DAY, now=NOW
    ),
    "take back a duty": lambda w, actor: actions.withdraw_duty(
        actor=actor, uuid=w.once(mistaken_duty).uuid, now=NOW
    ),
}

MAKES = (subject, literature, planless, duty, mistaken_duty, group, lessons, matched)
