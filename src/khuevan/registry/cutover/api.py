"""What other apps may use of the cutover app."""

from khuevan.registry.cutover.actions import begin

__all__ = ["begin"]
