"""Who decides a matter for a school on a day."""
