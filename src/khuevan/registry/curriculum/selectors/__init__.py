"""Reading plans, who teaches them, and loads."""
