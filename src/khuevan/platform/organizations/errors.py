"""What the organizations app refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class MoveTooEarly(DomainError):
    """What was true before stays true: a unit changes after its latest change only."""

    code = "organizations.move_too_early"
    message = _("The unit changed on %(since)s; a new change must be after that day.")


class NotUnderItself(DomainError):
    """A unit can't stand under itself or under a unit below it."""

    code = "organizations.not_under_itself"
    message = _("A unit can't be moved under itself.")


class UnitHoldsOthers(DomainError):
    """A unit is closed once nothing stands under it any more."""

    code = "organizations.unit_holds_others"
    message = _("Other units still stand under %(unit)s. Move them first.")


class ManagerNotRecorded(DomainError):
    """Nobody knows who managed the unit on that day."""

    code = "organizations.manager_not_recorded"
    message = _("Who managed this unit on %(on)s is not recorded.")
    status = 404


class ParentNotThere(DomainError):
    """A unit is put only under one that is there on that day and has no end."""

    code = "organizations.parent_not_there"
    message = _("%(unit)s does not exist on %(on)s, or has an end. Choose another unit or day.")


class BeforeRecords(DomainError):
    """Nothing is recorded of days so long ago."""

    code = "organizations.before_records"
    message = _("Units are recorded from %(first)s on; %(on)s is earlier.")


class SchoolsElsewhere(DomainError):
    """Schools are opened, renamed and closed as schools, with their classes and pupils."""

    code = "organizations.schools_elsewhere"
    message = _("%(unit)s is a school. Change it on the school's own page.")


class NothingToUndo(DomainError):
    """Only the latest change of a unit is taken back."""

    code = "organizations.nothing_to_undo"
    message = _("%(unit)s has no change that could be taken back.")


class UnitCodeTaken(DomainError):
    """Codes of units are unique, also of those that have ended."""

    code = "organizations.code_taken"
    message = _("Another unit has the code %(code)s.")


class DecisionAfterChange(DomainError):
    """A decision is signed before it counts, or is entered at once after it was signed."""

    code = "organizations.decision_after_change"
    message = _("The decision can't be signed on %(signed)s: that day is still to come.")


class AliasTaken(DomainError):
    """A code of another register names one unit at a time."""

    code = "organizations.alias_taken"
    message = _("%(source)s gives the code %(code)s to another unit at that time.")


class LinkedAlready(DomainError):
    """Two units are linked in one way once at a time."""

    code = "organizations.linked_already"
    message = _("The units are linked in this way at that time already.")


class LinkOver(DomainError):
    """A link ends after it began, once."""

    code = "organizations.link_over"
    message = _("The link began on %(since)s, or has ended. Choose a later day.")


class KindFromToday(DomainError):
    """What a unit is changes on a day that has come."""

    code = "organizations.kind_from_today"
    message = _("The kind of a unit can't change on a day to come. Enter it on the day.")


class KindEnded(DomainError):
    """There is no such unit any more on that day."""

    code = "organizations.kind_ended"
    message = _("There are no units of the kind “%(kind)s” after %(last)s.")


class KindNotYet(DomainError):
    """There is no such unit yet on that day."""

    code = "organizations.kind_not_yet"
    message = _("There are no units of the kind “%(kind)s” before %(first)s.")


class KindNotUnder(DomainError):
    """A kind of unit stands under certain kinds only."""

    code = "organizations.kind_not_under"
    message = _(
        "A unit of the kind “%(kind)s” doesn't stand under one of the kind “%(under)s” on %(on)s,"
        " but under: %(above)s (%(source)s)."
    )


class CodeNotACode(DomainError):
    """A code stands in addresses and files: plain letters and digits."""

    code = "organizations.code_not_a_code"
    message = _("A code has letters without marks, digits, dots, dashes and underscores only.")
    status = 400


class NumberUnfit(DomainError):
    """The number of a decision has digits and the sign of who decided."""

    code = "organizations.number_unfit"
    message = _("The number of a decision has digits and a sign, such as 412/QĐ-UBND.")


class SignerNeeded(DomainError):
    """A decision without who signed it, and as what."""

    code = "organizations.signer_needed"
    message = _("Say who signed for %(office)s, and in which position.")


class SignedOtherwise(DomainError):
    """A form of signing that an office of this kind doesn't use."""

    code = "organizations.signed_otherwise"
    message = _("The decisions of %(office)s are signed in another form: %(forms)s (%(source)s).")


class PositionUnfit(DomainError):
    """Somebody of that position doesn't sign in that form."""

    code = "organizations.position_unfit"
    message = _(
        "A decision of %(office)s in this form (%(form)s) is signed by: %(positions)s (%(source)s)."
    )


class AuthorizationNeeded(DomainError):
    """Whoever signs by special authorization has it on paper (Decree 30/2020, article 13)."""

    code = "organizations.authorization_needed"
    message = _(
        "Signed TUQ.: give number and day of the paper that authorizes the signer, such as"
        " 12/UQ-UBND."
    )
    status = 400


class AuthorizationUnfit(DomainError):
    """An authorization stands behind TUQ. only, and before the decision."""

    code = "organizations.authorization_unfit"
    message = _(
        "Only what is signed TUQ. names an authorization, and one given before the decision."
    )
    status = 400


class BodyUnfit(DomainError):
    """The position names another body than the one that decides."""

    code = "organizations.body_unfit"
    message = _(
        "This is for %(office)s to sign. “%(position)s” belongs to another body: check the signer"
        " or the day."
    )
    status = 400


class SignUnfit(DomainError):
    """The sign of the number is that of another body."""

    code = "organizations.sign_unfit"
    message = _(
        "This is for %(office)s to decide (%(source)s). The number %(number)s has the sign of"
        " another body: check it."
    )
    status = 400
