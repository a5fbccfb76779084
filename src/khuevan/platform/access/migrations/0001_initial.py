"""Roles, grants, delegations, support sessions."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(blank=True, max_length=80)),
                (
                    "hat",
                    models.CharField(
                        choices=[
                            ("officer", "Officer"),
                            ("admin", "System administrator"),
                            ("protection", "Data protection officer"),
                            ("principal", "School leadership"),
                            ("clerk", "School office"),
                            ("teacher", "Teacher"),
                            ("student", "Pupil"),
                            ("guardian", "Family"),
                            ("support", "Support"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        default=list,
                        size=None,
                    ),
                ),
                ("needs_second_factor", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="RoleScopedevent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=80)),
                (
                    "hat",
                    models.CharField(
                        choices=[
                            ("officer", "Officer"),
                            ("admin", "System administrator"),
                            ("protection", "Data protection officer"),
                            ("principal", "School leadership"),
                            ("clerk", "School office"),
                            ("teacher", "Teacher"),
                            ("student", "Pupil"),
                            ("guardian", "Family"),
                            ("support", "Support"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        default=list,
                        size=None,
                    ),
                ),
                ("needs_second_factor", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SupportSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("reason", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SupportSessionScopedevent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("reason", models.CharField(max_length=300)),
                ("opened_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("KT", "Deputy acts for the head (KT.)"),
                            ("TL", "By order of the head (TL.)"),
                            ("TUQ", "Specially authorised (TUQ.)"),
                            ("ABSENCE", "During an absence"),
                        ],
                        max_length=8,
                    ),
                ),
                ("instrument", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(max_length=200)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "from_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations_given",
                        to="accounts.person",
                    ),
                ),
                (
                    "to_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations_held",
                        to="accounts.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.orgunit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DelegationScopedevent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("KT", "Deputy acts for the head (KT.)"),
                            ("TL", "By order of the head (TL.)"),
                            ("TUQ", "Specially authorised (TUQ.)"),
                            ("ABSENCE", "During an absence"),
                        ],
                        max_length=8,
                    ),
                ),
                ("instrument", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(max_length=200)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "from_person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="access.delegation",
                    ),
                ),
                (
                    "to_person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.orgunit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("anchor_class_id", models.BigIntegerField(null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("MANUAL", "Given by hand"),
                            ("DERIVED", "Follows from a fact"),
                            ("DELEGATED", "Delegated"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source_key", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "anchor_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants_on",
                        to="accounts.person",
                    ),
                ),
                (
                    "anchor_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="organizations.orgunit",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="access.delegation",
                    ),
                ),
                (
                    "home_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.orgunit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="accounts.person",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="access.role"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GrantScopedevent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("anchor_class_id", models.BigIntegerField(null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("MANUAL", "Given by hand"),
                            ("DERIVED", "Follows from a fact"),
                            ("DELEGATED", "Delegated"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source_key", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "anchor_person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "anchor_unit",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.orgunit",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="access.delegation",
                    ),
                ),
                (
                    "home_unit",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.orgunit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="access.grant",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="access.role",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="role",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_rolescopedevent" ("code", "hat", "id", "name", "needs_second_factor", "permissions", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."hat", NEW."id", NEW."name", NEW."needs_second_factor", NEW."permissions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="cf50bdefb3c930258b40f872d54781794f0b72d9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_075b7",
                    table="access_role",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="role",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "access_rolescopedevent" ("code", "hat", "id", "name", "needs_second_factor", "permissions", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."hat", NEW."id", NEW."name", NEW."needs_second_factor", NEW."permissions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="45d1724d1cbd9dfe81a5bcfa7735b7aadcacc416",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_94533",
                    table="access_role",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="role",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_rolescopedevent" ("code", "hat", "id", "name", "needs_second_factor", "permissions", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."hat", OLD."id", OLD."name", OLD."needs_second_factor", OLD."permissions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="6f9b5660e4d2a63f0fd5b6b9bdd53aace3507491",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_29682",
                    table="access_role",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="rolescopedevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="access.role",
            ),
        ),
        migrations.AddField(
            model_name="supportsession",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="supportsession",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.orgunit",
            ),
        ),
        migrations.AddField(
            model_name="supportsessionscopedevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="supportsessionscopedevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="access.supportsession",
            ),
        ),
        migrations.AddField(
            model_name="supportsessionscopedevent",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organizations.orgunit",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                name="delegation_period_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_person", models.F("to_person")), _negated=True
                ),
                name="delegation_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "TUQ"), _negated=True),
                    models.Q(("instrument", ""), _negated=True),
                    _connector="OR",
                ),
                name="delegation_authorised_has_paper",
                violation_error_message="A special authorisation needs its written decision.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delegation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_delegationscopedevent" ("ends_on", "from_person_id", "id", "instrument", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "to_person_id", "unit_id", "uuid") VALUES (NEW."ends_on", NEW."from_person_id", NEW."id", NEW."instrument", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."starts_on", NEW."to_person_id", NEW."unit_id", NEW."uuid"); RETURN NULL;',
                    hash="618549612b428198a253c72811e544917e353087",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2a7ee",
                    table="access_delegation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delegation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "access_delegationscopedevent" ("ends_on", "from_person_id", "id", "instrument", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "to_person_id", "unit_id", "uuid") VALUES (NEW."ends_on", NEW."from_person_id", NEW."id", NEW."instrument", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."starts_on", NEW."to_person_id", NEW."unit_id", NEW."uuid"); RETURN NULL;',
                    hash="da34a5649ee582e19b0821d9334774c623a0b0be",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5158b",
                    table="access_delegation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delegation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_delegationscopedevent" ("ends_on", "from_person_id", "id", "instrument", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "to_person_id", "unit_id", "uuid") VALUES (OLD."ends_on", OLD."from_person_id", OLD."id", OLD."instrument", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."starts_on", OLD."to_person_id", OLD."unit_id", OLD."uuid"); RETURN NULL;',
                    hash="27b67cb08f29387063cca4893a0dedcf3511467e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_af94b",
                    table="access_delegation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delegationscopedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1d4282537f2eeaa62983bbe34c61db66d4ef8c9a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d19ec",
                    table="access_delegationscopedevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grantscopedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5f1ad77c57e952d1409c37c41b98a0af2c860b12",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_13e78",
                    table="access_grantscopedevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                condition=models.Q(("source_key", ""), _negated=True),
                fields=["source_key"],
                name="grant_source_key",
            ),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["home_unit"], name="grant_home_unit"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("anchor_class_id__isnull", True),
                        ("anchor_person__isnull", True),
                        ("anchor_unit__isnull", False),
                    ),
                    models.Q(
                        ("anchor_class_id__isnull", False),
                        ("anchor_person__isnull", True),
                        ("anchor_unit__isnull", True),
                    ),
                    models.Q(
                        ("anchor_class_id__isnull", True),
                        ("anchor_person__isnull", False),
                        ("anchor_unit__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="grant_has_one_anchor",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="grant_period_forward",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_grantscopedevent" ("anchor_class_id", "anchor_person_id", "anchor_unit_id", "delegation_id", "ends_on", "home_unit_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "source", "source_key", "starts_on", "uuid") VALUES (NEW."anchor_class_id", NEW."anchor_person_id", NEW."anchor_unit_id", NEW."delegation_id", NEW."ends_on", NEW."home_unit_id", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."role_id", NEW."source", NEW."source_key", NEW."starts_on", NEW."uuid"); RETURN NULL;',
                    hash="b6cc7c7175afb3f945d3a88256f0f69516a00709",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1423b",
                    table="access_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "access_grantscopedevent" ("anchor_class_id", "anchor_person_id", "anchor_unit_id", "delegation_id", "ends_on", "home_unit_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "source", "source_key", "starts_on", "uuid") VALUES (NEW."anchor_class_id", NEW."anchor_person_id", NEW."anchor_unit_id", NEW."delegation_id", NEW."ends_on", NEW."home_unit_id", NEW."id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."role_id", NEW."source", NEW."source_key", NEW."starts_on", NEW."uuid"); RETURN NULL;',
                    hash="8a79db0309038a6a0c4bd42a7a006409bbca0049",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c99f4",
                    table="access_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_grantscopedevent" ("anchor_class_id", "anchor_person_id", "anchor_unit_id", "delegation_id", "ends_on", "home_unit_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role_id", "source", "source_key", "starts_on", "uuid") VALUES (OLD."anchor_class_id", OLD."anchor_person_id", OLD."anchor_unit_id", OLD."delegation_id", OLD."ends_on", OLD."home_unit_id", OLD."id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."role_id", OLD."source", OLD."source_key", OLD."starts_on", OLD."uuid"); RETURN NULL;',
                    hash="6f3534e94f325d883ac47fffa01a70150fb0a7bd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b6eaf",
                    table="access_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rolescopedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3f5ac499de212e11b2f3393d1229b55c223d28c2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6efe3",
                    table="access_rolescopedevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="supportsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("opened_at"))),
                name="support_session_forward",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supportsession",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_supportsessionscopedevent" ("closed_at", "expires_at", "id", "opened_at", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "uuid") VALUES (NEW."closed_at", NEW."expires_at", NEW."id", NEW."opened_at", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."unit_id", NEW."uuid"); RETURN NULL;',
                    hash="0464fbb98eace8e7f3b006a7df0201af60ca2756",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_80bec",
                    table="access_supportsession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supportsession",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "access_supportsessionscopedevent" ("closed_at", "expires_at", "id", "opened_at", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "uuid") VALUES (NEW."closed_at", NEW."expires_at", NEW."id", NEW."opened_at", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."unit_id", NEW."uuid"); RETURN NULL;',
                    hash="fe9ccec00618d059e3c2ad6fa4230a367f58a26c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ef8d5",
                    table="access_supportsession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supportsession",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "access_supportsessionscopedevent" ("closed_at", "expires_at", "id", "opened_at", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "unit_id", "uuid") VALUES (OLD."closed_at", OLD."expires_at", OLD."id", OLD."opened_at", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."unit_id", OLD."uuid"); RETURN NULL;',
                    hash="ce57860d925de283a20f313c553ad46a206fe0ad",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e507f",
                    table="access_supportsession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supportsessionscopedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a8268901f1664fc733df3f975762e491b875967c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c3244",
                    table="access_supportsessionscopedevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
