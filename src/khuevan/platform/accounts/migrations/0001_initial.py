"""People, users, their history, and the table of the cache."""

import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

# Rate limits and short-lived values: nothing that a crash may not lose.
CREATE_CACHE = """
CREATE UNLOGGED TABLE platform_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX platform_cache_expires ON platform_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        TrigramExtension(),
        migrations.RunSQL(CREATE_CACHE, "DROP TABLE platform_cache"),
        migrations.CreateModel(
            name="PersonScopedevent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("family_name", models.CharField(blank=True, max_length=60)),
                ("middle_name", models.CharField(blank=True, max_length=80)),
                ("given_name", models.CharField(max_length=60)),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("MALE", "Male"), ("FEMALE", "Female")],
                        max_length=6,
                    ),
                ),
                ("birth_date", models.DateField(null=True)),
                ("birth_year", models.PositiveSmallIntegerField(null=True)),
                ("personal_number", models.CharField(max_length=12, null=True)),
                ("ethnicity_code", models.CharField(blank=True, max_length=2)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserScopedevent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("username", models.CharField(max_length=150)),
                ("is_active", models.BooleanField(default=True)),
                ("must_change_password", models.BooleanField(default=False)),
                ("language", models.CharField(default="vi", max_length=5)),
                ("theme", models.CharField(blank=True, max_length=5)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Person",
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
                ("family_name", models.CharField(blank=True, max_length=60)),
                ("middle_name", models.CharField(blank=True, max_length=80)),
                ("given_name", models.CharField(max_length=60)),
                ("sort_key", models.CharField(db_collation="C", max_length=400)),
                ("search_name", models.CharField(max_length=200)),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("MALE", "Male"), ("FEMALE", "Female")],
                        max_length=6,
                    ),
                ),
                ("birth_date", models.DateField(null=True)),
                ("birth_year", models.PositiveSmallIntegerField(null=True)),
                (
                    "personal_number",
                    models.CharField(max_length=12, null=True, unique=True),
                ),
                ("ethnicity_code", models.CharField(blank=True, max_length=2)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["sort_key", "id"], name="person_sort"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_name"],
                        name="person_search",
                        opclasses=("gin_trgm_ops",),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("personal_number__isnull", True),
                            ("personal_number__regex", "^[0-9]{12}$"),
                            _connector="OR",
                        ),
                        name="person_number_is_12_digits",
                        violation_error_message="A personal number has 12 digits.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
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
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="last login"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("username", models.CharField(max_length=150, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("must_change_password", models.BooleanField(default=False)),
                ("language", models.CharField(default="vi", max_length=5)),
                ("theme", models.CharField(blank=True, max_length=5)),
                ("created_at", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="user",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_personscopedevent" ("birth_date", "birth_year", "ethnicity_code", "family_name", "given_name", "id", "middle_name", "personal_number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex", "uuid", "version") VALUES (NEW."birth_date", NEW."birth_year", NEW."ethnicity_code", NEW."family_name", NEW."given_name", NEW."id", NEW."middle_name", NEW."personal_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."sex", NEW."uuid", NEW."version"); RETURN NULL;',
                    hash="51e59e9bf0b426bcc0bab50ffbe783807c42bd43",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6b541",
                    table="accounts_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."birth_year" IS DISTINCT FROM (NEW."birth_year") OR OLD."ethnicity_code" IS DISTINCT FROM (NEW."ethnicity_code") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."middle_name" IS DISTINCT FROM (NEW."middle_name") OR OLD."personal_number" IS DISTINCT FROM (NEW."personal_number") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "accounts_personscopedevent" ("birth_date", "birth_year", "ethnicity_code", "family_name", "given_name", "id", "middle_name", "personal_number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex", "uuid", "version") VALUES (NEW."birth_date", NEW."birth_year", NEW."ethnicity_code", NEW."family_name", NEW."given_name", NEW."id", NEW."middle_name", NEW."personal_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."sex", NEW."uuid", NEW."version"); RETURN NULL;',
                    hash="33cdfbf9ad389aa20e9f3ee54f19662904648841",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_70819",
                    table="accounts_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_personscopedevent" ("birth_date", "birth_year", "ethnicity_code", "family_name", "given_name", "id", "middle_name", "personal_number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex", "uuid", "version") VALUES (OLD."birth_date", OLD."birth_year", OLD."ethnicity_code", OLD."family_name", OLD."given_name", OLD."id", OLD."middle_name", OLD."personal_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."sex", OLD."uuid", OLD."version"); RETURN NULL;',
                    hash="c629c7bae19c849207638de15fc3ab125f7f48a7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_18acd",
                    table="accounts_person",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="personscopedevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="accounts.person",
            ),
        ),
        migrations.AddField(
            model_name="userscopedevent",
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
            model_name="userscopedevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_userscopedevent" ("created_at", "id", "is_active", "language", "must_change_password", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "username", "uuid") VALUES (NEW."created_at", NEW."id", NEW."is_active", NEW."language", NEW."must_change_password", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."theme", NEW."username", NEW."uuid"); RETURN NULL;',
                    hash="d1f348e94bde3d8e80b94364e844d4c248ccb79b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3867c",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."must_change_password" IS DISTINCT FROM (NEW."must_change_password") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."theme" IS DISTINCT FROM (NEW."theme") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid"))',
                    func='INSERT INTO "accounts_userscopedevent" ("created_at", "id", "is_active", "language", "must_change_password", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "username", "uuid") VALUES (NEW."created_at", NEW."id", NEW."is_active", NEW."language", NEW."must_change_password", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."theme", NEW."username", NEW."uuid"); RETURN NULL;',
                    hash="f33c2eaa0df1f8d3b0ccdc81f329d5664e4667b9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0e890",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_userscopedevent" ("created_at", "id", "is_active", "language", "must_change_password", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "username", "uuid") VALUES (OLD."created_at", OLD."id", OLD."is_active", OLD."language", OLD."must_change_password", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."theme", OLD."username", OLD."uuid"); RETURN NULL;',
                    hash="a974f51dac8bb17220f6f959e988ceffde85b6f4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_19f14",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personscopedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="81db23ac66a3c4d3166da6c067907e4d9d6e04e5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_193bc",
                    table="accounts_personscopedevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userscopedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e0faf7d4c09b8bf93e3ba0ebc81ba853fe2fc51b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_77410",
                    table="accounts_userscopedevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
