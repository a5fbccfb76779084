"""What pupils of upper secondary schools choose, and who gets what."""
