"""The outside world: the REST root and, later, standards for exchange."""
