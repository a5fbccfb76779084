"""OneRoster packages as a school's other system would export them, to be bent by tests."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS = {
    "orgs": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
    "academicSessions": "sourcedId,status,dateLastModified,title,type,startDate,endDate,"
    "parentSourcedId,schoolYear",
    "courses": "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,"
    "orgSourcedId,subjects,subjectCodes",
    "classes": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,"
    "location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
    "enrollments": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,"
    "role,primary,beginDate,endDate",
    "demographics": "sourcedId,status,dateLastModified,birthDate,sex",
}
USERS_1_1 = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,"
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password"
)
USERS_1_2 = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,"
    "preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns"
)
ROLES = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
    "userProfileSourcedId"
)
PEOPLE = (
    ("t1", "teacher", "Trần", "Thị", "Bích", "1988-03-12", "female", "{CCCD:042188009001}", ""),
    ("s1", "student", "Lê", "Gia", "Bảo", "2015-04-05", "male", "{CCCD:042215009101}", "p1,p2"),
    ("s2", "student", "Đặng", "Ngọc", "Yến", "2015-07-09", "female", "", "p1"),
    ("p1", "parent", "Lê", "Văn", "Cường", "", "male", "", ""),
    ("p2", "parent", "Hà", "Thị", "Hoà", "", "female", "", ""),
)
Cells = dict[str, str]


@dataclass
class Roster:
    """One school with a homeroom class, its teacher, two pupils and two parents."""

    code: str
    version: str = "1.1"
    mode: str = "bulk"
    rows: dict[str, list[Cells]] = field(default_factory=dict)
    promised: Sequence[str] = ()
    """Files that the manifest names and the package does not hold."""
    left_out: Sequence[str] = ()
    """Columns that no file has."""

    def __post_init__(self) -> None:
        if self.rows:
            return
        session = {"sourcedId": "y", "title": "2026-2027", "type": "schoolYear"}
        session |= {"startDate": "2026-09-05", "endDate": "2027-05-31", "schoolYear": "2027"}
        room = {"sourcedId": "c1", "title": "6E", "grades": "06", "courseSourcedId": "k"}
        room |= {"classType": "homeroom", "schoolSourcedId": "o1", "termSourcedIds": "y"}
        self.rows = {
            "orgs": [
                {"sourcedId": "o1", "name": "Trường", "type": "school", "identifier": self.code}
            ],
            "academicSessions": [session],
            "courses": [{"sourcedId": "k", "title": "CN", "orgSourcedId": "o1"}],
            "classes": [room],
            "users": [],
            "demographics": [],
            "enrollments": [
                {"sourcedId": f"e-{user}", "classSourcedId": "c1", "schoolSourcedId": "o1",
                 "userSourcedId": user, "role": role, "primary": primary}
                for user, role, primary in (
                    ("t1", "teacher", "true"), ("s1", "student", ""), ("s2", "student", "")
                )
            ],
        }  # fmt: skip
        if self.version == "1.2":
            self.rows["roles"] = []
        for person in PEOPLE:
            self._add(*person)

    def _add(
        self, key: str, role: str, family: str, middle: str, given: str, born: str, sex: str,
        ids: str, agents: str,
    ) -> None:  # fmt: skip
        user = {"sourcedId": key, "enabledUser": "true", "username": key, "userIds": ids}
        user |= {"familyName": family, "middleName": middle, "givenName": given}
        user |= {"agentSourcedIds": agents}
        if self.version != "1.2":
            user |= {"orgSourcedIds": "o1", "role": role}
        else:
            self.rows["roles"].append(
                {"sourcedId": f"r-{key}", "userSourcedId": key, "roleType": "primary",
                 "role": role, "orgSourcedId": "o1"}
            )  # fmt: skip
        self.rows["users"].append(user)
        self.rows["demographics"].append({"sourcedId": key, "birthDate": born, "sex": sex})

    def row(self, file: str, key: str) -> Cells:
        """Return a row to be bent."""
        return next(one for one in self.rows[file] if one["sourcedId"] == key)

    def number(self, file: str, key: str) -> int:
        """Return the number of a row, as a person counts."""
        return [one["sourcedId"] for one in self.rows[file]].index(key) + 2

    def manifest(self) -> bytes:
        """Return manifest.csv."""
        lines = ["propertyName,value", "manifest.version,1.0", f"oneroster.version,{self.version}"]
        lines += [f"file.{name},{self.mode}" for name in (*self.rows, *self.promised)]
        lines += [f"file.{name},absent" for name in ("lineItems", "results")]
        return "\r\n".join(lines).encode()

    def written(self, path: Path) -> str:
        """Write the package and return its path."""
        path.write_bytes(self.content())
        return str(path)

    def content(self) -> bytes:
        """Return the package."""
        buffer = io.BytesIO()
        users = USERS_1_2 if self.version == "1.2" else USERS_1_1
        columns = {**COLUMNS, "users": users, "roles": ROLES}
        with zipfile.ZipFile(buffer, "w") as package:
            package.writestr("manifest.csv", self.manifest())
            for name, rows in self.rows.items():
                text = io.StringIO()
                known = [one for one in columns[name].split(",") if one not in self.left_out]
                writer = csv.DictWriter(text, known, extrasaction="ignore")
                writer.writeheader()
                writer.writerows(rows)
                package.writestr(f"{name}.csv", text.getvalue())
        return buffer.getvalue()
