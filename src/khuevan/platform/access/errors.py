"""What the access app refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.access.rules import DelegationFault


class NotYoursToGive(DomainError):
    """The role reaches further than what the giver holds or may give."""

    code = "access.not_yours_to_give"
    message = _("You can't give or end the role %(role)s there. Please ask %(ask)s.")
    status = 403


class NotToOneself(DomainError):
    """Nobody gives themselves a role."""

    code = "access.not_to_oneself"
    message = _("You can't give yourself a role. Please ask a colleague who may give it.")
    status = 403


class HeldOnBehalf(DomainError):
    """What was delegated can't be passed on or used to give."""

    code = "access.held_on_behalf"
    message = _("You hold this role on behalf of someone else, so you can't pass it on.")
    status = 403


class FollowsFromFact(DomainError):
    """A derived grant ends with the fact, a delegated one with the delegation."""

    code = "access.follows_from_fact"
    message = _("This role follows from %(source)s. End that, and the role ends with it.")


class BadPeriod(DomainError):
    """The period is empty or begins in the past."""

    code = "access.bad_period"
    message = _("The period must begin today or later and end after it begins.")
    status = 422


class NoSuchAnchor(DomainError):
    """A role is on a unit or on a class of it."""

    code = "access.no_such_anchor"
    message = _("Choose a unit, or a class of that unit.")
    status = 422


class OwnRole(DomainError):
    """Nobody changes what their own role may do."""

    code = "access.own_role"
    message = _("You hold this role yourself, so another administrator must change it.")
    status = 403


class NotYoursToAdd(DomainError):
    """A role gets only what whoever changes it holds everywhere."""

    code = "access.not_yours_to_add"
    message = _(
        "You don't hold these rights yourself, so you can't put them into a role: %(rights)s."
    )
    status = 403


class UnknownRight(DomainError):
    """No app knows this permission."""

    code = "access.unknown_right"
    message = _("There is no right with the code %(code)s.")
    status = 404


class OperatorsOwn(DomainError):
    """What the operator of the server may do is not handed to others, and not lost by accident."""

    code = "access.operators_own"
    message = _("The right %(code)s stays with the operator of the server, and only there.")
    status = 403


class NeverOfSupport(DomainError):
    """Support looks at records for a while; it gives nobody anything, itself not either."""

    code = "access.never_of_support"
    message = _("A role of support never holds these rights: %(rights)s.")
    status = 403


class RoleNameTaken(DomainError):
    """Two roles of one name would be mixed up when giving them."""

    code = "access.role_name_taken"
    message = _("There is a role of this name already.")


class MoreThanYou(DomainError):
    """The account belongs to someone with rights that the actor could not give."""

    code = "access.more_than_you"
    message = _("%(person)s holds the role %(role)s, which is not yours to manage.")
    status = 403


class SeesPupils(DomainError):
    """The account opens records of pupils that the actor may not see."""

    code = "access.sees_pupils"
    message = _(
        "%(person)s may see pupils' data that you may not, so you can't open the way into this "
        "account alone. Ask for a new password and a second person confirms, or ask %(ask)s."
    )
    status = 403


class NotNeeded(DomainError):
    """The actor may issue the password without anybody else."""

    code = "access.reset_not_needed"
    message = _("You may issue this password yourself.")


class AlreadyAsked(DomainError):
    """One open request for an account is enough."""

    code = "access.reset_already_asked"
    message = _("Somebody has asked for this password already. That request is still open.")


class NobodyConfirms(DomainError):
    """Nobody with an account may answer for this one."""

    code = "access.reset_nobody"
    message = _("Nobody may confirm a new password for %(person)s here. Please ask %(ask)s.")
    status = 403


class RequestOver(DomainError):
    """The request was answered, withdrawn, used or is too old."""

    code = "access.reset_over"
    message = _("This request is over. Please ask again.")


class TwoPersonsNeeded(DomainError):
    """Whoever issued the sign-in doesn't give it more than they hold themselves."""

    code = "access.two_persons_needed"
    message = _(
        "You issued the sign-in of %(person)s, so someone else must give the role %(role)s. "
        "Please ask %(ask)s."
    )
    status = 403


class OwnAccount(DomainError):
    """One's own account is kept on the page about it."""

    code = "access.own_account"
    message = _("This is your own account. Use the page Sign-in and security.")


class SupportTooLong(DomainError):
    """A support session lasts at most two hours."""

    code = "access.support_too_long"
    message = _("A support session lasts from 5 minutes to 2 hours.")
    status = 422


class SupportTooWide(DomainError):
    """A support session reaches one unit, not those below it."""

    code = "access.support_too_wide"
    message = _("A support session is for one school: choose a unit with no other below it.")
    status = 422


class ReasonNeeded(DomainError):
    """Whoever reads the log must be able to understand why."""

    code = "access.reason_needed"
    message = _("Please write the reason, at least 10 characters.")
    status = 422


class DelegationRefused(DomainError):
    """A delegation that the rules don't allow; says the first fault."""

    code = "access.delegation_refused"
    message = "%(sentence)s"
    status = 422

    def __init__(self, faults: list[DelegationFault]) -> None:
        self.faults = faults
        super().__init__(sentence=DELEGATION_SENTENCES[faults[0]])


DELEGATION_SENTENCES = {
    DelegationFault.NO_ROLES: _("Choose at least one of your roles."),
    DelegationFault.TO_ONESELF: _("Choose someone other than yourself."),
    DelegationFault.NOT_OWN: _("A role that was delegated to you can't be passed on."),
    DelegationFault.PERIOD: _("The last day must not be before the first."),
    DelegationFault.PAST: _("A delegation begins today or later."),
    DelegationFault.TOO_LONG: _("A delegation lasts at most one year."),
    DelegationFault.NO_INSTRUMENT: _("A special authorization needs its written decision."),
    DelegationFault.OTHER_UNIT: _(
        "Only a special authorization (TUQ.) may go to someone outside the unit."
    ),
    DelegationFault.NOT_DEPUTY: _(
        "KT. is for the head of a unit and goes to their own deputy only. For anybody else, "
        "choose another form."
    ),
    DelegationFault.NOT_DIVISION_HEAD: _(
        "TL. is for the head of an office and goes to the head of a division of it only; a school "
        "has no divisions. For anybody else, choose another form."
    ),
    DelegationFault.NO_REASON: _("Please write the reason."),
}


class MayNotSignFor(DomainError):
    """Somebody stands in for an absent head: neither their deputy nor authorized in writing."""

    code = "access.may_not_sign_for"
    message = _(
        "You stand in for the head while they are away, yet may not sign for them: their deputy "
        "may (KT.), or whom they authorize in writing (TUQ.)."
    )
