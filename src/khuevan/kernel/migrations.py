"""What migrations are made of beside Django's own operations."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger


class InstallTriggers(Operation):
    """Install the triggers which the models of an app were created with.

    One operation for all of them: an operation a trigger renders the whole state again each time,
    and the first start of an empty data folder waits for that.
    """

    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: the triggers stand in the options of the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Install them."""
        for label, name in to_state.models:
            if label == app_label:
                for trigger in to_state.models[label, name].options.get("triggers", ()):
                    schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Leave them: they go with their tables."""

    def describe(self) -> str:
        """Say it."""
        return "Install the triggers of the app's tables"


class ReplaceTriggers(Operation):
    """Put triggers of many models in the place of those of the same name, without rendering."""

    reversible = True

    def __init__(self, triggers: Mapping[str, Trigger]) -> None:
        """`triggers`: for each model's lower-case name the one trigger that it gets anew."""
        self.triggers = triggers

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Name the new ones in the models' options."""
        for name, new in self.triggers.items():
            options = state.models[app_label, name].options
            kept = [old for old in options.get("triggers", ()) if old.name != new.name]
            options["triggers"] = [*kept, new]

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the old ones away and install the new."""
        for name, trigger in self.triggers.items():
            for state, statement in ((from_state, "uninstall_sql"), (to_state, "install_sql")):
                for one in state.models[app_label, name].options["triggers"]:
                    if one.name == trigger.name:
                        schema_editor.execute(getattr(one, statement), params=None)

    database_backwards = database_forwards

    def describe(self) -> str:
        """Say it."""
        return f"Replace a trigger of {len(self.triggers)} tables"
