"""What the timetable app refuses, each with a sentence that says where and what next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class UnreadableFile(DomainError):
    """A file of a timetable is not there, too big, or no such file at all."""

    code = "timetable.unreadable_file"
    message = _("The file %(file)s cannot be read: %(reason)s.")
    status = 400


class FileRefused(DomainError):
    """One place of a file makes no sense."""

    code = "timetable.file_refused"
    message = _("%(file)s, %(place)s: %(reason)s.")
    status = 400


class NotWritable(DomainError):
    """A file can't be written there."""

    code = "timetable.not_writable"
    message = _("The file %(file)s cannot be written: %(reason)s.")
    status = 400


class NotAMonday(DomainError):
    """A timetable begins on a Monday."""

    code = "timetable.not_a_monday"
    message = _("A timetable begins on a Monday; %(day)s is none.")


class OutsideTheYear(DomainError):
    """The day isn't in the school year."""

    code = "timetable.outside_the_year"
    message = _("That day isn't in school year %(year)s.")


class NothingToTeach(DomainError):
    """No class has a plan with teachers."""

    code = "timetable.nothing_to_teach"
    message = _(
        "There are no lessons to place: please plan the subjects of the classes and give them to "
        "teachers first."
    )


class AlreadyPublished(DomainError):
    """The timetable was published."""

    code = "timetable.already_published"
    message = _("This timetable was published. Please make a copy that begins later.")


class PublishedStays(DomainError):
    """A published timetable isn't edited."""

    code = "timetable.published_stays"
    message = _(
        "A published timetable stays as it was told to everybody. Please make a copy that begins "
        "later, or change single days."
    )


class StartsTaken(DomainError):
    """Another published timetable begins on that day."""

    code = "timetable.starts_taken"
    message = _("Another published timetable begins on %(day)s.")


class LessonLocked(DomainError):
    """The lesson is pinned."""

    code = "timetable.lesson_locked"
    message = _("This lesson is pinned where it is. Please unpin it first.")


class NoSuchSpot(DomainError):
    """The week has no such period."""

    code = "timetable.no_such_spot"
    message = _("The week has no such period.")


class OverlapsItself(DomainError):
    """A double period doesn't fit there."""

    code = "timetable.goes_past_the_session"
    message = _("The lesson would go on after the end of the half-day.")


class NothingToTakeBack(DomainError):
    """No step is left."""

    code = "timetable.nothing_to_take_back"
    message = _("There is no step to take back.")


class NothingToRedo(DomainError):
    """No step was taken back."""

    code = "timetable.nothing_to_redo"
    message = _("There is no step to do again.")


class OnePeriodAlone(DomainError):
    """A single period has no parts."""

    code = "timetable.one_period_alone"
    message = _("This lesson is a single period already.")


class NothingToJoin(DomainError):
    """No other lesson is like it."""

    code = "timetable.nothing_to_join"
    message = _("There is no other lesson of this subject, class and teacher to join it with.")


class TooLong(DomainError):
    """The lesson would be too long."""

    code = "timetable.too_long"
    message = _("A lesson has at most %(most)s periods.")


class OneClassAlone(DomainError):
    """Only one class, or none, has lessons to combine."""

    code = "timetable.one_class_alone"
    message = _("Please choose two classes or more that each have lessons of this subject.")


class LessonsNotAlike(DomainError):
    """The classes have not as many lessons, or not as long ones."""

    code = "timetable.lessons_not_alike"
    message = _(
        "These classes don't have as many lessons of the subject, equally long and in the same "
        "weeks. Please make them alike first."
    )


class NotThatDay(DomainError):
    """The lesson isn't held on that day of the week, or the day has another timetable."""

    code = "timetable.not_that_day"
    message = _("This lesson isn't held on %(day)s.")


class NoLessonsThatDay(DomainError):
    """There is no school on that day."""

    code = "timetable.no_lessons_that_day"
    message = _("There are no lessons on %(day)s: a day off, or outside the terms.")


class TeacherBusy(DomainError):
    """Who should stand in teaches at that time."""

    code = "timetable.teacher_busy"
    message = _("%(name)s teaches class %(room)s at that time.")


class TeacherAway(DomainError):
    """Who should teach is on leave."""

    code = "timetable.teacher_away"
    message = _("%(name)s is on leave on %(day)s.")


class ClassBusy(DomainError):
    """The class has another lesson at that time."""

    code = "timetable.class_busy"
    message = _("Class %(room)s has %(subject)s at that time.")


class RoomTaken(DomainError):
    """The room has another lesson at that time."""

    code = "timetable.room_taken"
    message = _("%(place)s is taken at that time: %(subject)s of class %(room)s.")


class AlreadyThere(DomainError):
    """A lesson is moved to where it is."""

    code = "timetable.already_there"
    message = _("The lesson is held at that time anyway. Please choose another one.")


class OwnLesson(DomainError):
    """Nobody stands in for themself."""

    code = "timetable.own_lesson"
    message = _("%(name)s teaches this lesson anyway.")


class NotOnStaff(DomainError):
    """Who should stand in doesn't work at the school."""

    code = "timetable.not_on_staff"
    message = _("%(name)s doesn't work at the school on that day.")


class ClashesLeft(DomainError):
    """Something is wrong that must not be."""

    code = "timetable.clashes_left"
    message = _("The timetable has %(count)s clashes. Please mend them, or publish it as it is.")


class OtherResult(DomainError):
    """A result is of another timetable: most of its lessons are none of this one."""

    code = "timetable.other_result"
    message = _(
        "This is the result of another timetable: of its %(count)s lessons, %(foreign)s are not"
        " in this one. Nothing was changed."
    )
    status = 422


class PublishedLate(DomainError):
    """A timetable is published fewer working days ahead than the school promises."""

    code = "timetable.published_late"
    message = _(
        "Timetables are published at least %(days)s working days ahead: this one could hold from"
        " %(day)s. Please say why it cannot wait."
    )


class SameCampus(DomainError):
    """A way needs two campuses."""

    code = "timetable.same_campus"
    message = _("Please choose two different campuses, and say kilometres or minutes.")


class NoLaterBells(DomainError):
    """Bell times that hold already, or never did, are taken back."""

    code = "timetable.no_later_bells"
    message = _("Only bell times that do not hold yet can be taken back.")


class NoSuchRule(DomainError):
    """A rule can't be said so: it takes other numbers, or speaks of others."""

    code = "timetable.no_such_rule"
    message = _("This rule cannot be set that way. Please check its numbers and whom it is for.")


class NumbersCross(DomainError):
    """The least is more than the most."""

    code = "timetable.numbers_cross"
    message = _("The smallest number is larger than the largest one.")


class NothingAsked(DomainError):
    """A rule or wish without the places it is about."""

    code = "timetable.nothing_asked"
    message = _("Please mark at least one period, or say how many free days or half-days.")


class TwoClassesNeeded(DomainError):
    """A block or combined class of one class is none."""

    code = "timetable.two_classes_needed"
    message = _("Please choose at least two classes and one subject.")


class NothingToCopy(DomainError):
    """The year before has no rules of its own."""

    code = "timetable.nothing_to_copy"
    message = _("The school year before has no rules of its own to take over.")


class DepartmentTaken(DomainError):
    """A department of that name is there."""

    code = "timetable.department_taken"
    message = _("There is a department of this name already.")


class NoBells(DomainError):
    """A day without periods."""

    code = "timetable.no_bells"
    message = _("Please write at least one period with its times.")


class BellsBackwards(DomainError):
    """A period ends before it begins."""

    code = "timetable.bells_backwards"
    message = _("Period %(number)s (%(half)s) ends before it begins.")


class BellsLength(DomainError):
    """A period is far too short or long."""

    code = "timetable.bells_length"
    message = _("Period %(number)s (%(half)s) should have 20 to 90 minutes.")


class BellsOverlap(DomainError):
    """A period begins before the one before it has ended."""

    code = "timetable.bells_overlap"
    message = _("Period %(number)s (%(half)s) begins before the period before it has ended.")


class BellsMissing(DomainError):
    """A period is left out between others."""

    code = "timetable.bells_missing"
    message = _("Before period %(number)s (%(half)s) one is left out.")
