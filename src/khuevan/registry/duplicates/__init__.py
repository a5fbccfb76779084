"""One person recorded twice: found by what two records share, made one, and taken apart again."""
