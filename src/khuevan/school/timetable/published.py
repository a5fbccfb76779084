"""What the change feed carries of timetables: published versions, and what a day has otherwise.

The lessons of a version are read at `GET /api/v1/timetables/{uuid}/lessons`: they keep no history.
"""

from khuevan.platform.feed.api import Publication, Reference, publish
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School
from khuevan.registry.staff.api import StaffMember
from khuevan.school.timetable.models import DayChange, ScheduledLesson, Timetable, TimetableState
from khuevan.school.timetable.permissions import VIEW_TIMETABLES

publish(
    Publication(
        "timetables",
        Timetable,
        VIEW_TIMETABLES,
        fields={
            "school": Reference("school_id", School, "code"),
            "year": Reference("academic_year_id", AcademicYear, "code"),
            "name": "name",
            "starts_on": "starts_on",
        },
        is_personal=False,
        only={"state": TimetableState.PUBLISHED.value},
    )
)
publish(
    Publication(
        "lesson_changes",
        DayChange,
        VIEW_TIMETABLES,
        fields={
            "school": Reference("school_id", School, "code"),
            "class": Reference("homeroom_class_id", HomeroomClass),
            "lesson": Reference("lesson_id", ScheduledLesson),
            "on": "on",
            "kind": "kind",
            "substitute": Reference("substitute_id", StaffMember),
        },
    )
)
