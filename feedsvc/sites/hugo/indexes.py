"""What a Hugo site's `_index` files say of their sections and of the pages below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from feedsvc.posts import encoding, frontmatter, yamlwords
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
    language = language_of(context)
    bundled = stem_of(page.stem, context.settings.engine_options) == "index"
    own = f"_index.{language}.md"
    # files that name no language are in that of the folder
    names = ("_index.md", own) if plain_language(context) == language else (own,)
    side = context.side
    for folders, paths in _places(page.folder, bundled, content_root(context), names):
        data = None
        for path in paths:
            if (data := side(path)) is not None:
                break
        if data is not None or len(folders) <= 1:
            yield _section(folders, data)


@lru_cache(maxsize=256)
def _places(
    folder: str, bundled: bool, top: tuple[str, int], names: tuple[str, ...]
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The folders above a page, the nearest first, and where files that speak for each may lie.

    `bundled`: the nearest is that of a bundle, and no section.
    """
    root, lead = top
    parts = tuple(folder.split("/")) if folder else ()
    parts = parts[:-1] if bundled else parts
    found = []
    for count in range(len(parts), -1, -1):
        here = "/".join([root, *parts[lead:count]]).strip("/")
        paths = [f"{here}/{name}" if here else name for name in names if count >= lead]
        found.append((parts[:count], tuple(paths)))
    return tuple(found)


@lru_cache(maxsize=256)
def _section(folders: tuple[str, ...], data: bytes | None) -> Section:
    return Section(folders, None if data is None else _front(data))


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


def named(context: ReadingContext, folders: Sequence[str]) -> list[str]:
    """How addresses name the folders above a page: sections by their slugs, since Hugo 0.167."""
    options = context.settings.engine_options
    own = options.get("keep_case") is True, options.get("no_accents") is True
    names = [*_segments("/".join(folders), *own)] if folders else []
    for one in chain(context):
        if one.slug and one.folders:
            names[len(one.folders) - 1] = path_segment(one.slug, options).strip("/")
    return names


def logical_path(folders: Sequence[str]) -> str:
    """A section's path as Hugo's rules know it."""
    return lowered(f"/{'/'.join(folders)}").replace(" ", "-")


@lru_cache(maxsize=256)
def _segments(folders: str, keep_case: bool, no_accents: bool) -> tuple[str, ...]:
    options: dict[str, JSON] = {"keep_case": keep_case, "no_accents": no_accents}
    return tuple(logical_segment(name, options) for name in folders.split("/"))


@lru_cache(maxsize=256)
def _clean(text: str) -> str:
    """A safe path without outer slashes, and not percent-encoded, since it is a name."""
    return unquote(resolved(text)).strip("/")


@lru_cache(maxsize=512)
def _front(data: bytes) -> Mapping[str, Any]:
    if not any(word in data.lower() for word in _OF_INTEREST):
        return {}
    text = encoding.decode(data).text
    if text is None:
        return {}
    front = frontmatter.read(text, ("yaml", "toml", "json"))
    if front.kind == "yaml":
        yamlwords.keep_words(front, text[: front.body])
    return {key.lower(): value for key, value in front.fields.items()}
