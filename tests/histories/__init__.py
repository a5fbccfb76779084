"""Random histories of a small province against a slow, obvious model of who sees whom."""
