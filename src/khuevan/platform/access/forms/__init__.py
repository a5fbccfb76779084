"""Input of the access pages: validated, never saved."""
