"""Academic years and terms keep their history; what is there begins it."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0002_founding"),
    ]

    operations = [
        migrations.CreateModel(
            name="AcademicYearEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("code", models.CharField(max_length=9)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TermEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("MN", "Preschool"),
                            ("TH", "Primary"),
                            ("THCS", "Lower secondary"),
                            ("THPT", "Upper secondary"),
                            ("GDTX", "Continuing education"),
                            ("THN", "Vocational secondary"),
                        ],
                        max_length=4,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("decision", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="academicyear",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "schools_academicyearevent" ("code", "ends_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."code", NEW."ends_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="f74dceca8b54b0b1102a78adf004af8400f401eb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b240d",
                    table="schools_academicyear",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="academicyear",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))',
                    func='INSERT INTO "schools_academicyearevent" ("code", "ends_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."code", NEW."ends_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="6f322f72e68e124c7ce6d68f0da6cc8e5f952acf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f816b",
                    table="schools_academicyear",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="academicyear",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "schools_academicyearevent" ("code", "ends_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."code", OLD."ends_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_on"); RETURN NULL;',
                    hash="e12143d6b882b7ef004f92b49ce1807397180bbb",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6cf12",
                    table="schools_academicyear",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="term",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "schools_termevent" ("academic_year_id", "decision", "ends_on", "level", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."academic_year_id", NEW."decision", NEW."ends_on", NEW."level", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="6eb75d326b5cd0e63f82d9d2d4aa880c5b00a74d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_21073",
                    table="schools_term",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="term",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."academic_year_id" IS DISTINCT FROM (NEW."academic_year_id") OR OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))',
                    func='INSERT INTO "schools_termevent" ("academic_year_id", "decision", "ends_on", "level", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."academic_year_id", NEW."decision", NEW."ends_on", NEW."level", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="e3aa4dabfaed30f56b5cdc50ecb79790cfaa0c0d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a5f8a",
                    table="schools_term",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="term",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "schools_termevent" ("academic_year_id", "decision", "ends_on", "level", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."academic_year_id", OLD."decision", OLD."ends_on", OLD."level", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_on"); RETURN NULL;',
                    hash="8aef1d8887a402bcb389babdbe47fb023eea4de3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_827fb",
                    table="schools_term",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="academicyearevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="schools.academicyear",
            ),
        ),
        migrations.AddField(
            model_name="termevent",
            name="academic_year",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.academicyear",
            ),
        ),
        migrations.AddField(
            model_name="termevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="schools.term",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="academicyearevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="831de7730c80d59cfad4f3e11a940a0cfd088035",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c09d3",
                    table="schools_academicyearevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cf6a833fd8d090260f8bb2cab62ece08bf6ba532",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8d714",
                    table="schools_termevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(
            """INSERT INTO schools_academicyearevent
                (pgh_created_at, pgh_label, pgh_obj_id, code, starts_on, ends_on)
            SELECT now(), 'insert', id, code, starts_on, ends_on FROM schools_academicyear ORDER BY id""",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            """INSERT INTO schools_termevent
                (pgh_created_at, pgh_label, pgh_obj_id, academic_year_id, level, number, starts_on, ends_on, decision)
            SELECT now(), 'insert', id, academic_year_id, level, number, starts_on, ends_on, decision FROM schools_term ORDER BY id""",
            migrations.RunSQL.noop,
        ),
    ]
