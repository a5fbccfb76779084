"""Texts, what they govern and who decides, by period."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Regulation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True, verbose_name="code")),
                ("number", models.CharField(max_length=40, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("LAW", "Law"),
                            ("RESOLUTION", "Resolution"),
                            ("DECREE", "Decree"),
                            ("DECISION", "Decision"),
                            ("CIRCULAR", "Circular"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("issuer", models.CharField(max_length=80, verbose_name="issuer")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued")),
                (
                    "starts_on",
                    models.DateField(blank=True, null=True, verbose_name="in force from"),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("TEXT_SEEN", "Text read"),
                            ("SECOND_HAND", "Read in another's account"),
                            ("FROM_MEMORY", "To be checked"),
                        ],
                        max_length=12,
                        verbose_name="confidence",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "amends",
                    models.ManyToManyField(related_name="amended_by", to="regulations.regulation"),
                ),
                (
                    "supersedes",
                    models.ManyToManyField(
                        related_name="superseded_by", to="regulations.regulation"
                    ),
                ),
            ],
            options={
                "verbose_name": "regulation",
                "verbose_name_plural": "regulations",
            },
        ),
        migrations.CreateModel(
            name="AuthorityRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("power", models.CharField(max_length=40, verbose_name="power")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("MN", "Preschool"),
                            ("TH", "Primary"),
                            ("THCS", "Lower secondary"),
                            ("THPT", "Upper secondary"),
                            ("GDTX", "Continuing education"),
                        ],
                        max_length=4,
                        verbose_name="level",
                    ),
                ),
                (
                    "decider",
                    models.CharField(
                        choices=[
                            ("PROVINCIAL_COUNCIL", "Provincial people's council"),
                            ("PROVINCE_CHAIR", "Chair of the provincial people's committee"),
                            ("DEPARTMENT", "Department of education and training"),
                            ("DEPARTMENT_DIRECTOR", "Director of the department"),
                            ("DISTRICT_CHAIR", "Chair of the district people's committee"),
                            ("DISTRICT_OFFICE_HEAD", "Head of the district education office"),
                            ("COMMUNE_COMMITTEE", "Commune people's committee"),
                            ("COMMUNE_CHAIR", "Chair of the commune people's committee"),
                            ("PRINCIPAL", "Principal"),
                        ],
                        max_length=24,
                        verbose_name="decider",
                    ),
                ),
                ("article", models.CharField(blank=True, max_length=40, verbose_name="article")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("TEXT_SEEN", "Text read"),
                            ("SECOND_HAND", "Read in another's account"),
                            ("FROM_MEMORY", "To be checked"),
                        ],
                        max_length=12,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "regulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorities",
                        to="regulations.regulation",
                    ),
                ),
            ],
            options={
                "verbose_name": "authority rule",
                "verbose_name_plural": "authority rules",
            },
        ),
        migrations.CreateModel(
            name="RuleSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=40, verbose_name="topic")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("MN", "Preschool"),
                            ("TH", "Primary"),
                            ("THCS", "Lower secondary"),
                            ("THPT", "Upper secondary"),
                            ("GDTX", "Continuing education"),
                        ],
                        max_length=4,
                        verbose_name="level",
                    ),
                ),
                (
                    "grade_from",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="first grade"
                    ),
                ),
                (
                    "grade_to",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="last grade"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("value", models.JSONField(blank=True, default=dict, verbose_name="value")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("TEXT_SEEN", "Text read"),
                            ("SECOND_HAND", "Read in another's account"),
                            ("FROM_MEMORY", "To be checked"),
                        ],
                        max_length=12,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "regulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settings",
                        to="regulations.regulation",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule setting",
                "verbose_name_plural": "rule settings",
            },
        ),
        migrations.AddConstraint(
            model_name="regulation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="regulation_period_forward",
                violation_error_message="A period ends after it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="authority_rule_period_forward",
                violation_error_message="A period ends after it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrule",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=(
                    (models.F("power"), "="),
                    (models.F("level"), "="),
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ),
                name="authority_rule_one_decider",
                violation_error_message="Somebody else already decides this at that time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="rule_setting_period_forward",
                violation_error_message="A period ends after it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grade_from__isnull", True), ("grade_to__isnull", True)),
                    ("grade_from__lte", models.F("grade_to")),
                    _connector="OR",
                ),
                name="rule_setting_grades_forward",
                violation_error_message="The last grade does not come before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesetting",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=(
                    (models.F("topic"), "="),
                    (models.F("level"), "="),
                    (
                        models.Func(
                            "grade_from",
                            "grade_to",
                            models.Value("[]"),
                            function="int4range",
                            output_field=django.contrib.postgres.fields.ranges.IntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ),
                name="rule_setting_one_in_force",
                violation_error_message="Another text already governs this topic at that time.",
            ),
        ),
    ]
