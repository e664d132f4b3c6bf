"""Shortcodes of Zola's sites, and the part of Tera that they are written in."""
