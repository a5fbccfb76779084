"""Which kind of ours each constraint of FET is, and where its numbers stand: for both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from khuevan.school.timetable.core.values import On

PREFIX = "Constraint"


class Form(Enum):
    """How a parameter is written."""

    NUMBER = "number"
    TEXT = "text"
    FLAG = "flag"
    HOUR = "hour"
    """The name of an hour; empty means the end of the day."""
    LESSON = "lesson"
    """One lesson's id; several of them make one parameter, in order."""
    LESSONS = "lessons"
    """A counted row of ids."""
    SLOT = "slot"
    """A day and an hour standing by themselves."""
    SLOTS = "slots"
    """A counted row of pairs of day and hour; one left empty means all."""
    ROOM = "room"
    """One room's name, which makes a row of one."""
    ROOMS = "rooms"
    """A counted row of rooms."""


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter: our name, the elements it stands in (first one written), its form."""

    name: str
    tags: tuple[str, ...]
    form: Form
    inner: tuple[str, ...] = ()
    """For slots: the elements of a day and an hour."""
    counted_by: str = ""
    is_needed: bool = False
    """A name left empty means that name and not just any."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A kind of constraint of FET and what it is here."""

    tag: str
    kind: str
    on: On = On.LESSONS
    who: tuple[str, ...] = ()
    """The elements that name whom it binds; none means everybody."""
    fields: tuple[Field, ...] = ()
    fixed: tuple[tuple[str, bool], ...] = ()
    """Parameters that the kind of FET implies without writing them."""
    is_space: bool = False


def number(name: str, *tags: str) -> Field:
    """Return a field that counts."""
    return Field(name, tags, Form.NUMBER)


def text(name: str, *tags: str, is_needed: bool = False) -> Field:
    """Return a field that names something."""
    return Field(name, tags, Form.TEXT, is_needed=is_needed)


def slots(item: str, count: str, day: str = "Day", hour: str = "Hour") -> Field:
    """Return a field that is a row of slots."""
    return Field("slots", (item,), Form.SLOTS, (day, hour), count)


LESSON = Field("lessons", ("Activity_Id",), Form.LESSON)
LESSONS = Field("lessons", ("Activity_Id",), Form.LESSONS, counted_by="Number_of_Activities")
TWO_LESSONS = Field("lessons", ("First_Activity_Id", "Second_Activity_Id"), Form.LESSON)
AWAY = slots("Not_Available_Time", "Number_of_Not_Available_Times")
STARTS = slots(
    "Preferred_Starting_Time",
    "Number_of_Preferred_Starting_Times",
    "Preferred_Starting_Day",
    "Preferred_Starting_Hour",
)
INSIDE = slots(
    "Preferred_Time_Slot", "Number_of_Preferred_Time_Slots", "Preferred_Day", "Preferred_Hour"
)
LIKE = (
    text("teacher", "Teacher_Name"),
    text("students", "Students_Name"),
    text("subject", "Subject_Name"),
    text("tag", "Activity_Tag_Name"),
)
DURATION = number("duration", "Duration")
COMPONENT = number("component", "Component_Number")
ROOM = Field("rooms", ("Room",), Form.ROOM)
ROOMS = Field("rooms", ("Preferred_Room",), Form.ROOMS, counted_by="Number_of_Preferred_Rooms")
SUBJECT = text("subject", "Subject", "Subject_Name", is_needed=True)
TAG = text("tag", "Activity_Tag", "Activity_Tag_Name", is_needed=True)
LOCKED = Field("locked", ("Permanently_Locked",), Form.FLAG)
MOST_DAILY = number("most", "Maximum_Hours_Daily")
MOST_RUNNING = number("most", "Maximum_Hours_Continuously")
EMPTY_DAYS = Field("allow_empty_days", ("Allow_Empty_Days",), Form.FLAG)
GAPS = number("most", "Max_Gaps")

WEEKS: tuple[tuple[str, str, tuple[Field, ...]], ...] = (
    ("MaxDaysPerWeek", "max_days_per_week", (number("most", "Max_Days_Per_Week"),)),
    (
        "MinDaysPerWeek",
        "min_days_per_week",
        (number("least", "Minimum_Days_Per_Week", "Min_Days_Per_Week"),),
    ),
    ("MaxHoursDaily", "max_hours_daily", (MOST_DAILY,)),
    (
        "MinHoursDaily",
        "min_hours_daily",
        (number("least", "Minimum_Hours_Daily"), EMPTY_DAYS),
    ),
    ("MaxHoursContinuously", "max_hours_in_a_row", (MOST_RUNNING,)),
    ("ActivityTagMaxHoursDaily", "max_tag_hours_daily", (TAG, MOST_DAILY)),
    ("ActivityTagMaxHoursContinuously", "max_tag_hours_in_a_row", (TAG, MOST_RUNNING)),
    ("MaxGapsPerDay", "max_gaps_per_day", (GAPS,)),
    ("MaxGapsPerWeek", "max_gaps_per_week", (GAPS,)),
    (
        "IntervalMaxDaysPerWeek",
        "max_days_in_interval",
        (
            Field("first", ("Interval_Start_Hour",), Form.HOUR),
            Field("after", ("Interval_End_Hour",), Form.HOUR),
            number("most", "Max_Days_Per_Week"),
        ),
    ),
    (
        "EarlyMaxBeginningsAtSecondHour",
        "begins_early",
        (number("most", "Max_Beginnings_At_Second_Hour"),),
    ),
    (
        "MaxBuildingChangesPerDay",
        "max_building_changes",
        (number("most", "Max_Building_Changes_Per_Day"),),
    ),
)
"""What FET says of a teacher, all teachers, a student set, all students."""

PEOPLE = (
    ("Teacher", On.TEACHERS, ("Teacher_Name", "Teacher")),
    ("Teachers", On.TEACHERS, ()),
    ("StudentsSet", On.STUDENTS, ("Students",)),
    ("Students", On.STUDENTS, ()),
)
ONLY_STUDENTS = {"EarlyMaxBeginningsAtSecondHour"}
NAMED_TEACHER = {"MaxBuildingChangesPerDay"}
"""Where FET names the teacher in `Teacher` and not in `Teacher_Name`."""


def _weeks() -> Iterator[Tag]:
    for prefix, on, who in PEOPLE:
        for suffix, kind, fields in WEEKS:
            if suffix in ONLY_STUDENTS and on is On.TEACHERS:
                continue
            name = tuple(reversed(who)) if suffix in NAMED_TEACHER else who
            fixed = (
                (("only_who_works", True),)
                if prefix == "Teachers" and kind == "min_days_per_week"
                else ()
            )
            yield Tag(
                f"{PREFIX}{prefix}{suffix}",
                kind,
                on,
                name,
                tuple(_as_fet_names(prefix, one) for one in fields),
                fixed,
                is_space=suffix in NAMED_TEACHER,
            )


def _as_fet_names(prefix: str, one: Field) -> Field:
    """Return a field as FET writes it: of teachers it says Activity_Tag_Name."""
    if one is TAG and prefix.startswith("Teacher"):
        return text("tag", "Activity_Tag_Name", "Activity_Tag", is_needed=True)
    return one


def _time(name: str, kind: str, *fields: Field) -> Tag:
    return Tag(PREFIX + name, kind, fields=fields)


def _space(name: str, kind: str, *fields: Field) -> Tag:
    return Tag(PREFIX + name, kind, fields=fields, is_space=True)


def _rooms() -> Iterator[Tag]:
    for suffix, where in (("Room", ROOM), ("Rooms", ROOMS)):
        lesson = (LESSON, where, LOCKED) if where is ROOM else (LESSON, where)
        yield _space(f"ActivityPreferred{suffix}", "preferred_rooms", *lesson)
        yield _space(f"SubjectPreferred{suffix}", "preferred_rooms", SUBJECT, where)
        yield _space(f"ActivityTagPreferred{suffix}", "preferred_rooms", TAG, where)
        yield _space(f"SubjectActivityTagPreferred{suffix}", "preferred_rooms", SUBJECT, TAG, where)
        for owner, on, who in (
            ("StudentsSet", On.STUDENTS, "Students"),
            ("Teacher", On.TEACHERS, "Teacher"),
        ):
            tag = f"{PREFIX}{owner}Home{suffix}"
            yield Tag(tag, "home_rooms", on, (who,), (where,), is_space=True)


def _away() -> Iterator[Tag]:
    for owner, on, who in (
        ("Teacher", On.TEACHERS, "Teacher"),
        ("StudentsSet", On.STUDENTS, "Students"),
        ("Room", On.ROOMS, "Room"),
    ):
        tag = f"{PREFIX}{owner}NotAvailableTimes"
        yield Tag(tag, "not_available", on, (who,), (AWAY,), is_space=on is On.ROOMS)


TAGS: dict[str, Tag] = {
    one.tag: one
    for one in (
        _time("BasicCompulsoryTime", "lessons_in_time"),
        _space("BasicCompulsorySpace", "lessons_in_rooms"),
        _time("BreakTimes", "break_times", slots("Break_Time", "Number_of_Break_Times")),
        *_away(),
        *_weeks(),
        _time(
            "MinDaysBetweenActivities",
            "min_days_between",
            Field("together_if_same_day", ("Consecutive_If_Same_Day",), Form.FLAG),
            LESSONS,
            number("least", "MinDays", "Min_Days"),
        ),
        _time("ActivitiesSameStartingDay", "same_starting_day", LESSONS),
        _time("ActivitiesSameStartingHour", "same_starting_hour", LESSONS),
        _time("ActivitiesSameStartingTime", "same_starting_time", LESSONS),
        _time("ActivitiesNotOverlapping", "not_overlapping", LESSONS),
        _time("TwoActivitiesOrdered", "ordered", TWO_LESSONS),
        _time("TwoActivitiesConsecutive", "consecutive", TWO_LESSONS),
        _time("TwoActivitiesGrouped", "grouped", TWO_LESSONS),
        _time(
            "ActivityPreferredStartingTime",
            "preferred_starts",
            LESSON,
            Field("slots", ("Preferred_Day", "Preferred_Hour"), Form.SLOT),
            LOCKED,
        ),
        _time("ActivityPreferredStartingTimes", "preferred_starts", LESSON, STARTS),
        _time("ActivityPreferredTimeSlots", "preferred_slots", LESSON, INSIDE),
        _time("ActivitiesPreferredStartingTimes", "preferred_starts", *LIKE, DURATION, STARTS),
        _time("ActivitiesPreferredTimeSlots", "preferred_slots", *LIKE, DURATION, INSIDE),
        _time(
            "SubactivitiesPreferredStartingTimes",
            "preferred_starts",
            COMPONENT,
            *LIKE,
            DURATION,
            STARTS,
        ),
        _time(
            "SubactivitiesPreferredTimeSlots", "preferred_slots", COMPONENT, *LIKE, DURATION, INSIDE
        ),
        _time("ActivityEndsStudentsDay", "ends_students_day", LESSON),
        _time("ActivitiesEndStudentsDay", "ends_students_day", *LIKE),
        *_rooms(),
        _space(
            "ActivitiesOccupyMaxDifferentRooms",
            "max_rooms",
            LESSONS,
            number("most", "Max_Number_of_Different_Rooms"),
        ),
    )
}
"""Every kind of FET's that is known here, by tag."""

ONLY_HARD = {
    "lessons_in_time",
    "lessons_in_rooms",
    "break_times",
    "max_days_per_week",
    "min_days_per_week",
    "max_gaps_per_day",
    "max_gaps_per_week",
    "max_days_in_interval",
    "begins_early",
    "max_building_changes",
    "ends_students_day",
    "max_rooms",
}
"""Kinds that FET takes at weight 100 alone: with less it makes no timetable at all."""
ONLY_HARD_OF_SOME = {
    ("min_hours_daily", On.STUDENTS),
    ("not_available", On.TEACHERS),
    ("not_available", On.STUDENTS),
}


def must_be_hard(kind: str, on: On) -> bool:
    """Tell whether FET takes a kind at weight 100 alone."""
    return kind in ONLY_HARD or (kind, on) in ONLY_HARD_OF_SOME
