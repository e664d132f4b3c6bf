"""Rules of the feed formats, and of the clients that read them."""
