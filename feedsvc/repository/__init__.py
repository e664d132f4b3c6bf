"""The posts folder: what lies in it, read when it changed, kept in step with the index."""
