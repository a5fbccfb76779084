"""The words of the workflow as stable codes: states, steps, sides, routes, matters, papers."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Subject(TextChoices):
    """Whom a case is about."""

    PUPIL = "PUPIL", _("Pupil")
    STAFF = "STAFF", _("Staff member")


class Move(TextChoices):
    """Why somebody of the staff moves (Decree 93/2026: by wish, by need, for a while)."""

    WISH = "WISH", _("Move by one's own wish")
    NEED = "NEED", _("Reassignment by need")
    SECONDMENT = "SECONDMENT", _("Secondment for a while")


class State(TextChoices):
    """Where a transfer stands (records sheet REC-10)."""

    REQUESTED = "REQUESTED", _("Requested")
    ACCEPTED = "ACCEPTED_BY_RECEIVER", _("Accepted by the new school")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    RELEASED = "RELEASED", _("Released, on the way")
    RECEIVED = "RECEIVED", _("Received, no class yet")
    PLACED = "PLACED", _("In class, done")


class Step(TextChoices):
    """What somebody does to a transfer."""

    ASK = "ASK", _("Transfer requested")
    ACCEPT = "ACCEPT", _("Accepted by the new school")
    REFUSE = "REFUSE", _("Refused by the new school")
    DECIDE = "DECIDE", _("Decided")
    TURN_DOWN = "TURN_DOWN", _("Not agreed to by the office")
    RELEASE = "RELEASE", _("Released by the old school")
    TAKE_BACK = "TAKE_BACK", _("Release taken back")
    RECEIVE = "RECEIVE", _("Received by the new school")
    PLACE = "PLACE", _("Placed in a class")
    WITHDRAW = "WITHDRAW", _("Withdrawn")


class Side(TextChoices):
    """Who has a part in a transfer."""

    RECEIVER = "RECEIVER", _("new school")
    RELEASER = "RELEASER", _("old school")
    ORIGIN = "ORIGIN", _("office the old school is under")
    DESTINATION = "DESTINATION", _("office the new school is under")
    FAMILY = "FAMILY", _("family")
    PERSON = "PERSON", _("the person concerned")


class Route(TextChoices):
    """Which border a transfer crosses; an area is what one office manages on the day."""

    SAME_AREA = "SAME_AREA", _("under one office")
    OTHER_AREA = "OTHER_AREA", _("to a school under another office")
    OUT = "OUT", _("to another province")
    IN = "IN", _("from another province")


class Matter(TextChoices):
    """What an office decides about a transfer."""

    LETTER = "LETTER", _("Letter of introduction")
    CHECK = "CHECK", _("Check of the file")
    EXCEPTION = "EXCEPTION", _("Move outside the usual time")
    PUBLIC = "PUBLIC", _("From a private to a public school")
    MOVE = "MOVE", _("Decision on the move")


class Grounds(TextChoices):
    """In which cases a pupil of a private upper secondary school may go to a public one."""

    NO_PRIVATE = "NO_PRIVATE", _("No private school of this level where the family moves to")
    HARDSHIP = "HARDSHIP", _("Special hardship of the family")


class Window(TextChoices):
    """When pupils may move without an exception."""

    ANY_TIME = "ANY_TIME", _("any time of the year")
    YEAR_START = "YEAR_START", _("before the school year begins")
    FIRST_TERM_END = "FIRST_TERM_END", _("when the first term ends")


class Paper(TextChoices):
    """What belongs to the file of a transfer."""

    REQUEST = "REQUEST", _("Parents' request")
    REPORT_CARD = "REPORT_CARD", _("Report card")
    RESULTS = "RESULTS", _("Summary of results")
    INDIVIDUAL_PLAN = "INDIVIDUAL_PLAN", _("Individual education plan")
    SCHOOL_LETTER = "SCHOOL_LETTER", _("Letter of introduction from the school")
    OFFICE_LETTER = "OFFICE_LETTER", _("Letter of introduction from the managing office")
    BIRTH_CERTIFICATE = "BIRTH_CERTIFICATE", _("Birth certificate, copy")
    ADMISSION = "ADMISSION", _("Certificate of admission to grade 10")
    PRIORITY = "PRIORITY", _("Papers of priority")
    APPLICATION = "APPLICATION", _("Application for a move")
    CONSENT_OLD = "CONSENT_OLD", _("Written consent of the old school")
    CONSENT_NEW = "CONSENT_NEW", _("Written consent of the new school")
    PROPOSAL = "PROPOSAL", _("Proposal of the school")
    GROUNDS = "GROUNDS", _("Proof of the grounds for a public school")
    OTHER = "OTHER", pgettext_lazy("paper", "Other paper")


class DecisionState(TextChoices):
    """How an office's decision stands."""

    OPEN = "OPEN", _("Waiting for the decision")
    GRANTED = "GRANTED", _("Agreed")
    REFUSED = "REFUSED", _("Not agreed")
