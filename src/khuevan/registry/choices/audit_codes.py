"""What the choices app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

COMBINATION_KEPT = declare_code(
    "choices.combination_kept", _("Combination kept: %(name)s, %(count)s places")
)
COMBINATION_CLOSED = declare_code(
    "choices.combination_closed", _("Combination no longer offered: %(name)s")
)
PLANS_FOLLOW = declare_code(
    "choices.plans_follow", _("Plans of %(count)s classes follow their combinations")
)
GROUPS_MADE = declare_code("choices.groups_made", _("%(count)s groups made from combinations"))
ROUND_KEPT = declare_code("choices.round_kept", _("Round of choosing kept: %(name)s"))
WISHES_GIVEN = declare_code("choices.wishes_given", _("Wishes given: %(wishes)s"))
WISHES_LISTED = declare_code(
    "choices.wishes_listed", _("Wishes and scores of %(count)s pupils entered by list")
)
REMINDED = declare_code("choices.reminded", _("%(count)s people reminded to choose"))
RESULT_COMPUTED = declare_code(
    "choices.result_computed", _("Result computed: %(count)s of %(total)s pupils have a place")
)
RESULT_PUBLISHED = declare_code(
    "choices.result_published", _("Result published: %(count)s pupils have a combination")
)
CHANGE_ASKED = declare_code("choices.change_asked", _("Change of combination asked for: %(name)s"))
CHANGE_APPROVED = declare_code(
    "choices.change_approved", _("Change of combination approved: %(name)s")
)
CHANGE_APPROVED_OVER = declare_code(
    "choices.change_approved_over",
    _("Change of combination approved over the places: %(name)s (%(reason)s)"),
)
CHANGE_REFUSED = declare_code(
    "choices.change_refused", _("Change of combination not approved: %(name)s")
)
