"""What the choices app refuses."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class CombinationUnfit(DomainError):
    """A combination that the programme doesn't allow."""

    code = "choices.combination_unfit"
    message = _("The programme asks for something else: %(faults)s.")


class CombinationNamed(DomainError):
    """The grade has a combination of this name in the year."""

    code = "choices.combination_named"
    message = _("This grade has a combination called %(name)s already.")


class CombinationInUse(DomainError):
    """What a combination holds can't change once pupils ranked or learn it."""

    code = "choices.combination_in_use"
    message = _(
        "Pupils have chosen or learn %(name)s, so its subjects stay as they are. "
        "Close it and make another one."
    )


class CombinationClosed(DomainError):
    """A combination is no longer offered."""

    code = "choices.combination_closed"
    message = _("%(name)s is no longer offered.")


class NothingOffered(DomainError):
    """A round needs at least two combinations."""

    code = "choices.nothing_offered"
    message = _("Offer at least two combinations to this grade before opening a round.")


class RoundNamed(DomainError):
    """The grade has a round of this name in the year."""

    code = "choices.round_named"
    message = _("This grade has a round called %(name)s already.")


class RoundUnfit(DomainError):
    """The days of a round don't follow each other."""

    code = "choices.round_unfit"
    message = _("The last day comes before the first one.")


class RoundsOverlap(DomainError):
    """A grade chooses in one round at a time."""

    code = "choices.rounds_overlap"
    message = _(
        "This grade chooses in %(name)s from %(first)s to %(last)s. Two rounds can't run at once: "
        "change that one, or choose other days."
    )


class RoundBegun(DomainError):
    """Rules of a round stand once it has begun."""

    code = "choices.round_begun"
    message = _("The round has begun: only its last day can still be changed.")


class RoundNotOpen(DomainError):
    """Wishes are taken between two days only."""

    code = "choices.round_not_open"
    message = _("Wishes are taken from %(first)s to %(last)s.")


class RoundStillOpen(DomainError):
    """A result is computed once no wish can change any more."""

    code = "choices.round_still_open"
    message = _("Pupils can choose until %(last)s. The result is computed after that day.")


class RoundPublished(DomainError):
    """A published result stands."""

    code = "choices.round_published"
    message = _("The result was published on %(day)s and stands. Please ask for a change instead.")


class ResultMissing(DomainError):
    """Nothing was computed, or wishes, places or pupils changed since."""

    code = "choices.result_missing"
    message = _(
        "Wishes, places or pupils changed since the result was computed. Please compute it again."
    )


class ResultRenewed(DomainError):
    """Somebody computed the result again since it was looked at."""

    code = "choices.result_renewed"
    message = _(
        "The result was computed again while you were looking at it. Please look at it as it is "
        "now, then publish."
    )


class WishesUnfit(DomainError):
    """Wishes that can't be: twice the same, too many, not offered."""

    code = "choices.wishes_unfit"
    message = _("Please choose 1 to %(most)s different combinations that are offered.")


class NotInRound(DomainError):
    """The pupil isn't in the grade of the round."""

    code = "choices.not_in_round"
    message = _("%(name)s isn't in the grade of this round.")


class ListUnclear(DomainError):
    """Lines of a pasted list can't be read."""

    code = "choices.list_unclear"
    message = _("Nothing was saved. %(faults)s")


class ChangeWaits(DomainError):
    """A change of the pupil's combination waits already."""

    code = "choices.change_waits"
    message = _("A change for %(name)s waits for the principal already.")


class CatchUpMissing(DomainError):
    """After grade 10 a change says how what was missed is caught up."""

    code = "choices.catch_up_missing"
    message = _("After grade 10 please say how %(subjects)s are caught up.")


class SameCombination(DomainError):
    """The pupil learns it already."""

    code = "choices.same_combination"
    message = _("%(name)s learns this combination already.")


class CombinationFull(DomainError):
    """No place is left, and nobody said why one more is taken."""

    code = "choices.combination_full"
    message = _(
        "%(name)s is full: %(count)s of %(capacity)s places. To approve it all the same, "
        "please say why; the reason stays on the record."
    )


class ChangeDecided(DomainError):
    """A change was decided before."""

    code = "choices.change_decided"
    message = _("This change has been decided already.")
