"""A pupil's record: what it shows to whom, and the trace of looking."""

from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_student

from khuevan.platform.audit.api import AuditEntry, RecordView
from khuevan.registry.students import actions
from khuevan.registry.students.models import Student

NUMBER = "042315000482"


def looks(student: Student) -> list[tuple[str, str]]:
    """Return who looked at which part of a record, in order."""
    rows = RecordView.objects.unscoped(because="a test").filter(person_id=student.person_id)
    return list(rows.order_by("pk").values_list("viewer_label", "what"))


def test_every_tab_opened_is_noted_with_its_name(cast: Cast, client: Client) -> None:
    client.sign_in(cast.lan)
    tabs = {"record": "overview", "family": "family", "schooling": "schooling"}
    for tab in tabs:
        client.get(reverse(f"students:{tab}", args=[cast.minh_anh.uuid]))
    assert looks(cast.minh_anh) == [("Nguyễn Thị Lan", what) for what in tabs.values()]


def test_ones_own_record_leaves_no_trace(cast: Cast, client: Client) -> None:
    client.sign_in(cast.minh_anh).get(reverse("students:record", args=[cast.minh_anh.uuid]))
    assert looks(cast.minh_anh) == []


def test_stranger_leaves_no_trace_since_nothing_opened(cast: Cast, client: Client) -> None:
    client.sign_in(cast.mai).get(reverse("students:record", args=[cast.minh_anh.uuid]))
    assert looks(cast.minh_anh) == []


def test_mother_reads_who_looked(cast: Cast, client: Client) -> None:
    url = reverse("students:record", args=[cast.minh_anh.uuid])
    client.sign_in(cast.toan).get(url)
    page = client.sign_in(cast.huong).get(reverse("students:views", args=[cast.minh_anh.uuid]))
    assert "Lê Quốc Toàn" in page.content.decode()


def test_number_is_masked_until_asked_for(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    page = client.get(reverse("students:record", args=[cast.minh_anh.uuid])).content.decode()
    assert "042315 ••• 482" in page
    assert NUMBER not in page.replace(" ", "")
    url = reverse("students:sensitive", args=[cast.minh_anh.uuid])
    shown = client.post(url).content.decode()
    assert "042315 000 482" in shown
    assert looks(cast.minh_anh)[-1] == ("Phan Thị Loan", "sensitive")
    entry = AuditEntry.objects.unscoped(because="a test").get(code="students.unmasked")
    assert entry.target_label == "Phạm Minh Anh"


def test_showing_is_never_a_get(cast: Cast, client: Client) -> None:
    url = reverse("students:sensitive", args=[cast.minh_anh.uuid])
    assert client.sign_in(cast.loan).get(url).status_code == 405


def test_htmx_gets_the_number_alone(cast: Cast, client: Client) -> None:
    url = reverse("students:sensitive", args=[cast.minh_anh.uuid])
    client.sign_in(cast.loan)
    answer = client.post(url, headers={"HX-Request": "true"}).content.decode()
    assert "042315 000 482" in answer
    assert "<html" not in answer
    facts = client.post(url, {"part": "facts"}, headers={"HX-Request": "true"}).content.decode()
    assert 'id="private"' in facts
    assert "Kinh" in facts


def test_teacher_reads_that_private_facts_are_not_for_her(cast: Cast, client: Client) -> None:
    page = client.sign_in(cast.lan).get(reverse("students:record", args=[cast.minh_anh.uuid]))
    content = page.content.decode()
    assert "Kinh" not in content
    assert reverse("students:sensitive", args=[cast.minh_anh.uuid]) not in content


def test_record_keeps_its_place_in_the_class(cast: Cast, client: Client) -> None:
    page = client.sign_in(cast.lan).get(reverse("students:family", args=[cast.minh_anh.uuid]))
    before, after = cast.others_6a
    assert page.context["previous"]["url"] == reverse("students:family", args=[before.uuid])
    assert page.context["next"]["url"] == reverse("students:family", args=[after.uuid])


def test_number_that_denies_the_record_is_told_to_the_office(cast: Cast, client: Client) -> None:
    odd = make_student("Võ Kim Ngân", homeroom_class=cast.class_6a, personal_number="042215000111")
    url = reverse("students:record", args=[odd.uuid])
    assert len(client.sign_in(cast.loan).get(url).context["doubts"]) == 1
    assert client.sign_in(cast.lan).get(url).context["doubts"] == []


def test_history_tells_of_moves_and_corrections_without_private_values(
    cast: Cast, client: Client
) -> None:
    actor = actor_of(cast.loan)
    actions.place_students(
        actor=actor, classes={cast.minh_anh.uuid: cast.class_6b}, on=TODAY, now=NOW
    )
    actions.correct_student(
        actor=actor,
        uuid=cast.minh_anh.uuid,
        version=1,
        changes={"full_name": "Phạm Minh Ánh", "personal_number": "042315000483"},
        now=NOW,
    )
    client.sign_in(cast.hung)
    page = client.get(reverse("students:history", args=[cast.minh_anh.uuid]))
    told = " | ".join(f"{event.title} ({event.text})" for event in page.context["events"])
    assert "6B (Phan Thị Loan" in told
    assert "Phạm Minh Anh" in told
    assert "Phạm Minh Ánh" in told
    assert "482" not in told
    assert "483" not in told


def test_change_made_past_the_program_is_told(cast: Cast, client: Client) -> None:
    person = cast.minh_anh.person
    type(person).objects.unscoped(because="a hand in the database").filter(pk=person.pk).update(
        birth_date=TODAY.replace(year=2014)
    )
    page = client.sign_in(cast.hung).get(reverse("students:history", args=[cast.minh_anh.uuid]))
    assert any(event.icon == "database" for event in page.context["events"])


def test_every_tab_opens_for_a_pupil_without_a_class(cast: Cast, client: Client) -> None:
    student = make_student("Tạ Yến Nhi", school=cast.school_a, birth_date=None)
    client.sign_in(cast.hung)
    for tab in ("record", "family", "schooling", "history", "views", "edit", "leave"):
        assert client.get(reverse(f"students:{tab}", args=[student.uuid])).status_code == 200
