"""Shortcodes of Hugo's sites, and the part of Go's templates that they are written in."""
