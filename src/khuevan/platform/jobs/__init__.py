"""Background work with progress, cancel, result and history."""
