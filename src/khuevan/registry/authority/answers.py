"""What an answer is made of: plain values for pages, programs and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.platform.regulations.api import (
    Circumstance,
    Confidence,
    Level,
    Office,
    power_label,
)
from khuevan.registry.authority.errors import SeveralAnswers
from khuevan.ui.formats import day

SPOKEN = {
    Office.PROVINCE_CHAIR: _("Chair of %(unit)s"),
    Office.DISTRICT_CHAIR: _("Chair of %(unit)s"),
    Office.COMMUNE_CHAIR: _("Chair of %(unit)s"),
    Office.DEPARTMENT_DIRECTOR: _("Director of %(unit)s"),
    Office.DISTRICT_OFFICE_HEAD: _("Head of %(unit)s"),
    Office.PRINCIPAL: _("Principal of %(unit)s"),
}
"""How an office is named with its unit; a body that decides as such is named by the unit alone."""


def office_at(office: str, unit_name: str) -> str:
    """Return an office and its unit as people say them: "Chủ tịch UBND xã Cẩm Bình"."""
    spoken = SPOKEN.get(Office(office))
    return str(spoken) % {"unit": unit_name} if spoken else unit_name


@dataclass(frozen=True, slots=True)
class UnitOfDay:
    """The unit that decided, as it was called on that day."""

    unit_id: int
    uuid: UUID
    code: str
    name: str
    by_place: bool
    """Found by where the school stands: the unit does not manage it."""
    listed_since: date | None = None
    """Set where the unit follows from an area of a day before the area list was read: that first
    day. The area is only taken to have stood so."""

    @property
    def caution(self) -> str:
        """Return what is uncertain about the place, for people; nothing where a list says so."""
        if self.listed_since is None:
            return ""
        return gettext("The area the school stood in is not verified before %(day)s.") % {
            "day": day(self.listed_since)
        }


@dataclass(frozen=True, slots=True)
class Source:
    """The text that says so, and how far that can be trusted."""

    code: str
    number: str
    article: str
    confidence: str
    is_first_day_sure: bool = True
    """Whether the day from which it is so was read too, not only what is said."""

    @property
    def text(self) -> str:
        """Return number and article, as people cite them."""
        return ", ".join(part for part in (self.number, self.article) if part)

    @property
    def confidence_label(self) -> str:
        """Return how sure it is, for people."""
        return str(Confidence(self.confidence).label)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who decides during a period: an office and the unit in which it stood."""

    office: str
    unit: UnitOfDay | None
    source: Source | None
    starts_on: date
    ends_on: date | None
    note: str = ""

    @property
    def confidence(self) -> str:
        """Return how sure the source is; empty where none is named."""
        return self.source.confidence if self.source else ""

    @property
    def title(self) -> str:
        """Return the office, for people."""
        return str(Office(self.office).label)

    @property
    def who(self) -> str:
        """Return office and unit as people say them: "Chủ tịch UBND xã Cẩm Bình"."""
        if self.unit is None or self.office == Office.PROVINCIAL_COUNCIL:
            return self.title
        return office_at(self.office, self.unit.name)

    @property
    def is_named(self) -> bool:
        """Return whether somebody decides, and it is known who."""
        return self.office not in (Office.NOBODY, Office.NOT_RECORDED)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who decides at one level, in one circumstance, and who did before and will after."""

    level: str
    circumstance: str
    holder: Holder | None
    reason: str = ""
    """Why nobody can be named, where there is no holder."""
    before: Holder | None = None
    after: Holder | None = None

    @property
    def about(self) -> str:
        """Return level and circumstance for people; empty where the answer is for the school."""
        level = str(Level(self.level).label) if self.level else ""
        case = str(Circumstance(self.circumstance).label) if self.circumstance else ""
        return ", ".join(part for part in (level, case) if part)


@dataclass(frozen=True, slots=True)
class Answer:
    """Who decides a matter for a school on a day."""

    power: str
    school_code: str
    school_name: str
    on: date
    rulings: tuple[Ruling, ...]

    @property
    def power_name(self) -> str:
        """Return the matter, for people."""
        return power_label(self.power)

    @property
    def ruling(self) -> Ruling:
        """Return the only ruling.

        :raises SeveralAnswers: when there are several, by level or circumstance
        """
        if len(self.rulings) != 1:
            raise SeveralAnswers
        return self.rulings[0]


@dataclass(frozen=True, slots=True)
class History:
    """Everybody who decided a matter at one level, newest first, and who does on the day."""

    ruling: Ruling
    holders: tuple[Holder, ...]
    current: int | None
