"""The khuevan command: composes what the apps register."""
