"""Which other posts a body refers to by the names of their files, as rendering will ask for them.

Too many are found rather than too few: what stands in code is only a name that nobody asks for.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from feedsvc.content import leftovers
from feedsvc.markup.urls import file_name
from feedsvc.posts.references import FILE, INTERNAL, Reference, names_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.settings import Settings

_SOURCE = re.compile(
    r"\.(?:md|markdown|mkdn?|mkd|mkdown|mdown|mdx)(?=[)\"'>#?\s]|$)", re.IGNORECASE
)
_BEFORE = re.compile(r"[\s\"'<>()\[\]{}|`=]")  # a name begins behind one of these
_ANGLED = re.compile(r"\]\(<([^<>\n]{1,500})>")  # CommonMark's way to write blanks in a name
_LONGEST = 500
_MOST = 200  # names of one post; a longer list is no blog post


def references(body: str, settings: Settings) -> tuple[Reference, ...]:
    """The references in a post's body, each once."""
    found = dict.fromkeys(leftovers.references(body, settings))
    if names_file(body):
        found |= dict.fromkeys(_reference(name) for name in _names(body))
    return tuple(found)[:_MOST]


def _reference(name: str) -> Reference:
    return Reference(INTERNAL if name.startswith("@/") else FILE, name)


def _names(body: str) -> Iterator[str]:
    for match in _SOURCE.finditer(body):
        before = body[max(0, match.start() - _LONGEST) : match.end()]
        if name := _decoded(_BEFORE.split(before)[-1]):
            yield name
    if "](<" in body:
        for match in _ANGLED.finditer(body):
            if name := _decoded(match[1]):
                yield name


def _decoded(written: str) -> str:
    return file_name(unescape(written).replace("\\", ""))
