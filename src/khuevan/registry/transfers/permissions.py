"""Who sees transfers, keeps them at a school, and decides them at an office."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_TRANSFERS = declare(
    "transfers.transfer:view",
    _("See transfers of pupils"),
    roles=(
        "department_director",
        "department_specialist",
        "commune_chair",
        "commune_officer",
        "principal",
        "school_clerk",
        "guardian",
        "student",
    ),
)
RECORD_TRANSFERS = declare(
    "transfers.transfer:record",
    _("Request, accept, release and receive pupils who change schools"),
    level="record",
    roles=("principal", "school_clerk"),
)
_OFFICES = ("department_director", "department_specialist", "commune_chair", "commune_officer")
RECORD_DECISIONS = declare(
    "transfers.decision:record",
    _("Record the signed decision of one's office on a transfer, with number and signer"),
    level="record",
    roles=_OFFICES,
)
SIGN_DECISIONS = declare(
    "transfers.decision:sign",
    _("Sign the decisions of one's office on transfers"),
    level="approve",
    roles=("department_director", "commune_chair"),
)
RECORD_MOVES = declare(
    "transfers.move_decision:record",
    _("Record the signed decision of one's office on a move of staff, with number and signer"),
    level="record",
    roles=_OFFICES,
)
ASK_TRANSFER = declare(
    "transfers.transfer:ask",
    _("Ask for one's child to change schools"),
    level="record",
    roles=("guardian",),
)
ASK_MOVE = declare(
    "transfers.own_move:ask",
    _("Ask to move to another school oneself"),
    level="record",
    roles=("school_staff", "school_clerk", "principal", "vice_principal"),
)
