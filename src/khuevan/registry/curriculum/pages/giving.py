"""One subject of a class: to whom it is given, how many periods each, who answers for its marks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.forms import GiveForm, GivenForm
from khuevan.registry.curriculum.models import ClassSubject
from khuevan.registry.curriculum.plan_rules import weekly
from khuevan.registry.curriculum.programme import frame_of, opening_day
from khuevan.registry.curriculum.selectors.answering import responsible_for
from khuevan.registry.curriculum.selectors.loads import TeacherLoad, teacher_loads
from khuevan.registry.curriculum.selectors.plans import (
    Giver,
    SubjectPlan,
    get_subject_for,
    givers_of,
    terms_of,
)
from khuevan.registry.curriculum.shown import fraction_words, periods_words, training_words
from khuevan.registry.curriculum.terms import term_now
from khuevan.registry.curriculum.training import Training, training_for
from khuevan.registry.schools.api import AcademicYear, School, get_school_for, school_frame
from khuevan.registry.staff.api import (
    MANAGE_STAFF,
    StaffMember,
    get_member_for,
    trained_subjects,
)
from khuevan.ui.asked import posted_uuid
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_STAFF)
def give(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Give a subject of a class to a teacher, with everybody's load beside."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    row = get_subject_for(request.actor, uuid, MANAGE_STAFF)
    on, year = request.actor.today, row.homeroom_class.academic_year
    form = GiveForm(
        request.POST or None,
        members=teachers_to_choose(
            request,
            school,
            year=year,
            level=row.homeroom_class.grade_level.level,
            subject_name=row.subject_name,
        ),
        terms=_terms(row),
        initial={"starts_on": max(on, year.starts_on)},
    )
    if request.method == "POST" and form.is_valid() and not _leaves_nothing(form, row, on):
        with form.domain_errors():
            member = get_member_for(request.actor, UUID(form.cleaned_data["member"]), MANAGE_STAFF)
            actions.assign_subject(
                actor=request.actor,
                uuid=uuid,
                member=member,
                starts_on=form.cleaned_data["starts_on"],
                weeks=form.said_weeks,
                takes_over=form.cleaned_data["takes_over"],
                now=clock.now(),
            )
            _tell(request, row, member)
            return done(request, _board_url(school, row))
    return _shown(request, school, row, form)


@page(MANAGE_STAFF)
def periods(request: Request, code: str, uuid: UUID, teaching: UUID) -> HttpResponse:
    """Change how many periods of a subject one of its teachers gives in each term."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    row = get_subject_for(request.actor, uuid, MANAGE_STAFF)
    givers = givers_of([row], on=request.actor.today)[row.pk]
    found = next((one for one in givers if one.teaching.uuid == teaching), None)
    if found is None:
        raise NotFound
    terms = _terms(row)
    given = weekly(found.weeks, terms) if found.is_said else (None, None)
    initial = dict(zip(("first", "second"), given, strict=True))
    form = GivenForm(request.POST or None, terms=terms, initial=initial)
    to = reverse("curriculum:give", args=[school.code, uuid])
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.set_periods(
                actor=request.actor,
                uuid=uuid,
                teaching_uuid=teaching,
                weeks=form.said_weeks,
                now=clock.now(),
            )
            messages.success(request, _("Saved."))
            return done(request, to)
    words = {
        "name": found.teaching.person.full_name,
        "subject": row.subject_label,
        "room": row.homeroom_class.name,
    }
    context = {
        **school_frame(request, school, "assignments"),
        "form": form,
        "form_title": _("Periods of %(name)s: %(subject)s, class %(room)s") % words,
        "note": _("Planned: %(planned)s periods a week")
        % {"planned": periods_words(weekly(row.weeks, terms))},
        "submit": _("Save"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


@page(MANAGE_STAFF, methods=("POST",))
def responsible(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Let one of several teachers of a subject answer for its marks from today on."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    row = get_subject_for(request.actor, uuid, MANAGE_STAFF)
    member = get_member_for(request.actor, posted_uuid(request, "member"), MANAGE_STAFF)
    year = row.homeroom_class.academic_year
    on = max(request.actor.today, year.starts_on)
    try:
        actions.set_responsible(
            actor=request.actor, uuid=uuid, member=member, on=on, now=clock.now()
        )
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        words = {"name": member.person.full_name, "subject": row.subject_label}
        messages.success(request, _("%(name)s answers for the marks of %(subject)s.") % words)
    return done(request, reverse("curriculum:give", args=[school.code, uuid]))


def _shown(request: Request, school: School, row: ClassSubject, form: GiveForm) -> HttpResponse:
    """Show the form with who gives the subject now."""
    on, room, terms = request.actor.today, row.homeroom_class, _terms(row)
    plan = SubjectPlan(row, terms, givers_of([row], on=on)[row.pk])
    trained = trained_subjects([one.teaching.staff_member_id for one in plan.givers], on)
    answers = responsible_for([room.pk], on=on).get((room.pk, row.subject_name))
    words = {"subject": row.subject_label, "room": room.name}
    context = {
        **school_frame(request, school, "assignments"),
        "actions": (),
        "form": form,
        "subject": row,
        "title": _("Who teaches %(subject)s in class %(room)s") % words,
        "planned": periods_words(weekly(row.weeks, terms)),
        "givers": [
            {
                **_giver(row, one, terms, trained.get(one.teaching.staff_member_id, ())),
                "answers": answers is not None
                and answers.member.pk == one.teaching.staff_member_id,
            }
            for one in plan.givers
        ],
        "is_settled": answers is None or answers.is_settled,
        "missing": plan.uncovered[0],
        "cancel_url": _board_url(school, row),
    }
    return render_page(request, "curriculum/give.html", context, status=form_status(request))


def _leaves_nothing(form: GiveForm, row: ClassSubject, on: date) -> bool:
    """Say at the form that others give all there is, so that nothing would be left for one more."""
    if form.cleaned_data["takes_over"] or form.said_weeks is not None:
        return False
    plan = SubjectPlan(row, _terms(row), givers_of([row], on=on)[row.pk])
    if not plan.givers or plan.uncovered[0]:
        return False
    words = {"names": ", ".join(one.teaching.person.full_name for one in plan.givers)}
    form.add_error(
        "takes_over",
        _(
            "%(names)s gives all periods of the plan. Please mark this, or say above how many "
            "periods the new teacher gives."
        )
        % words,
    )
    return True


def _giver(
    row: ClassSubject, one: Giver, terms: tuple[int, int], trained: Collection[str]
) -> dict[str, Any]:
    level = row.homeroom_class.grade_level.level
    return {
        "name": one.teaching.person.full_name,
        "member": one.teaching.staff_member.uuid,
        "teaching": one.teaching.uuid,
        "weekly": periods_words(weekly(one.weeks, terms)),
        "since": one.teaching.starts_on,
        "training": training_words(training_for(row.subject_name, level, trained)),
    }


def _board_url(school: School, row: ClassSubject) -> str:
    """Return the board of the grade that the class is of."""
    grade = row.homeroom_class.grade_level.code
    return f"{reverse('curriculum:teaching', args=[school.code])}?grade={grade}"


def _terms(row: ClassSubject) -> tuple[int, int]:
    room = row.homeroom_class
    return terms_of(frame_of(room.grade_level.level, opening_day(room.academic_year)))


def teachers_to_choose(
    request: Request, school: School, *, year: AcademicYear, level: str, subject_name: str
) -> list[tuple[str, str]]:
    """Return who may be chosen, each with the load: those trained for the subject first."""
    on = request.actor.today
    loads = teacher_loads(
        actor=request.actor, school=school, year=year, on=on, term=term_now(level, on)
    )
    trained = trained_subjects([one.member.pk for one in loads], on)
    fit = {
        one.member.pk: training_for(subject_name, level, trained.get(one.member.pk, ()))
        for one in loads
    }
    order = list(Training)
    loads.sort(key=lambda one: order.index(fit[one.member.pk]))
    return [(str(one.member.uuid), _named(one, fit[one.member.pk])) for one in loads]


def _named(one: TeacherLoad, training: Training) -> str:
    """Return a teacher with what is taught and owed, to choose by."""
    told = one.member.person.full_name
    if one.load is not None:
        words = {
            "name": told,
            "given": fraction_words(one.load.credited),
            "owed": fraction_words(one.load.required),
            "subjects": ", ".join(one.lessons) or "–",
        }
        told = _("%(name)s: %(given)s of %(owed)s periods (%(subjects)s)") % words
    doubt = training_words(training)
    return f"{told} · {doubt}" if doubt else told


def _tell(request: Request, row: ClassSubject, member: StaffMember) -> None:
    """Say what was done, and where the records leave a doubt."""
    room, on = row.homeroom_class, request.actor.today
    words = {"name": member.person.full_name, "subject": row.subject_label, "room": room.name}
    messages.success(request, _("%(name)s teaches %(subject)s in class %(room)s.") % words)
    trained = trained_subjects([member.pk], on).get(member.pk, ())
    training = training_for(row.subject_name, room.grade_level.level, trained)
    if training is not Training.FITS:
        messages.warning(
            request,
            _("%(name)s isn't recorded as trained for %(subject)s. The lessons are given all the "
              "same.") % words,
        )  # fmt: skip
