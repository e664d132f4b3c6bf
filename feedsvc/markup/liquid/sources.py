"""Which files of the site a body's Liquid may draw in.

Sources: `jekyll/tags/include.rb`, `jekyll/drops/site_drop.rb`.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from feedsvc.markup.beside import Sources
from feedsvc.markup.liquid import data
from feedsvc.markup.liquid.template import SHORT, tokens
from feedsvc.posts.references import TREE, Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from feedsvc.markup.beside import Folder
    from feedsvc.markup.context import Context
    from feedsvc.settings import Settings

    Documents: TypeAlias = Callable[[str, Context], object]
    """What the collection of that name is to a template; `UNKNOWN` where it cannot be had."""

REFERENCES = ("link", "post_url")
INCLUDES = ("include", "include_cached", "include_relative", "render")
FILE = re.compile(r"((?:\{\{[^{}]*\}\}|[^\s,])+)(.*)", re.DOTALL)
_NAME = re.compile(r"[\w/.\-()+~#@]+")
_STEPS = re.compile(r"\bsite((?:\.[\w-]+|\[\s*(?:\"[^\"]*\"|'[^']*')\s*\]){1,20})")
_STEP = re.compile(r"\.([\w-]+)|\[\s*[\"']([^\"']*)[\"']\s*\]")
_MOST = 2_000  # files that one post draws in


class Folders(NamedTuple):
    """Where included files and data lie, relative to the site; of includes one after another.

    `named`: a file of data is a name of its own, as with Eleventy, and not one of `site.data`.
    `documents` are the folders of collections by the names that these have in `site`; `layouts`
    is where those files lie whose front matter is `layout`.
    """

    includes: tuple[str, ...]
    data: str
    named: bool = False
    documents: Mapping[str, str] = MappingProxyType({})
    layouts: str = ""


def folders(settings: Settings, *, named: bool = False) -> Folders:
    """The folders of a site."""
    options: Any = settings.engine_options
    above = f"{options['source']}/" if options.get("source") else ""
    includes = options.get("includes_dir") or "_includes"
    held = options.get("data_dir") or "_data"
    collections = options.get("documents") or {}
    documents = {name: one["folder"] for name, one in collections.items()}
    layouts = "" if named else f"{above}{options.get('layouts_dir') or '_layouts'}"
    return Folders((f"{above}{includes}",), f"{above}{held}", named, documents, layouts)


def places(tag: str, name: str, post: str, where: Folders) -> Iterator[str]:
    """Where the file may lie that a tag names."""
    if not _NAME.fullmatch(name) or ".." in name.split("/") or name.endswith(".njk"):
        return  # (Nunjucks is another language)
    if tag == "include_relative":
        yield posixpath.normpath(posixpath.join(posixpath.dirname(post), name))
        return
    for folder in where.includes:
        path = posixpath.normpath(f"{folder}/{name}")
        yield path
        if tag == "render" or "." not in posixpath.basename(name):
            yield f"{path}.liquid"
            yield f"{path}.html"


def references(source: str) -> Iterator[Reference]:
    """What `link` and `post_url` name."""
    for token in tokens(source):
        if token.name in REFERENCES:
            yield Reference(token.name, token.args.strip("\"'"))


def sources(source: str, post: str, settings: Settings, folder: Folder, *, named: bool) -> Sources:
    """Which files `source`, the body of the post at the path `post`, may draw in.

    `named` as in `Folders`. Rather too many than too few: a name that is only known when it is
    rendered may mean any file of its folder.
    """
    where = folders(settings, named=named)
    paths: dict[str, None] = {}
    texts: list[str] = []
    waiting = [source]
    while waiting and len(paths) < _MOST:
        text = waiting.pop()
        wanted = _kept(text) if len(text) <= SHORT else _wanted(text)
        for path in dict.fromkeys(_templates(wanted, post, where, folder)):
            if path in paths or len(paths) >= _MOST:
                continue
            paths[path] = None
            held = folder.read(path)
            if held is not None:
                texts.append(held.decode("utf-8-sig", "replace"))
                waiting.append(texts[-1])
        paths |= dict.fromkeys(_values(text, wanted, where, folder))
    return Sources(tuple(paths)[:_MOST], tuple(texts))


class _Wanted(NamedTuple):
    """What a text draws in: tags with the names of files, and steps from `site` on."""

    files: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, ...], ...]


def _wanted(source: str) -> _Wanted:
    found = [
        (token.name, match[1].strip("\"'"))
        for token in (tokens(source) if "include" in source or "render" in source else ())
        if token.name in INCLUDES and (match := FILE.match(token.args))
    ]
    steps = (
        tuple(one or other for one, other in _STEP.findall(match[1]))
        for match in _STEPS.finditer(source)
    )
    return _Wanted(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(steps)))


_kept = lru_cache(256)(_wanted)


def _templates(wanted: _Wanted, post: str, where: Folders, folder: Folder) -> Iterator[str]:
    """The files that tags name: they may draw in others."""
    for tag, name in wanted.files:
        if "{{" not in name:
            yield from places(tag, name, post, where)
        elif tag == "include_relative":
            yield from folder.below(posixpath.dirname(post))
        else:
            for one in where.includes:
                yield from folder.below(one)


def _values(source: str, wanted: _Wanted, where: Folders, folder: Folder) -> Iterator[str]:
    """The collections that a text may show, layouts, the files of data, and the folder of these."""
    for name, *_ in wanted.steps:
        if name in where.documents:
            yield f"{where.documents[name]}{TREE}"
    if where.layouts and "layout." in source:
        yield from folder.below(where.layouts)
    asked = [steps[1:] for steps in wanted.steps if steps[0] == "data"]
    if not where.named and not asked:
        return
    yield where.data
    for path in folder.below(where.data):
        names = data.names(path, where.data)
        if where.named:
            shown = not names or names[0] in source
        else:
            shown = any(names[: len(steps)] == steps[: len(names)] for steps in asked)
        if shown:
            yield path
