"""What the schools app refuses."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class ClassNameTaken(DomainError):
    """The school has a class of this name in the year."""

    code = "schools.class_name_taken"
    message = _("The school already has class %(name)s this year.")


class GradeNotTaught(DomainError):
    """The school does not teach the grade's level."""

    code = "schools.grade_not_taught"
    message = _("This school does not teach %(grade)s.")


class CodeTaken(DomainError):
    """Another unit has this code."""

    code = "schools.code_taken"
    message = _("Code %(code)s already belongs to another unit.")


class FactsNotRecorded(DomainError):
    """Nothing says what the school was by law on that day."""

    code = "schools.facts_not_recorded"
    message = _("What this school was on %(on)s is not recorded.")
    status = 404


class LevelsDontFit(DomainError):
    """A school of this type teaches other levels."""

    code = "schools.levels_dont_fit"
    message = _("%(type)s: choose the levels it teaches: %(levels)s.")
    status = 400


class OwnershipDoesntFit(DomainError):
    """A school of this type has other owners."""

    code = "schools.ownership_doesnt_fit"
    message = _("Only preschools are people-founded.")
    status = 400


class FactsTooEarly(DomainError):
    """The facts changed on that day or later."""

    code = "schools.facts_too_early"
    message = _("The last change counts from %(since)s. Choose a later day, or correct that entry.")


class NothingChanged(DomainError):
    """What was asked for is so already."""

    code = "schools.nothing_changed"
    message = _("Nothing differs from what is recorded.")


class LevelStillTaught(DomainError):
    """A class of the level that ends is open."""

    code = "schools.level_still_taught"
    message = _("%(level)s still has %(count)s open classes on that day. Close them first.")


class SchoolClosed(DomainError):
    """The school is closed, or closes before the year ends."""

    code = "schools.school_closed"
    message = _("The school closes on %(on)s, so it opens no class in this school year.")


class AlreadyClosed(DomainError):
    """The school is closed."""

    code = "schools.already_closed"
    message = _("The school closed on %(on)s.")


class StillInUse(DomainError):
    """Somebody or something is still there."""

    code = "schools.still_in_use"
    message = _("%(what)s still has %(holds)s on %(on)s. Move them first, then close.")


class ClassClosed(DomainError):
    """The class is closed."""

    code = "schools.class_closed"
    message = _("Class %(name)s is closed.")


class ClassOutsideYear(DomainError):
    """The day is not in the class's year."""

    code = "schools.class_outside_year"
    message = _("Choose a day of the school year %(year)s.")
    status = 400


class GradesDontMix(DomainError):
    """A multi-grade class mixes levels."""

    code = "schools.grades_dont_mix"
    message = _("A multi-grade class joins grades of one level only.")
    status = 400


class GradeStillTaught(DomainError):
    """Pupils of a grade sit in the class, and the class would no longer teach it."""

    code = "schools.grade_still_taught"
    message = _("Pupils of this grade are or were in class %(name)s. It keeps the grade.")


class GradeTwice(DomainError):
    """A multi-grade class names a grade twice, or its own."""

    code = "schools.grade_twice"
    message = _("A multi-grade class names each grade once.")
    status = 400


class WebsiteNotAnAddress(DomainError):
    """The website is no address of the web."""

    code = "schools.website_not_an_address"
    message = _("A website begins with http:// or https://.")
    status = 400


class PlaceNameTaken(DomainError):
    """There is a campus or room of this name."""

    code = "schools.place_name_taken"
    message = _("There is already one called %(name)s here.")


class MainCampusStays(DomainError):
    """The main campus can't be closed alone."""

    code = "schools.main_campus_stays"
    message = _("The main campus stays as long as the school does.")


class ClosesBeforeItOpens(DomainError):
    """It was not there yet, or is closed."""

    code = "schools.closes_before_it_opens"
    message = _("%(name)s is in use from %(since)s. Choose a later day.")


class SchoolNotFound(DomainError):
    """No school has this code."""

    code = "schools.school_not_found"
    message = _("No school has the code %(code)s.")
    status = 400


class YearNotDecided(DomainError):
    """The province has not decided the level's year."""

    code = "schools.year_not_decided"
    message = _("The frame of %(year)s for %(level)s is not decided yet.")
    status = 404


class FrameOutsideYear(DomainError):
    """The frame is not in order, or not in the year."""

    code = "schools.frame_outside_year"
    message = _("First day, teaching and end follow each other, within %(first)s to %(end)s.")
    status = 400


class TermsMissing(DomainError):
    """No term is given."""

    code = "schools.terms_missing"
    message = _("Give at least one term.")
    status = 400


class TermBackward(DomainError):
    """A term ends before it begins."""

    code = "schools.term_backward"
    message = _("Term %(number)s ends before it begins.")
    status = 400


class TermsOverlap(DomainError):
    """A term begins before the one before it ends."""

    code = "schools.terms_overlap"
    message = _("Term %(number)s begins before the term before it ends.")
    status = 400


class TermsLeaveAGap(DomainError):
    """Days between two terms belong to none."""

    code = "schools.terms_leave_a_gap"
    message = _("Days before term %(number)s belong to no term.")
    status = 400


class TermOutsideYear(DomainError):
    """A term is outside the level's year."""

    code = "schools.term_outside_year"
    message = _("Term %(number)s is not within the teaching days of the year.")
    status = 400


class ClosureTooLong(DomainError):
    """A closure has at least one day and at most two months."""

    code = "schools.closure_too_long"
    message = _("A closure lasts from one day to two months.")
    status = 400


class MakeUpTooEarly(DomainError):
    """The lessons are made up after the closure."""

    code = "schools.make_up_too_early"
    message = _("Make lessons up after the closure has ended.")
    status = 400


class MakeUpTwice(DomainError):
    """The day is named already."""

    code = "schools.make_up_twice"
    message = _("This day is named already.")


class GradeNotInClass(DomainError):
    """Pupils go into a class that teaches their grade."""

    code = "schools.grade_not_in_class"
    message = _("Class %(name)s does not teach %(grade)s. Choose a class of that grade.")


class DecisionNeeded(DomainError):
    """A school is founded, converted and closed by a decision."""

    code = "schools.decision_needed"
    message = _("This is done by a decision: give its number, its day and who signed it.")
    status = 400


class DecisionToCome(DomainError):
    """The decision is of a day to come."""

    code = "schools.decision_to_come"
    message = _("The decision can't be signed on %(on)s: that day is still to come.")
    status = 400


class CountsBeforeDecision(DomainError):
    """Nothing counts before it is decided."""

    code = "schools.counts_before_decision"
    message = _("The decision is of %(signed)s; it can't count earlier, from %(counts)s.")
    status = 400


class DecidedAlready(DomainError):
    """The same decision twice."""

    code = "schools.decided_already"
    message = _("Decision %(number)s of %(on)s is written down already.")


class NotTheDecider(DomainError):
    """Another office decides that."""

    code = "schools.not_the_decider"
    message = _(
        "%(matter)s (%(kind)s): on %(on)s this was not for your office to decide, but for %(who)s"
        " (%(source)s)."
    )


class DeciderUnknown(DomainError):
    """No law on record says who decides that on the day."""

    code = "schools.decider_unknown"
    message = _(
        "%(matter)s (%(kind)s): it is not on record who decided this on %(on)s. Ask the Department"
        " to record the decision."
    )


class ManagedByFounder(DomainError):
    """A school stands under the level that founds it."""

    code = "schools.managed_by_founder"
    message = _("%(kind)s: founded by %(who)s. Choose the managing unit of that level.")


class ManagedElsewhere(DomainError):
    """A school stands under the office that manages schools of its highest level."""

    code = "schools.managed_elsewhere"
    message = _(
        "%(school)s (%(kind)s) doesn't stand under “%(under)s” on %(on)s, but under: %(above)s"
        " (%(source)s)."
    )


class MakeUpTaught(DomainError):
    """Lessons of other days can't be made up on a day that has its own."""

    code = "schools.make_up_taught"
    message = _("%(on)s is a day of lessons anyway. Choose a Saturday or a Sunday.")


class MakeUpTaughtSixDays(MakeUpTaught):
    """The same where lessons are held from Monday to Saturday."""

    message = _("%(on)s is a day of lessons anyway. Choose a Sunday.")


class MakeUpTaken(DomainError):
    """The lessons of another closure are made up on that day."""

    code = "schools.make_up_taken"
    message = _("%(on)s makes up other days off already. Choose another day.")


class MakeUpHoliday(DomainError):
    """Nobody is called to school on a public holiday."""

    code = "schools.make_up_holiday"
    message = _("%(on)s is a public holiday or a day off for one. Choose another day.")


class MakeUpOutsideYear(DomainError):
    """Lessons are made up within the year's work."""

    code = "schools.make_up_outside_year"
    message = _("The year's work ends on %(last)s. Choose a day up to then.")


class MadeUpAll(DomainError):
    """No more days are made up than were lost."""

    code = "schools.made_up_all"
    message = _("These days off took %(lost)s days of lessons, and as many days make them up.")
