"""What a Hugo site's `_index` files say of their sections and of the pages below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from feedsvc.posts import encoding, frontmatter
from feedsvc.sites.hugo import values
from feedsvc.sites.hugo.languages import (
    below_content,
    content_root,
    language_of,
    plain_language,
    prefix,
    stem_of,
)
from feedsvc.sites.hugo.paths import logical_segment, lowered, path_segment, resolved
from feedsvc.sites.hugo.patterns import Facts, expanded, made, pattern_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feedsvc.model import JSON
    from feedsvc.posts.dialect import ReadingContext

_OF_INTEREST = (b"cascade", b"url", b"slug", b"title")


class Section(NamedTuple):
    """The folders, below the content, of a section, and what its `_index` file says (None: none).

    Without folders it is the home page.
    """

    folders: list[str]
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
    def title(self) -> str:
        """The file's; a section without a file has it from its folder."""
        return self.folders[-1] if self.said is None else values.text(self.front.get("title"))


_last: tuple[ReadingContext, Sequence[Section]] | None = None


def chain(context: ReadingContext) -> Sequence[Section]:
    """The sections that hold a page, the nearest first, and the home page."""
    global _last  # noqa: PLW0603 - several rules ask for those of one page, one after the other
    known = _last
    if known is None or known[0] is not context:
        _last = known = (context, list(_chain(context)))
    return known[1]


def _chain(context: ReadingContext) -> Iterator[Section]:
    page = below_content(context)
    folders = page.folders
    options = context.settings.engine_options
    if folders and stem_of(page.stem, options) == "index":
        folders.pop()  # the bundle's own
    language = language_of(context)
    names = _names(language, plain_language(context) == language)
    root, lead = content_root(context)
    for count in range(len(folders), -1, -1):
        front = None
        if count >= lead:
            front = _index(context, "/".join([root, *folders[lead:count]]).lstrip("/"), names)
        if front is not None or count <= 1:
            yield Section(folders[:count], front)


def section_of(context: ReadingContext) -> str:
    """The path, below the site and the language, of the section that lists the page ("": none)."""
    section = chain(context)[0]
    if not section.folders:
        return ""
    options = context.settings.engine_options
    if "url" in section.front and (given := values.text(section.front["url"])):
        whole = expanded(given, _facts(context), options) if ":" in given else given
        # with a leading slash it is below the site, and so names its language itself
        return _clean(whole.removeprefix(f"{prefix(context)}/"))
    path = logical_path(section.folders)
    if pattern := pattern_of(context.settings, "section", language_of(context), path):
        return _clean(made(pattern, _facts(context), options))
    return _clean("/".join(named(context, section.folders)))


def _facts(context: ReadingContext) -> Facts:
    """What tokens in the address of the nearest section stand for."""
    section = chain(context)[0]
    return Facts(
        context.local,
        title=section.title,
        slug=section.slug,
        base=section.folders[-1],
        section=section.folders[0],
        sections=lambda: logical_path(section.folders)[1:].split("/"),
        section_names=lambda: names_of(context),
    )


def current(context: ReadingContext) -> Section:
    """The nearest folder with an `_index` file, or the top one, which needs none."""
    return chain(context)[0]


def top_section(context: ReadingContext) -> str:
    """The first part of a page's path, "" for one that is in no section."""
    return logical_path(current(context).folders[:1])[1:]


def names_of(context: ReadingContext) -> list[str]:
    """The slugs, or titles, of the sections above a page, the top one first."""
    return [one.slug or one.title for one in chain(context)[-2::-1]]


def named(context: ReadingContext, folders: list[str]) -> list[str]:
    """How addresses name the folders above a page: sections by their slugs, since Hugo 0.167."""
    options = context.settings.engine_options
    own = options.get("keep_case") is True, options.get("no_accents") is True
    names = [*_segments("/".join(folders), *own)] if folders else []
    for one in chain(context):
        if one.slug and one.folders:
            names[len(one.folders) - 1] = path_segment(one.slug, options).strip("/")
    return names


def logical_path(folders: list[str]) -> str:
    """A section's path as Hugo's rules know it."""
    return lowered(f"/{'/'.join(folders)}").replace(" ", "-")


def _index(
    context: ReadingContext, folder: str, names: tuple[str, ...]
) -> Mapping[str, Any] | None:
    for name in names:
        if (data := context.side(f"{folder}/{name}" if folder else name)) is not None:
            return _front(data)
    return None


@lru_cache(maxsize=256)
def _segments(folders: str, keep_case: bool, no_accents: bool) -> tuple[str, ...]:
    options: dict[str, JSON] = {"keep_case": keep_case, "no_accents": no_accents}
    return tuple(logical_segment(name, options) for name in folders.split("/"))


@lru_cache(maxsize=256)
def _clean(text: str) -> str:
    """A safe path without outer slashes, and not percent-encoded, since it is a name."""
    return unquote(resolved(text)).strip("/")


@lru_cache(maxsize=64)
def _names(language: str, plain: bool) -> tuple[str, ...]:
    """What the files may be called that are in a language; `plain` are those that name none."""
    own = f"_index.{language}.md"
    return ("_index.md", own, "_index.html") if plain else (own,)


@lru_cache(maxsize=512)
def _front(data: bytes) -> Mapping[str, Any]:
    if not any(word in data.lower() for word in _OF_INTEREST):
        return {}
    text = encoding.decode(data).text
    if text is None:
        return {}
    front = frontmatter.read(text, ("yaml", "toml", "json"))
    if front.kind == "yaml":
        values.keep_words(front, text[: front.body])
    return {key.lower(): value for key, value in front.fields.items()}
