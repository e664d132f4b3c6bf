"""The front matter of Eleventy's layouts, which counts for the pages that have them.

Source: 11ty.dev/docs/layouts, 11ty.dev/docs/data-cascade.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from feedsvc.sites.eleventy.fronts import front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.posts.dialect import ReadingContext

_SUFFIXES = ("njk", "liquid", "html", "md")
_DEEPEST = 5  # layouts within layouts


def fields(context: ReadingContext) -> Iterator[tuple[str, Any]]:
    """What the page's layout says, then the layout of that, and so on; they count in this order."""
    name = context.fields.get("layout")
    for _ in range(_DEEPEST):
        said = _said(name, context)
        yield from ((key, value) for key, value in said.items() if key != "layout")
        name = said.get("layout")


def _said(name: object, context: ReadingContext) -> dict[str, Any]:
    options = context.settings.engine_options
    aliases = options.get("layouts")
    if not isinstance(name, str) or not name.strip():
        return {}
    known = aliases.get(name) if isinstance(aliases, dict) else None
    path = f"{options.get('layouts_dir') or '_includes'}/{known or name}"
    if ".." in path.split("/"):
        return {}
    whole = [path] if "." in path.rpartition("/")[2] else []
    for one in (*whole, *(f"{path}.{suffix}" for suffix in _SUFFIXES)):
        if (data := context.side(one)) is not None:
            return _read(data)
    return {}


@lru_cache(maxsize=64)
def _read(data: bytes) -> dict[str, Any]:
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return front_matter(text) if text.startswith("---") else {}
