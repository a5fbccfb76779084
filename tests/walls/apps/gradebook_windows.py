"""Rows of the matrix for windows, locks, columns and what is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.registry.curriculum.api import fill_plans
from khuevan.registry.students.api import ClassPlacement, Student
from khuevan.school.gradebooks import actions
from khuevan.school.gradebooks.actions import ArrangementData, WindowData
from khuevan.school.gradebooks.actions.entering import Entry, write_marks
from khuevan.school.gradebooks.models import (
    Arrangement,
    BroughtAverage,
    Correction,
    EntryWindow,
    Gradebook,
    Mark,
    MarksReminder,
    WindowExtension,
)
from khuevan.school.gradebooks.selectors.carrying import proposals_for
from khuevan.school.gradebooks.selectors.corrections import corrections
from khuevan.school.gradebooks.selectors.progress import progress_of
from khuevan.school.gradebooks.selectors.windows import windows_of
from khuevan.school.gradebooks.slots import FINAL, MIDTERM, How, Word, slot
from tests.cast import actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_student, make_year
from tests.walls.shapes import DAY, REASON, SEE_PUPIL, SEE_SCHOOL, Deed, Sample, code_a
from tests.walls.world import World, uuid_of

END = slot(1, FINAL)
EXTRA, MID_2 = 105, slot(2, MIDTERM)
LATER = f"{TODAY + timedelta(days=9):%d/%m/%Y}"


def book(world: World) -> Gradebook:
    """Open the gradebooks of school A; return mathematics of 6A, which Toàn gives."""
    school, year = world.cast.school_a, make_year()
    fill_plans(actor=EVERYTHING, school=school, year=year, now=NOW)
    actions.open_books(actor=EVERYTHING, school=school, year=year, now=NOW)
    found = Gradebook.objects.unscoped(because="a test's own world")
    return found.get(homeroom_class=world.cast.class_6a, subject_name="Toán")


def missed(world: World) -> Gradebook:
    """Let a test of each term be missed."""
    found: Gradebook = world.once(book)
    pupil = world.cast.minh_anh.uuid
    actions.enter_marks(
        actor=actor_of(world.cast.toan),
        uuid=found.uuid,
        entries=[Entry(pupil, one, Word.MAKE_UP_DUE, 0) for one in (END, slot(2, FINAL))],
        how=How.TYPED,
        now=NOW,
    )
    return found


def _over(world: World, level: str, period: int) -> EntryWindow:
    """Set days of entering that are over."""
    actions.set_windows(
        actor=EVERYTHING,
        school=world.cast.school_a,
        year=make_year(),
        level=level,
        windows=[WindowData(period, TODAY - timedelta(days=60), TODAY)],
        now=NOW,
    )
    rows = EntryWindow.objects.unscoped(because="a test's own world")
    return rows.get(level=level, period=period)


def window(world: World) -> EntryWindow:
    """Let the days of term I be over, with a test that is still due."""
    world.once(missed)
    return _over(world, "THCS", 1)


def settled(world: World) -> EntryWindow:
    """Let the days of term II be over, and the test that was missed be nought."""
    world.once(missed)
    row = _over(world, "THCS", 2)
    actions.settle_make_ups(actor=EVERYTHING, uuid=row.uuid, count=1, now=NOW)
    return row


def locked(world: World) -> EntryWindow:
    """Lock a period of another level."""
    row = _over(world, "THPT", 1)
    return actions.lock_period(actor=EVERYTHING, uuid=row.uuid, now=NOW)


def closed(world: World) -> Gradebook:
    """Finish the column of the midterm mark of term II."""
    found: Gradebook = world.once(missed)
    return actions.close_column(
        actor=actor_of(world.cast.toan), uuid=found.uuid, slot=MID_2, with_gaps=True, now=NOW
    )


def _asked(world: World, column: int) -> Correction:
    """Ask for a mark of a finished column."""
    found: Gradebook = world.once(closed_all)
    return actions.ask_correction(
        actor=actor_of(world.cast.toan),
        uuid=found.uuid,
        student=world.cast.minh_anh.uuid,
        slot=column,
        value=80,
        base=0,
        reason="Vào sót",
        now=NOW,
    )


def closed_all(world: World) -> Gradebook:
    """Finish the regular columns of term II as well."""
    found: Gradebook = world.once(closed)
    for column in (201, 202, 203):
        actions.close_column(
            actor=actor_of(world.cast.toan), uuid=found.uuid, slot=column, with_gaps=True, now=NOW
        )
    return found


def asked(world: World) -> Correction:
    """Let a correction wait for the homeroom teacher, Lan."""
    return _asked(world, 201)


def confirmed(world: World) -> Correction:
    """Let a correction wait for the principal."""
    row = _asked(world, 202)
    return actions.confirm_correction(actor=actor_of(world.cast.lan), uuid=row.uuid, now=NOW)


def arrangement(world: World) -> Arrangement:
    """Let Minh Anh be exempt from music."""
    world.once(book)
    return actions.arrange(
        actor=EVERYTHING,
        student=world.cast.minh_anh,
        year=make_year(),
        data=ArrangementData("EXEMPT", "Âm nhạc", "Giấy khám"),
        now=NOW,
    )


def newcomer(world: World) -> Student:
    """Let a pupil of 6A go to 6B two weeks ago, with a mark of mathematics."""
    found: Gradebook = world.once(book)
    pupil = make_student("Vừ Thị Chuyển", homeroom_class=world.cast.class_6a)
    write_marks(
        found,
        [Entry(pupil.uuid, 204, 80, 0)],
        by_id=world.cast.toan.pk,
        how=How.TYPED,
        now=NOW,
        on=TODAY,
        past_locks=True,
    )
    on = TODAY - timedelta(days=14)
    rows = ClassPlacement.objects.unscoped(because="a test's own world").filter(student=pupil)
    old = rows.get()
    rows.update(ends_on=on)
    ClassPlacement.objects.create(
        student=pupil,
        person_id=pupil.person_id,
        school=world.cast.school_a,
        homeroom_class=world.cast.class_6b,
        sort_key=old.sort_key,
        starts_on=on,
    )
    return pupil


def wider(world: World) -> Gradebook:
    """Give mathematics more days in term I, and a column more."""
    found: Gradebook = world.once(book)
    world.once(window)
    actions.extend_window(
        actor=EVERYTHING,
        book=found.uuid,
        period=1,
        until=TODAY + timedelta(days=5),
        reason="Ốm",
        now=NOW,
    )
    actions.add_column(actor=actor_of(world.cast.toan), uuid=found.uuid, period=1, now=NOW)
    return found


def _window(made: Any) -> Any:
    return lambda world: {**code_a(world), **uuid_of(world.once(made))}


def _book(made: Any, **more: Any) -> Any:
    return lambda world: {**uuid_of(world.once(made)), **more}


def _cell(made: Any, column: int) -> Any:
    return lambda world: {
        **uuid_of(world.once(made)),
        "student": world.cast.minh_anh.uuid,
        "slot": column,
    }


def _lan(world: World) -> Any:
    return world.cast.lan


def _hung(world: World) -> Any:
    return world.cast.hung


def _pupil(world: World) -> dict[str, Any]:
    world.once(book)
    return uuid_of(world.cast.minh_anh)


def _term_1(world: World) -> dict[str, Any]:
    return {"paper": "Học bạ", f"term_1_{world.once(book).pk}": "8"}


def _school(world: World) -> dict[str, Any]:
    world.once(book)
    return code_a(world)


def _toan(world: World) -> Any:
    return world.cast.toan


ROUTES = {
    "gradebooks:windows": Sample(_school, also=SEE_SCHOOL),
    "gradebooks:window": Sample(_window(locked), also=SEE_SCHOOL),
    "gradebooks:lock": Sample(_window(window)),
    "gradebooks:make_ups": Sample(_window(window), also=SEE_SCHOOL),
    "gradebooks:undo_make_ups": Sample(_window(settled)),
    "gradebooks:missing": Sample(_school, also=SEE_SCHOOL),
    "gradebooks:remind": Sample(_school, lambda _w: "?level=THCS&period=1"),
    "gradebooks:longer": Sample(_book(wider), also=SEE_SCHOOL),
    "gradebooks:columns": Sample(_book(book)),
    "gradebooks:column": Sample(_book(book, slot=END)),
    "gradebooks:add_column": Sample(_book(wider)),
    "gradebooks:close_column": Sample(_book(book, slot=END)),
    "gradebooks:remove_column": Sample(_book(wider, slot=EXTRA)),
    "gradebooks:school_corrections": Sample(_school, also=SEE_SCHOOL),
    "gradebooks:corrections": Sample(shared=True),
    "gradebooks:correction": Sample(_book(asked)),
    "gradebooks:confirm_correction": Sample(_book(asked)),
    "gradebooks:turn_down_correction": Sample(_book(asked)),
    "gradebooks:approve_correction": Sample(_book(confirmed)),
    "gradebooks:refuse_correction": Sample(_book(confirmed)),
    "gradebooks:withdraw_correction": Sample(_book(asked)),
    "gradebooks:print_corrections": Sample(lambda w: uuid_of(w.cast.class_6a), also=SEE_SCHOOL),
    "gradebooks:cell": Sample(_cell(book, END)),
    "gradebooks:ask_correction": Sample(_cell(closed_all, 203)),
    "gradebooks:arrangements": Sample(_pupil, also=SEE_PUPIL),
    "gradebooks:end_arrangement": Sample(_book(arrangement)),
    "gradebooks:carry": Sample(_book(newcomer), also=SEE_PUPIL),
    "gradebooks:brought": Sample(_pupil, also=SEE_PUPIL),
    "gradebooks:open_column": Sample(_book(closed, slot=MID_2), also=SEE_SCHOOL),
}
DEEDS = {
    "gradebooks:windows": Deed(
        EntryWindow,
        lambda _w: {
            "level": "THCS",
            **{f"{one}_{period}": DAY for one in ("opens", "closes") for period in (1, 2)},
        },
    ),
    "gradebooks:window": Deed(EntryWindow, lambda _w: REASON),
    "gradebooks:lock": Deed(EntryWindow),
    "gradebooks:make_ups": Deed(Mark, lambda _w: {"count": "1"}),
    "gradebooks:undo_make_ups": Deed(Mark),
    "gradebooks:remind": Deed(MarksReminder),
    "gradebooks:longer": Deed(
        WindowExtension, lambda _w: {"period": "1", "until": LATER, **REASON}
    ),
    "gradebooks:add_column": Deed(Gradebook, lambda _w: {"period": "1"}, by=_toan),
    "gradebooks:close_column": Deed(Gradebook, lambda _w: {"with_gaps": "1"}, by=_toan),
    "gradebooks:remove_column": Deed(Gradebook, by=_toan),
    "gradebooks:ask_correction": Deed(
        Correction, lambda _w: {"value": "8", "base": "0", **REASON}, by=_toan
    ),
    "gradebooks:confirm_correction": Deed(Correction, by=_lan),
    "gradebooks:turn_down_correction": Deed(Correction, lambda _w: REASON, by=_lan),
    "gradebooks:approve_correction": Deed(Correction, by=_hung),
    "gradebooks:refuse_correction": Deed(Correction, lambda _w: REASON, by=_hung),
    "gradebooks:withdraw_correction": Deed(Correction, by=_toan),
    "gradebooks:arrangements": Deed(Arrangement, lambda _w: {"kind": "INDIVIDUAL", **REASON}),
    "gradebooks:end_arrangement": Deed(Arrangement),
    "gradebooks:carry": Deed(Mark, lambda _w: {"count": "1"}),
    "gradebooks:brought": Deed(BroughtAverage, _term_1),
    "gradebooks:open_column": Deed(Gradebook, lambda _w: REASON),
}


def _progress(world: World, actor: Actor) -> list[Any]:
    world.once(book)
    return progress_of(
        actor=actor,
        school=world.cast.school_a,
        year=make_year(),
        level="THCS",
        period=1,
        on=TODAY,
    )


def _windows(world: World, actor: Actor) -> list[Any]:
    world.once(window)
    return list(windows_of(actor=actor, school=world.cast.school_a, year=make_year()))


def _corrections(world: World, actor: Actor) -> list[Any]:
    world.once(asked)
    return list(corrections(actor))


def _former(world: World, actor: Actor) -> list[Any]:
    pupil = world.once(newcomer)
    return proposals_for(actor=actor, student=pupil, year=make_year())


READS = {
    "marks of a former class": _former,
    "corrections of marks": _corrections,
    "how far marks are entered": _progress,
    "days of entering": _windows,
}
ACTS = {
    "set days of entering": lambda w, actor: actions.set_windows(
        actor=actor,
        school=w.cast.school_a,
        year=make_year(),
        level="THCS",
        windows=[WindowData(1, TODAY, TODAY + timedelta(days=1))],
        now=NOW,
    ),
    "lock a period": lambda w, actor: actions.lock_period(
        actor=actor, uuid=w.once(window).uuid, now=NOW
    ),
    "open a locked period": lambda w, actor: actions.unlock_period(
        actor=actor, uuid=w.once(locked).uuid, reason="Sai", now=NOW
    ),
    "give a gradebook more days": lambda w, actor: actions.extend_window(
        actor=actor,
        book=w.once(wider).uuid,
        period=1,
        until=TODAY + timedelta(days=9),
        reason="Ốm",
        now=NOW,
    ),
    "settle missed tests": lambda w, actor: actions.settle_make_ups(
        actor=actor, uuid=w.once(window).uuid, count=1, now=NOW
    ),
    "let missed tests be due again": lambda w, actor: actions.undo_make_ups(
        actor=actor, uuid=w.once(settled).uuid, now=NOW
    ),
    "open a finished column": lambda w, actor: actions.reopen_column(
        actor=actor, uuid=w.once(closed).uuid, slot=MID_2, reason="Sai", now=NOW
    ),
    "approve a correction": lambda w, actor: actions.approve_correction(
        actor=actor, uuid=w.once(confirmed).uuid, now=NOW
    ),
    "assess a pupil otherwise": lambda w, actor: actions.arrange(
        actor=actor,
        student=w.once(newcomer),
        year=make_year(),
        data=ArrangementData("INDIVIDUAL", "", "Kế hoạch"),
        now=NOW,
    ),
    "end how a pupil is assessed": lambda w, actor: actions.end_arrangement(
        actor=actor, uuid=w.once(arrangement).uuid, now=NOW
    ),
    "take over marks": lambda w, actor: actions.carry_marks(
        actor=actor, student=w.once(newcomer), year=make_year(), count=1, now=NOW
    ),
    "keep results of a report": lambda w, actor: actions.bring_averages(
        actor=actor,
        student=w.once(newcomer),
        year=make_year(),
        values={"Toán": 80},
        paper="Học bạ",
        now=NOW,
    ),
    "remind teachers of marks": lambda w, actor: actions.remind_teachers(
        actor=actor,
        school=w.once(book).school,
        year=make_year(),
        level="THCS",
        period=1,
        now=NOW,
    ),
}
