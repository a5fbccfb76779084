"""Who works in a school: heads and office by kind, teachers by norm, lessons by subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from khuevan.cli.world import cast
from khuevan.cli.world.cast import CastMember
from khuevan.cli.world.draw import Serials, Weighted, seeded, share_out
from khuevan.cli.world.grades import GRADE
from khuevan.cli.world.names import FEMALE, KINH, MALE, name_book
from khuevan.cli.world.people import HOME, personal_digit, some_day
from khuevan.cli.world.shapes import ClassPlan, PersonPlan, SchoolPlan, StaffPlan
from khuevan.registry.staff.retirement import retires_on

# Teachers for each class (circulars 19/2023 and 20/2023), by grade code or level.
TEACHERS_A_CLASS = {"NT": 2.5, "MN": 2.2, "TH": 1.5, "THCS": 1.9, "THPT": 2.25, "GDTX": 1.9}
BOARDING_RATE = {"THCS": 2.2, "THPT": 2.4}
WOMEN = {"MN": 0.995, "TH": 0.80, "THCS": 0.68, "THPT": 0.62, "GDTX": 0.55}
SECOND_DEPUTY_FROM = 18
"""Classes from which a school has two vice principals."""

OFFICE = ("CLERK", "ACCOUNTANT", "NURSE")
OFFICE_OF_GENERAL_SCHOOLS = (*OFFICE, "LIBRARIAN", "EQUIPMENT")
YOUTH_LEADER_LEVELS = {"TH", "THCS"}

# Subjects with their lessons a week, which say how many teachers of each a school has.
CLASS_TEACHER = "Giáo viên tiểu học dạy các môn"
"""A post, not a subject: who holds it teaches most subjects of one class, or a preschool group."""
OF_CLASS_TEACHER = {
    "1 2 3": ("Tiếng Việt", "Toán", "Đạo đức", "Tự nhiên và Xã hội", "Hoạt động trải nghiệm"),
    "4 5": (
        "Tiếng Việt", "Toán", "Đạo đức", "Khoa học", "Lịch sử và Địa lí", "Hoạt động trải nghiệm",
    ),
}  # fmt: skip
PRIMARY = {
    "Tiếng Anh": 4.0,
    "Giáo dục thể chất": 2.0,
    "Âm nhạc": 1.0,
    "Mĩ thuật": 1.0,
    "Tin học và Công nghệ": 1.0,
}
FROM_GRADE_3 = {"Tin học và Công nghệ"}
LOWER = {
    "Toán": 4.0, "Ngữ văn": 4.0, "Tiếng Anh": 3.0, "Khoa học tự nhiên": 4.0,
    "Lịch sử và Địa lí": 3.0, "Giáo dục thể chất": 2.0, "Giáo dục công dân": 1.0,
    "Công nghệ": 1.25, "Tin học": 1.0, "Âm nhạc": 1.0, "Mĩ thuật": 1.0,
}  # fmt: skip
UPPER = {
    "Toán": 3.0, "Ngữ văn": 3.0, "Tiếng Anh": 3.0, "Lịch sử": 1.5, "Giáo dục thể chất": 2.0,
    "Giáo dục quốc phòng và an ninh": 1.0, "Vật lí": 1.4, "Hóa học": 1.2, "Sinh học": 1.2,
    "Địa lí": 1.2, "Giáo dục kinh tế và pháp luật": 1.2, "Tin học": 0.8, "Công nghệ": 0.8,
}  # fmt: skip
CONTINUING = {
    "Toán": 3.0, "Ngữ văn": 3.0, "Lịch sử": 1.5, "Địa lí": 2.0, "Vật lí": 2.0, "Hóa học": 2.0,
    "Giáo dục kinh tế và pháp luật": 1.5,
}  # fmt: skip
OF_HOMEROOM_TEACHER = dict.fromkeys(
    ("THCS", "THPT"),
    ("Hoạt động trải nghiệm, hướng nghiệp", "Nội dung giáo dục của địa phương"),
)
SUBJECTS = {"TH": PRIMARY, "THCS": LOWER, "THPT": UPPER, "GDTX": CONTINUING}
COMMON_UPPER = tuple(UPPER)[:6]
CHOSEN_UPPER = (
    ("Vật lí", "Hóa học", "Sinh học", "Tin học"),
    ("Vật lí", "Hóa học", "Công nghệ", "Địa lí"),
    ("Địa lí", "Giáo dục kinh tế và pháp luật", "Công nghệ", "Sinh học"),
    ("Địa lí", "Giáo dục kinh tế và pháp luật", "Vật lí", "Tin học"),
)
SIX_YEARS = timedelta(days=2191)
ETHNICITIES = Weighted({KINH: 0.995, "06": 0.003, "03": 0.002})


@dataclass(slots=True)
class Post:
    """A position to be filled, by a cast member where one stands for it."""

    position: str
    level: str
    subject: str = ""
    member: CastMember | None = None
    homeroom: str = ""
    lessons: list[tuple[str, str]] = field(default_factory=list)


class StaffMaker:
    """Makes the staff of all schools in turn, giving each person numbers of their own."""

    def __init__(
        self, *, seed: int, year: int, casting: Mapping[str, Sequence[CastMember]]
    ) -> None:
        self._seed = seed
        self._year = year
        self._casting = casting
        self._numbers = Serials(6, start=500_000)
        self._codes = Serials(8, start=50_000_000)
        self._phones = Serials(7, start=5_000_000)

    def staff_of(self, school: SchoolPlan) -> list[StaffPlan]:
        """Return everybody who works in a school, with classes and lessons."""
        rng = seeded(self._seed, self._year, "staff", school.code)
        posts = _posts(school)
        for member in self._casting.get(school.code, ()):
            _cast(posts, member)
        _give_homerooms(posts, school)
        _give_lessons(posts, school)
        return [self._plan(rng, school.code, post) for post in posts]

    def officers(self, unit_codes: dict[str, str]) -> list[StaffPlan]:
        """Return the cast that works above the schools, by the unit each place stands for."""
        rng = seeded(self._seed, self._year, "officers")
        return [
            self._plan(rng, unit_codes[member.place], Post(member.position, "", member=member))
            for member in cast.STAFF
            if member.place in unit_codes
        ]

    def _plan(self, rng: Random, unit_code: str, post: Post) -> StaffPlan:
        person = self._person(rng, post)
        start_age = rng.randrange(23, 28)
        earliest = max(person.birth_year + start_age, self._year - rng.randrange(1, 13))
        return StaffPlan(
            person=person,
            unit_code=unit_code,
            position=post.position,
            moet_code="42" + self._codes.next("staff"),
            appointed_on=date(min(earliest, self._year - 1), 9, 1),
            subject="" if post.subject == CLASS_TEACHER else post.subject,
            homeroom=post.homeroom,
            lessons=tuple(post.lessons),
            username=post.member.username if post.member else "",
        )

    def _person(self, rng: Random, post: Post) -> PersonPlan:
        if post.member:
            member = post.member
            name = (member.family, member.middle, member.given)
            sex, birth_date = member.sex, member.birth_date
        else:
            sex = FEMALE if rng.random() < WOMEN.get(post.level, 0.6) else MALE
            heads = post.position in ("PRINCIPAL", "VICE_PRINCIPAL")
            age = int(rng.triangular(40, 60, 50) if heads else rng.triangular(24, 60, 41))
            birth_date = _still_working(sex, some_day(rng, self._year - age), self._year + 1)
            name = (name_book().family(rng), *name_book().elder(rng, sex))
        head = f"{HOME}{personal_digit(sex, birth_date.year)}{birth_date.year % 100:02d}"
        return PersonPlan(
            *name, sex, birth_date.year, birth_date, head + self._numbers.next(head),
            ETHNICITIES.pick(rng.random()), "095" + self._phones.next("phone"),
        )  # fmt: skip


def _still_working(sex: str, birth_date: date, year: int) -> date:
    """Return a birth date some years later where somebody would retire before a year's summer."""
    while retires_on(sex, birth_date) <= date(year, 9, 5):
        birth_date += SIX_YEARS
    return birth_date


def teachers_needed(school: SchoolPlan, level: str) -> int:
    """Return how many teachers of a level the norm gives a school."""
    total = 0.0
    for planned in school.classes:
        if GRADE[planned.grade].level == level:
            rates = BOARDING_RATE if school.kind == "ETHNIC_BOARDING" else TEACHERS_A_CLASS
            total += rates.get(planned.grade, rates[level])
    return int(total + 0.5)


def _posts(school: SchoolPlan) -> list[Post]:
    top = school.levels[-1]
    deputies = 2 if len(school.classes) >= SECOND_DEPUTY_FROM else 1
    heads = ["PRINCIPAL", *["VICE_PRINCIPAL"] * deputies]
    office = OFFICE if top == "MN" else OFFICE_OF_GENERAL_SCHOOLS
    posts = [Post(position, top) for position in (*heads, *office)]
    if YOUTH_LEADER_LEVELS & set(school.levels):
        posts.append(Post("YOUTH_LEADER", top))
    for level in school.levels:
        posts += _teachers(school, level)
    return posts


def _teachers(school: SchoolPlan, level: str) -> Iterator[Post]:
    count = teachers_needed(school, level)
    classes = len(_classes_of(school, level))
    subjects = SUBJECTS.get(level, {})
    if level in ("MN", "TH"):
        classes = min(classes, count) if level == "TH" else count
        yield from (Post("TEACHER", level, CLASS_TEACHER) for _ in range(classes))
        count -= classes
    if subjects:
        for subject, posts in zip(subjects, share_out(count, list(subjects.values())), strict=True):
            yield from (Post("TEACHER", level, subject) for _ in range(posts))


def _cast(posts: Sequence[Post], member: CastMember) -> None:
    """Put a cast member into the first free post of their position and subject."""
    for post in posts:
        fits = post.position == member.position and member.subject in ("", post.subject)
        if fits and post.member is None:
            post.member = member
            post.homeroom = member.homeroom
            return
    raise LookupError(f"no post for {member.username}")


def _classes_of(school: SchoolPlan, level: str) -> list[ClassPlan]:
    return [planned for planned in school.classes if GRADE[planned.grade].level == level]


def _give_homerooms(posts: Sequence[Post], school: SchoolPlan) -> None:
    """Put a teacher in charge of each class: class teachers first, then those of long subjects."""
    given = {post.homeroom for post in posts if post.homeroom}
    for level in school.levels:
        free = [
            post
            for post in posts
            if post.position == "TEACHER" and post.level == level and not post.homeroom
            and (post.member is None or post.member.homeroom)
        ]  # fmt: skip
        waiting = [c.name for c in _classes_of(school, level) if c.name not in given]
        for post, name in zip(free, waiting, strict=False):
            post.homeroom = name


def _give_lessons(posts: Sequence[Post], school: SchoolPlan) -> None:
    """Give every subject of every class to the teacher of it with the fewest lessons."""
    for level in school.levels:
        teachers = [p for p in posts if p.position == "TEACHER" and p.level == level]
        if not teachers or level == "MN":
            continue
        loads: dict[int, float] = defaultdict(float)
        for index, planned in enumerate(_classes_of(school, level)):
            for subject in _subjects(level, index, planned.grade):
                teacher = _teacher_for(teachers, planned.name, subject, loads)
                taught = _taught_by_class_teacher(planned.grade, subject)
                teacher.lessons += [(planned.name, name) for name in taught]
                loads[id(teacher)] += SUBJECTS[level].get(subject, 10.0)
            if level in OF_HOMEROOM_TEACHER:
                _give_rest(teachers, planned.name, OF_HOMEROOM_TEACHER[level])


def _give_rest(teachers: Sequence[Post], name: str, subjects: Sequence[str]) -> None:
    """Give a class's homeroom teacher what no teacher of a subject gives."""
    for post in teachers:
        if post.homeroom == name:
            post.lessons += [(name, subject) for subject in subjects]


def _subjects(level: str, index: int, grade: str) -> Sequence[str]:
    """Return what a class is taught, the subjects of its class teacher as one."""
    if level == "THPT":
        return (*COMMON_UPPER, *CHOSEN_UPPER[index % len(CHOSEN_UPPER)])
    subjects = tuple(SUBJECTS[level])
    if level != "TH":
        return subjects
    young = grade in ("1", "2")
    return (CLASS_TEACHER, *(s for s in subjects if not (young and s in FROM_GRADE_3)))


def _taught_by_class_teacher(grade: str, subject: str) -> Sequence[str]:
    """Return the subjects behind a class teacher's post; any other subject is itself."""
    if subject != CLASS_TEACHER:
        return (subject,)
    return next(names for grades, names in OF_CLASS_TEACHER.items() if grade in grades.split())


def _teacher_for(
    teachers: Sequence[Post], name: str, subject: str, loads: dict[int, float]
) -> Post:
    """Return who teaches a subject in a class: the cast as written, the homeroom teacher, any."""
    of_subject = [post for post in teachers if post.subject == subject] or list(teachers)
    for post in of_subject:
        if post.member and name in post.member.classes:
            return post
    own = [post for post in of_subject if post.homeroom == name and not _is_bound(post)]
    free = own or [post for post in of_subject if not _is_bound(post)]
    return min(
        free or [post for post in teachers if not _is_bound(post)],
        key=lambda post: loads[id(post)],
    )


def _is_bound(post: Post) -> bool:
    """Return whether a cast member fills the post, who teaches the classes of the cast only."""
    return post.member is not None and bool(post.member.classes)
