"""Feeds as subscribers receive them: fetched, read, walked back through their archives.

Any publisher's feeds: Atom 1.0 and 0.3, RSS 0.9x, 1.0 and 2.0, JSON Feed. Only what identity and
comparison need is read, and ids are kept exactly as a feed reader keeps them.
"""

from feedsvc.received.values import ReceivedEntry, ReceivedFeed

__all__ = ["ReceivedEntry", "ReceivedFeed"]
