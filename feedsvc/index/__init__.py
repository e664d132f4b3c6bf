"""The embedded default store: what was read and what was rendered, in SQLite.

It is a cache. Deleting it changes no output byte; it may never hold the only copy of anything.
"""
