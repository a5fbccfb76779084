"""Staff members, their appointments and the classes they teach."""
