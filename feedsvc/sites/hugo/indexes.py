"""What a Hugo site's `_index` files say of their sections and of the pages below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.posts import encoding, frontmatter
from feedsvc.sites.hugo import values
from feedsvc.sites.hugo.paths import logical_segment, lowered, path_segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from feedsvc.model import JSON
    from feedsvc.sites.hugo.content import ContentFolder

_OF_INTEREST = (b"cascade", b"url", b"slug", b"title")


class Section(NamedTuple):
    """The folders, below the content, of a section, and what its `_index` file says (None: none).

    Without folders it is the home page.
    """

    folders: tuple[str, ...]
    said: Mapping[str, Any] | None

    @property
    def front(self) -> Mapping[str, Any]:
        """What there is of the file, keys in lower case; only what is of interest is read."""
        return self.said or {}

    @property
    def slug(self) -> str:
        """As the file gives it, "" for none."""
        return values.text(self.front["slug"]).strip("-") if "slug" in self.front else ""

    @property
    def url(self) -> str:
        """As the file gives it, "" for none."""
        return values.address(self.front["url"]) if "url" in self.front else ""

    @property
    def title(self) -> str:
        """The file's; a section without a file has it from its folder."""
        return self.folders[-1] if self.said is None else values.text(self.front.get("title"))


class Chain(NamedTuple):
    """The sections that hold a page, the nearest first, and the home page; `asked` are the files
    that tell of them, be they there or not.
    """

    sections: tuple[Section, ...]
    asked: tuple[str, ...]


def chain(
    side: Callable[[str], bytes | None],
    folders: tuple[str, ...],
    top: ContentFolder,
    names: tuple[str, ...],
) -> Chain:
    """What `_index` files of these names say of folders of the content, and of those above them.

    `top` is the folder of the site that holds them, `side` gives the bytes of the site's files.
    """
    found: list[Section] = []
    asked: list[str] = []
    lead = len(top.below.split("/")) if top.below else 0
    for count in range(len(folders), -1, -1):
        here = "/".join([top.folder, *folders[lead:count]]).strip("/")
        data = None
        for name in names if count >= lead else ():
            asked.append(f"{here}/{name}" if here else name)
            if (data := side(asked[-1])) is not None:
                break
        if data is not None or count <= 1:
            found.append(_section(folders[:count], data))
    return Chain(tuple(found), tuple(asked))


@lru_cache(maxsize=256)
def _section(folders: tuple[str, ...], data: bytes | None) -> Section:
    return Section(folders, None if data is None else _front(data))


def named(
    folders: Sequence[str], sections: Iterable[Section], options: Mapping[str, JSON]
) -> list[str]:
    """How addresses name folders of the content: sections by their slugs, since Hugo 0.167."""
    names = [logical_segment(name, options) for name in folders]
    for one in sections:
        if one.slug and one.folders:
            names[len(one.folders) - 1] = path_segment(one.slug, options).strip("/")
    return names


def names_of(sections: Sequence[Section]) -> list[str]:
    """The slugs, or titles, of the sections above a page, the top one first."""
    return [one.slug or one.title for one in sections[-2::-1]]


def logical_path(folders: Sequence[str]) -> str:
    """A section's path as Hugo's rules know it."""
    return lowered(f"/{'/'.join(folders)}").replace(" ", "-")


@lru_cache(maxsize=512)
def _front(data: bytes) -> Mapping[str, Any]:
    if not any(word in data.lower() for word in _OF_INTEREST):
        return {}
    text = encoding.decode(data).text
    if text is None:
        return {}
    front = frontmatter.read(text, ("yaml", "toml", "json"), yes_is_text=True)
    return {key.lower(): value for key, value in front.fields.items()}
