"""How good the records are: what is missing, contradictory, impossible or stale."""
