"""Liquid in a body (Jekyll, Eleventy): rendered as the engine does, from the site's own files.

Our own: python-liquid needs 0.15 s and Babel to start, parses strictly where Ruby's Liquid 4 is
lenient, and bounds neither time nor the memory that `replace` and `times` take.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.markup.beside import Folder, Sources
    from feedsvc.markup.context import Context
    from feedsvc.markup.liquid.sources import Documents
    from feedsvc.model import Post
    from feedsvc.posts.references import Reference
    from feedsvc.settings import Settings


_SIGNS = ("{{", "{%")


def rule(*, opened: bool, documents: Documents | None = None) -> Rule:
    """The rule of an engine that has Liquid in its bodies.

    `opened`: fields and files of data are names of their own, and code may give others besides
    (Eleventy); else they are parts of `page` and `site`, and other names are nothing (Jekyll).
    `documents` gives the collections of a site; where there are any, the engine's options say in
    `documents` by name in which `folder` each lies.
    """
    return Rule(
        partial(render, opened=opened, documents=documents),
        _SIGNS,
        references=_references,
        sources=partial(_sources, opened=opened),
    )


def render(text: str, around: Context, *, opened: bool, documents: Documents | None = None) -> str:
    """`text` without Liquid."""
    from feedsvc.markup.liquid import rendering  # late: most sites have none

    return rendering.render(text, around, opened=opened, documents=documents)


def _references(text: str) -> Iterator[Reference]:
    from feedsvc.markup.liquid import sources

    return sources.references(text)


def _sources(text: str, post: Post, settings: Settings, folder: Folder, *, opened: bool) -> Sources:
    from feedsvc.markup.liquid import sources

    return sources.sources(text, post.path, settings, folder, named=opened)
