"""What happened, who did it, and who looked. Append-only, held by the database."""
