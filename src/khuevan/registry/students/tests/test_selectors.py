"""Who sees which pupils."""

from tests.cast import Cast, actor_of
from tests.factories import TODAY

from khuevan.registry.students.selectors import on_roll


def test_homeroom_teacher_sees_her_class(cast: Cast) -> None:
    rows = list(on_roll(actor=actor_of(cast.lan), on=TODAY))
    assert [row.person.full_name for row in rows][:1]
    assert rows[0].placement.homeroom_class.name == "6A"
