"""Cases of rules as JSON: read with the place of each fault, answered by the pure rules."""
