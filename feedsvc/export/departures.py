"""Files at addresses that posts and feeds have left: a static host cannot answer 301."""

from __future__ import annotations

from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from feedsvc.export.ownership import GENERATOR
from feedsvc.export.places import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedsvc.export.contract import Publication
    from feedsvc.export.writing import Made
    from feedsvc.model import LocalFile

_PAGE = """<!doctype html>
<html>
<head>
<meta charset="utf-8">
<title>Moved</title>
{generator}">
<meta name="robots" content="noindex">
<link rel="canonical" href="{url}">
<meta http-equiv="refresh" content="0; url={url}">
</head>
<body><p><a href="{url}">{url}</a></p></body>
</html>
"""


class Addresses:
    """A publication that has a document at every address it ever had.

    A page is followed by one that leads on, a feed by the feed itself, whose `self` link names its
    new address: feed readers read no HTML.
    """

    def __init__(self, publication: Publication) -> None:
        self._publication = publication

    def paths(self) -> Iterator[str]:
        """Every path that has a document."""
        yield from self._publication.paths()
        yield from self._departures

    def files(self) -> Iterable[str]:
        """Every path that has a file of the site's folder."""
        return self._publication.files

    def signature(self, path: str) -> str:
        """Change whenever the bytes of the document or file may change."""
        local = self._publication.files.get(path)
        if local is not None:
            return f"file {local.identity}"
        target = self._departures.get(path)
        if target is None:
            return self._publication.signature(path)
        return f"{self._publication.signature(target)} from {path}"

    def get(self, path: str) -> Made | LocalFile | None:
        """Return what a path's document consists of, or its file."""
        local = self._publication.files.get(path)
        if local is not None:
            return local
        target = self._departures.get(path)
        found = self._publication.build(path if target is None else target)
        if target is None or found is None or not found[1].startswith("text/html"):
            return found
        url = escape(self._publication.redirect(path) or target)
        return _PAGE.format(url=url, generator=GENERATOR.decode()).encode(), found[1]

    @cached_property
    def _departures(self) -> dict[str, str]:
        found = self._publication.departures()
        if not found:
            return found
        taken = {None, *(_file(path) for path in self._publication.paths())}
        taken.update(path[1:] for path in self.files())
        return {path: target for path, target in found.items() if _file(path) not in taken}


def _file(path: str) -> str | None:
    """The file of a path, None for one that cannot be a file."""
    try:
        return place(path)
    except ValueError:
        return None
