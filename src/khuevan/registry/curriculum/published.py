"""What the change feed carries of the curriculum: what each class learns, week by week."""

from khuevan.platform.feed.api import Publication, Reference, publish
from khuevan.registry.curriculum.models import ClassSubject
from khuevan.registry.curriculum.permissions import VIEW_PLANS
from khuevan.registry.schools.api import HomeroomClass, School

publish(
    Publication(
        "class_subjects",
        ClassSubject,
        VIEW_PLANS,
        fields={
            "school": Reference("school_id", School, "code"),
            "class": Reference("homeroom_class_id", HomeroomClass),
            "subject": "subject_name",
            "kind": "kind",
            "weeks": "weeks",
            "annual": "annual",
        },
        is_personal=False,
    )
)
