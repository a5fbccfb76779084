"""What a command leaves behind for the shell that started it; 1 is Python's own, for a fault."""

DONE, REFUSED, INTERRUPTED = 0, 2, 130
