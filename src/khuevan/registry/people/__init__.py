"""What is known of a person beyond identity: addresses by area and date, code lists."""
