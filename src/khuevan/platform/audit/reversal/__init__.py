"""Taking back what one transaction wrote, from the history it left: ADR 15."""
