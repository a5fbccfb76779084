"""Units with dated names, parents and places."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "__first__"),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.CreateModel(
            name="OrgUnit",
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
                ("code", models.CharField(max_length=35, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PROVINCE", "Provincial people's committee"),
                            ("DEPARTMENT", "Department of education and training"),
                            ("DISTRICT_OFFICE", "District education office"),
                            ("COMMUNE", "Commune people's committee"),
                            ("SCHOOL", "School"),
                        ],
                        max_length=16,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrgUnitScopedevent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("code", models.CharField(max_length=35)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PROVINCE", "Provincial people's committee"),
                            ("DEPARTMENT", "Department of education and training"),
                            ("DISTRICT_OFFICE", "District education office"),
                            ("COMMUNE", "Commune people's committee"),
                            ("SCHOOL", "School"),
                        ],
                        max_length=16,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrgUnitVersion",
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
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(max_length=80)),
                ("search_name", models.CharField(max_length=200)),
                ("sort_key", models.CharField(db_collation="C", max_length=400)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="OrgUnitVersionScopedevent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(max_length=80)),
                ("search_name", models.CharField(max_length=200)),
                ("sort_key", models.CharField(db_collation="C", max_length=400)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orgunit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organizations_orgunitscopedevent" ("code", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uuid") VALUES (NEW."code", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."uuid"); RETURN NULL;',
                    hash="d6cbc38a8d6f111159092ad1159a029dbaaa952d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_394cd",
                    table="organizations_orgunit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orgunit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organizations_orgunitscopedevent" ("code", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uuid") VALUES (NEW."code", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."uuid"); RETURN NULL;',
                    hash="c4f7b5ee7b83ce813d871611c344ac593153cf4a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_37618",
                    table="organizations_orgunit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orgunit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organizations_orgunitscopedevent" ("code", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uuid") VALUES (OLD."code", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."uuid"); RETURN NULL;',
                    hash="7555d0fc75b19f5da2fef5b5ad5f9e418f481f2a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f12e3",
                    table="organizations_orgunit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="orgunitscopedevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="organizations.orgunit",
            ),
        ),
        migrations.AddField(
            model_name="orgunitversion",
            name="area",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="areas.area"
            ),
        ),
        migrations.AddField(
            model_name="orgunitversion",
            name="parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="child_versions",
                to="organizations.orgunit",
            ),
        ),
        migrations.AddField(
            model_name="orgunitversion",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="organizations.orgunit",
            ),
        ),
        migrations.AddField(
            model_name="orgunitversionscopedevent",
            name="area",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="areas.area",
            ),
        ),
        migrations.AddField(
            model_name="orgunitversionscopedevent",
            name="parent",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organizations.orgunit",
            ),
        ),
        migrations.AddField(
            model_name="orgunitversionscopedevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="organizations.orgunitversion",
            ),
        ),
        migrations.AddField(
            model_name="orgunitversionscopedevent",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organizations.orgunit",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orgunitscopedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="285127922c45f33039a877ca13115f9e5d5e94aa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_50692",
                    table="organizations_orgunitscopedevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="orgunitversion",
            index=models.Index(
                fields=["parent", "starts_on"], name="unit_version_parent"
            ),
        ),
        migrations.AddIndex(
            model_name="orgunitversion",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_name"],
                name="unit_version_search",
                opclasses=("gin_trgm_ops",),
            ),
        ),
        migrations.AddConstraint(
            model_name="orgunitversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=(
                    ("unit", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ),
                name="unit_versions_never_overlap",
                violation_error_message="This unit already has a name and parent for that time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="orgunitversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="unit_version_period_forward",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orgunitversion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organizations_orgunitversionscopedevent" ("area_id", "ends_on", "id", "name", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_name", "short_name", "sort_key", "starts_on", "unit_id") VALUES (NEW."area_id", NEW."ends_on", NEW."id", NEW."name", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."search_name", NEW."short_name", NEW."sort_key", NEW."starts_on", NEW."unit_id"); RETURN NULL;',
                    hash="6c8930e7cb876f4fed8660ea6ff9bacf209f761a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_19389",
                    table="organizations_orgunitversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orgunitversion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organizations_orgunitversionscopedevent" ("area_id", "ends_on", "id", "name", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_name", "short_name", "sort_key", "starts_on", "unit_id") VALUES (NEW."area_id", NEW."ends_on", NEW."id", NEW."name", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."search_name", NEW."short_name", NEW."sort_key", NEW."starts_on", NEW."unit_id"); RETURN NULL;',
                    hash="8c0e32bfd921e63d6b89813a25b05cd6fa89c7e0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e14f7",
                    table="organizations_orgunitversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orgunitversion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organizations_orgunitversionscopedevent" ("area_id", "ends_on", "id", "name", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search_name", "short_name", "sort_key", "starts_on", "unit_id") VALUES (OLD."area_id", OLD."ends_on", OLD."id", OLD."name", OLD."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."search_name", OLD."short_name", OLD."sort_key", OLD."starts_on", OLD."unit_id"); RETURN NULL;',
                    hash="60630fa546e109bfb7a0c33f69aa84789992efca",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_053b4",
                    table="organizations_orgunitversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orgunitversionscopedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b4b26f1504d3c27d0bdf23f2f7d152a7c7a02f5a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_42931",
                    table="organizations_orgunitversionscopedevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
