"""users.csv, and in 1.2 roles.csv: who is a pupil, who works where, who answers for whom."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from khuevan.exchange.oneroster.reading import Files, Line
from khuevan.exchange.oneroster.rows import Told, holds_on, known_rows
from khuevan.exchange.oneroster.schools import Orgs
from khuevan.kernel.vietnamese import join_name
from khuevan.platform.organizations.api import OrgUnit
from khuevan.platform.sheets.api import Place

STUDENT = "student"
POSITIONS = {
    "teacher": "Giáo viên",
    "principal": "Hiệu trưởng",
    "counselor": "Tư vấn học sinh",
}
"""What a role is called in our list of staff."""
WITHOUT_POST = (
    "administrator",
    "aide",
    "districtadministrator",
    "proctor",
    "siteadministrator",
    "systemadministrator",
)
FAMILY = ("parent", "guardian", "relative")
ROLES = (STUDENT, *POSITIONS, *WITHOUT_POST, *FAMILY)
SEXES = {"male": "Nam", "female": "Nữ"}
UNSAID = ("other", "unspecified")
USER_ID = re.compile(r"\{([^:{}]+):([^{}]+)\}")
PERSONAL_NUMBER, MINISTRY_CODE = re.compile(r"\d{12}"), re.compile(r"\d{10}")


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is, and where: the line that says so."""

    word: str
    org: str
    line: Line
    column: str

    @property
    def org_column(self) -> str:
        """Return the column that says where."""
        return "orgSourcedIds" if self.line.file == "users.csv" else "orgSourcedId"


@dataclass(slots=True)
class User:
    """One user who holds."""

    line: Line
    roles: list[Role] = field(default_factory=list)
    demographics: Line | None = None

    @property
    def key(self) -> str:
        """Return the id of the row."""
        return self.line["sourcedId"]

    @property
    def full_name(self) -> str:
        """Return the name as it is written here: family, middle, given."""
        return join_name(self.line["familyName"], self.line["middleName"], self.line["givenName"])

    @property
    def words(self) -> set[str]:
        """Return the roles they hold."""
        return {one.word for one in self.roles}

    @property
    def sex(self) -> str:
        """Return the sex as the package writes it, where it says any."""
        text = self.demographics["sex"] if self.demographics else ""
        return "" if text.lower() in UNSAID else text

    def facts(self) -> tuple[dict[str, str], dict[str, Place]]:
        """Return who they are by the fields of our lists, and where each stands."""
        line = self.line
        texts = {"full_name": self.full_name, "sex": SEXES.get(self.sex.lower(), self.sex)}
        places = {"full_name": line.at("familyName")}
        for name, column in (("birth_date", "birthDate"), ("sex", "sex")):
            places[name] = Place(line.file, line.number, column)
        if self.demographics is not None:
            texts["birth_date"] = _written(self.demographics["birthDate"])
            places["birth_date"] = self.demographics.at("birthDate")
            places["sex"] = self.demographics.at("sex")
        for name, column, text in _numbers(line):
            texts.setdefault(name, text)
            places.setdefault(name, line.at(column))
        return texts, places

    def phone(self) -> tuple[str, Place]:
        """Return a phone number and where it stands."""
        column = "phone" if self.line["phone"] else "sms"
        return self.line[column], self.line.at(column)


def users_of(files: Files, orgs: Orgs, on: date, told: Told) -> dict[str, User]:
    """Return the users who hold, by id, with their roles and what demographics.csv adds."""
    found = {line["sourcedId"]: User(line) for line in known_rows(files.of("users"), told)}
    for line in known_rows(files.of("demographics"), told):
        if line["sourcedId"] in found:
            found[line["sourcedId"]].demographics = line
        elif not told.is_left("users.csv", line["sourcedId"]):
            told.dangling(line, "sourcedId", "users.csv", line["sourcedId"])
    roles = _roles_1_2(files, found, on, told) if files.version == "1.2" else _roles_1_1(found)
    for role, user in roles:
        if role.word in ROLES:
            user.roles.append(role)
        elif not told.is_left(role.line.file, role.line["sourcedId"]):
            told.refuse(role.line, role.column, "oneroster.role_unknown")
    named = {line["userSourcedId"] for line in files.of("roles")}
    for user in found.values():
        if files.version == "1.2" and user.key not in named:
            told.refuse(user.line, "sourcedId", "oneroster.no_role")
    return {key: user for key, user in found.items() if user.roles}


def school_of(user: User, role: Role, orgs: Orgs, told: Told) -> OrgUnit | None:
    """Return the school of a role; tell where it is none that lists are loaded for."""
    if role.org in orgs.by_id:
        return orgs.by_id[role.org]
    column = role.org_column
    if not role.org:
        told.refuse(role.line, column, "oneroster.no_org")
    elif role.org in orgs.others:
        told.leave_out(role.line, column, "oneroster.no_school", org=orgs.others[role.org])
    else:
        told.dangling(role.line, column, "orgs.csv", role.org)
    return None


def families_of(users: dict[str, User], told: Told) -> dict[str, list[User]]:
    """Return who answers for each pupil: a link may stand on either side."""
    found: dict[str, dict[str, User]] = defaultdict(dict)
    for user in users.values():
        for key in user.line.many("agentSourcedIds"):
            other = users.get(key)
            if other is None:
                told.dangling(user.line, "agentSourcedIds", "users.csv", key, warns=True)
                continue
            if STUDENT in user.words:
                pupil, grown = user, other
            elif STUDENT in other.words:
                pupil, grown = other, user
            else:
                continue
            if STUDENT not in grown.words:
                found[pupil.key].setdefault(grown.key, grown)
    return {key: list(people.values()) for key, people in found.items()}


def _roles_1_1(users: dict[str, User]) -> Iterator[tuple[Role, User]]:
    for user in users.values():
        for org in user.line.many("orgSourcedIds") or [""]:
            yield Role(user.line["role"].lower(), org, user.line, "role"), user


def _roles_1_2(
    files: Files, users: dict[str, User], on: date, told: Told
) -> Iterator[tuple[Role, User]]:
    """Yield the roles, the primary ones first."""
    lines = [
        line
        for line in known_rows(files.of("roles"), told)
        if holds_on(line, "beginDate", "endDate", on, told)
    ]
    for line in sorted(lines, key=lambda one: one["roleType"].lower() != "primary"):
        user = users.get(line["userSourcedId"])
        if user is None:
            told.dangling(line, "userSourcedId", "users.csv", line["userSourcedId"])
        else:
            yield Role(line["role"].lower(), line["orgSourcedId"], line, "role"), user


def _numbers(line: Line) -> Iterator[tuple[str, str, str]]:
    """Yield the field, the column and the text of numbers that are kept here: known by form."""
    texts = [("userMasterIdentifier", line["userMasterIdentifier"])]
    texts += [("userIds", text.strip()) for _kind, text in USER_ID.findall(line["userIds"])]
    texts.append(("identifier", line["identifier"]))
    for column, text in texts:
        if PERSONAL_NUMBER.fullmatch(text):
            yield "personal_number", column, text
        elif MINISTRY_CODE.fullmatch(text):
            yield "moet_code", column, text


def _written(text: str) -> str:
    """Return a day as our lists write it; what is no day stays as it stands, to be refused."""
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text
