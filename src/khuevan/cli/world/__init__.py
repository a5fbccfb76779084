"""The demo province: planned from a seed and a day, loaded through the bulk actions."""
