"""Feeds as bytes: one module a format; only `_feedgen` knows feedgen.

The formats are imported when `FORMATS` is first asked for: most runs write none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feedsvc.feeds.values import Feed
    from feedsvc.formats.fields import Fields
    from feedsvc.formats.skeletons import Leaves


class Format(Protocol):
    """One way to write a feed down.

    The same values give the same bytes in every process, locale and time zone. Nothing in a
    value raises: characters that XML forbids are dropped.
    """

    name: str
    filename: str
    media_type: str

    @property
    def frame(self) -> Callable[[Fields, Leaves], bytes]:
        """What makes one entry of `fields.of`, with `HOLE` for its content.

        It is the same in whatever feed of the site.
        """
        ...

    @property
    def escaped(self) -> Callable[[bytes], bytes]:
        """What makes of clean content in UTF-8 what stands in the hole.

        The same function for formats that escape alike.
        """
        ...

    def document(self, feed: Feed, entries: Sequence[bytes]) -> bytes:
        """The whole feed: its head, then these entries, without holes, in their order."""
        ...


if TYPE_CHECKING:
    FORMATS: dict[str, Format]


def __getattr__(name: str) -> Any:
    if name != "FORMATS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from feedsvc.formats.atom import Atom
    from feedsvc.formats.jsonfeed import JSONFeed
    from feedsvc.formats.rss import RSS

    found = globals()["FORMATS"] = {form.name: form for form in (Atom(), RSS(), JSONFeed())}
    return found
