"""Eleventy's data files beside a template and in the folders above it."""

from __future__ import annotations

import json
import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from feedsvc.posts import fields
from feedsvc.posts.context import once_per_site
from feedsvc.sites import javascript
from feedsvc.sites.eleventy import layouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feedsvc.posts.dialect import ReadingContext, Source
    from feedsvc.settings import Settings

_CODE = (".js", ".cjs", ".mjs")
_SUFFIXES = (
    *(f".11tydata{suffix}" for suffix in _CODE),
    ".11tydata.json",
    ".json",
)  # the first is the stronger
# A key, and not what is asked of other data: `shown(data) ? data.permalink : false`
_TAGS = re.compile(r"(?<![.\w])tags\s*:\s*(\[[^\[\]]{0,1000}\]|[\"'`][^\"'`\n]{0,200}[\"'`])")
_PERMALINK = re.compile(
    r"(?<![.\w])permalink\s*:\s*(?P<quote>[\"'`])((?:(?!(?P=quote))[^\n\\]){1,200})(?P=quote)"
)
_ANY_PERMALINK = re.compile(r"(?<![.\w])permalink\s*[:(]")
_NO_PAGE = re.compile(r"(?<![.\w])permalink\s*:\s*false\b")
_KEPT_PERMALINK = re.compile(
    r"(?<![.\w])permalink\s*+:\s*+\(?+(\w+)\)?+\s*+=>\s*+\(?+[^,;{}\n?]{1,200}\?\s*+"
    r"\1\.permalink\s*+:\s*+false\b"
)
"""Whether there is a page at all is asked; its address stays what front matter or path say."""
_MADE_PERMALINK = re.compile(
    r"(?<![.\w])permalink\s*+(?>:\s*+(?>function\s*+|)|)\(?+[\w\s,{}]{0,100}+\)?+\s*+(?>=>|)\s*+\{?+\s*+"
    r"(?>return\s*+|)`([^`\n]{1,200})`"
)
_INSERTED = re.compile(r"\$\{\s*(?:data\.)?([\w.]+)\s*\}")
_DRAFT = re.compile(r"\.draft\b")
ASKED_FOR_DRAFTS = "eleventy draft"
"""The key of a field that says that data files ask for `draft`; none that a person writes."""
MADE_BY_CODE = "eleventy permalink"
"""Likewise, that code in data files makes the addresses."""
_TEXT = re.compile(r"[\"'`]([^\"'`\n]{1,200})[\"'`]")
_LARGEST = 1 << 18
_HANDED_ON = re.compile(
    rb"(?:\bexport\s+default|\bmodule\.exports\s*=|\.\.\.)\s*"
    rb"(?:require\(\s*[\"'](?P<path>\.[^\"'\n]{1,200})[\"']|(?P<name>\w{1,100})\s*(?:[;,\n}]|\Z))"
)
_IMPORTED = (
    rb"\b(?:import\s+%b\s+from\s*|(?:const|let|var)\s+%b\s*=\s*require\(\s*)"
    rb"[\"'](\.[^\"'\n]{1,200})[\"']"
)


def complete(context: ReadingContext) -> None:
    """Give the post what its data files and layouts say: tags add up, else the nearest wins."""
    root = f"{context.source.root}/" if context.source.root else ""
    own = f"{root}{context.path.bare}"
    for path in [own + suffix for suffix in _suffixes(context.settings)]:
        for key, value in _said(path, _data(path, context)):
            _add(key, value, context)
    for key, value in _handed_down(context):
        _add(key, value, context)
    for key, value in layouts.fields(context):
        _add(key, value, context)


def _add(key: str, value: Any, context: ReadingContext) -> None:
    own = context.fields.get(key)
    if (
        key == "tags"
        and own is not None
        and not context.settings.engine_options.get("tags_replaced")
    ):
        context.fields[key] = [*fields.terms(value)[0], *fields.terms(own)[0]]
    else:
        context.default(key, value)


@once_per_site
def _suffixes(settings: Settings) -> Sequence[str]:
    more = settings.engine_options.get("data_formats")
    suffixes = [*_SUFFIXES]
    for name in more if isinstance(more, list) else ():
        suffixes += (f".11tydata.{name}", f".{name}")
    return suffixes


class _Folders:
    """What data files of folders say, as one `Source` after the other finds them.

    These tell the same of one file for as long as they are of one `side`.
    """

    def __init__(self, source: Source, settings: Settings) -> None:
        self.settings = settings
        self.side = source.side
        self.known: dict[tuple[str, str], tuple[list[str], list[tuple[str, Any]]]] = {}


_folders: _Folders | None = None


def _handed_down(context: ReadingContext) -> Sequence[tuple[str, Any]]:
    """Keys and values of the data files of the folders above, which the post depends on."""
    global _folders  # noqa: PLW0603 - those of one site are read before those of the next
    source, settings = context.source, context.settings
    folders = _folders
    if folders is None or folders.settings is not settings or folders.side != source.side:
        _folders = folders = _Folders(source, settings)
    place = source.root, context.path.folder
    known = folders.known.get(place)
    if known is None:
        own, context.depends = context.depends, []
        said = [pair for path in _of_folders(context) for pair in _said(path, _data(path, context))]
        # (all of them, in their order, whatever the post that is the first to ask has of its own)
        known = folders.known[place] = context.depends, said
        context.depends = own
    depends = context.depends
    depends += [path for path in known[0] if path not in depends]
    return known[1]


def _of_folders(context: ReadingContext) -> Iterator[str]:
    root = context.source.root
    prefix = f"{root}/" if root else ""
    for folder in context.path.above:
        name = folder.rpartition("/")[2] or root.rpartition("/")[2]
        below = f"{folder}/" if folder else ""
        if name:
            yield from (f"{prefix}{below}{name}{suffix}" for suffix in _suffixes(context.settings))


def _data(path: str, context: ReadingContext) -> bytes | None:
    """What a data file holds; of code also the files whose values it hands on as its own."""
    data = context.side(path)
    if not data or not path.endswith(_CODE) or len(data) > _LARGEST:
        return data
    for match in _HANDED_ON.finditer(data):
        name = match["name"]
        found = re.search(_IMPORTED % (name, name), data) if name else None
        if other := match["path"] or (found and found[1]):
            data += b"\n" + (_beside(path, other.decode("utf-8", "replace"), context) or b"")
    return data


def _beside(path: str, other: str, context: ReadingContext) -> bytes | None:
    """The file that the one at `path` imports; its suffix may be left out."""
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), other))
    if whole.startswith(".."):
        return None
    tried = (whole,) if whole.endswith((*_CODE, ".json")) else (f"{whole}.js", f"{whole}.cjs")
    return next(filter(None, map(context.side, tried)), None)


def _said(path: str, data: bytes | None) -> Iterable[tuple[str, Any]]:
    if not data:
        return ()
    read = _read if path.endswith(".json") else _read_code if path.endswith(_CODE) else _held
    return read(data).items()


@lru_cache(maxsize=256)
def _read(data: bytes) -> dict[str, Any]:
    if len(data) > _LARGEST:
        return {}
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _held(data: bytes) -> dict[str, Any]:
    """What a data file in YAML or TOML holds, which a site may add."""
    return _read_as_front_matter(data) if len(data) <= _LARGEST else {}


@lru_cache(maxsize=256)
def _read_as_front_matter(data: bytes) -> dict[str, Any]:
    from feedsvc.posts import frontmatter

    text = data.decode("utf-8-sig", "replace").removeprefix("---\n")
    for kind, fence in (("yaml", "---"), ("toml", "+++")):
        found = frontmatter.read(f"{fence}\n{text}\n{fence}\n", (kind,)).fields
        if found:
            return dict(found)
    return {}


@lru_cache(maxsize=256)
def _read_code(data: bytes) -> dict[str, Any]:
    """What a data file in JavaScript, which is not run, plainly says: tags, and an address.

    An address may be a function that returns one template; `${page.fileSlug}` is as good as braces.
    """
    code = javascript.without_comments(data[:_LARGEST].decode("utf-8", "replace"))
    found: dict[str, Any] = {}
    if tags := _TAGS.search(code):
        found["tags"] = _TEXT.findall(tags[1])
    if _NO_PAGE.search(code):
        found["permalink"] = False
    elif (place := _PERMALINK.search(code)) or (place := _MADE_PERMALINK.search(code)):
        found["permalink"] = _INSERTED.sub(r"{{ \1 }}", place[place.lastindex or 1])
    if _DRAFT.search(code):
        found[ASKED_FOR_DRAFTS] = True
    made = _ANY_PERMALINK.search(code) and not _KEPT_PERMALINK.search(code)
    if made and "permalink" not in found:
        found[MADE_BY_CODE] = True
    return found
