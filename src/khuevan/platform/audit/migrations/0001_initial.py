"""The log of actions and of views, append-only."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RecordView",
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
                ("at", models.DateTimeField()),
                ("person_id", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField(null=True)),
                ("viewer_person_id", models.BigIntegerField(null=True)),
                ("viewer_label", models.CharField(max_length=200)),
                ("viewer_role", models.CharField(blank=True, max_length=80)),
                ("what", models.CharField(max_length=80)),
                ("purpose", models.CharField(blank=True, max_length=200)),
                ("request_id", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEntry",
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
                ("at", models.DateTimeField()),
                ("code", models.CharField(max_length=80)),
                ("actor_person_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=200)),
                ("actor_role", models.CharField(blank=True, max_length=80)),
                ("request_id", models.UUIDField(null=True)),
                ("target_kind", models.CharField(blank=True, max_length=80)),
                ("target_id", models.BigIntegerField(null=True)),
                ("target_label", models.CharField(blank=True, max_length=200)),
                ("unit_id", models.BigIntegerField(null=True)),
                ("person_id", models.BigIntegerField(null=True)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("details", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit_id", "-id"], name="audit_entry_unit"),
                    models.Index(
                        fields=["person_id", "-id"], name="audit_entry_person"
                    ),
                    models.Index(
                        fields=["target_kind", "target_id"], name="audit_entry_target"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ab24cb77a22d3160dc788fecde00a98236f14d09",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6cfb3",
                    table="audit_auditentry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="recordview",
            index=models.Index(fields=["person_id", "-id"], name="audit_view_person"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordview",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9150ed2a3345f0466daed217f59d5ce8b91a66f0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cee2c",
                    table="audit_recordview",
                    when="BEFORE",
                ),
            ),
        ),
    ]
