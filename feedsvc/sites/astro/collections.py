"""The collections of an Astro site: where their files lie, and what pages and feed say of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.sites import files
from feedsvc.sites.astro import paths
from feedsvc.sites.astro.places import LOCALE, walk
from feedsvc.sites.scripts import SUFFIXES, Script

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import Finding

_CONFIGS = tuple(
    f"src/{name}.{suffix}" for name in ("content.config", "content/config") for suffix in SUFFIXES
)
_DEFINED = re.compile(r"\b(\w+)\s*[=:]\s*defineCollection\(")
_EXPORTED = re.compile(r"\bcollections\s*=\s*\{([^{}]{0,2000})\}")
_BASE = re.compile(r"\bbase\s*:")
_ASKED = re.compile(r"\bget(?:Collection|Entry)\(\s*[\"'`](\w{1,100})[\"'`]")
_ROUTE = re.compile(
    r"\[(?:\.\.\.)?(?!page|tag|categor|author|year|lang|locale)\w+\](?:/index)?\.astro"
)
_OF_POSTS = re.compile(r".*\[(?:\.\.\.)?(?:slug|id|path|post|entry|article)\]")
_LINK = re.compile(
    r"\blink\s*:\s*(?:\w+\(\s*)?(?:(?P<bare>[\w.]+\.)(?:id|slug)\s*[,\n}]|`(?:\$\{[^{}`]*\})?"
    r"(?P<before>[\w/.-]{0,100})\$\{[\w.?]*(?:id|slug)\}(?P<after>[\w/.-]{0,20})`)"
)
_NOW = (
    r"(?:Date\.now\(\)|new Date\(\)|DateTime\.now\(\)|Temporal\.Now\.\w+\(\)|dayjs\(\)|moment\(\))"
)
_NAMED_NOW = re.compile(rf"\b(\w+)\s*=\s*{_NOW}")
_COMPARED = r"(?:{0}(?:\.\w+\(\))?\)*\s*[<>]|[<>]=?\s*{0})"
_BARE = re.compile(r"\btrailingSlash\s*:\s*false\b")
_CALL = re.compile(r"\b(?:rss|getRssString)\(")
_OWN = re.compile(r"\blink\s*:\s*(?:new\s+URL\(\s*)?[\w.]*\bdata\??\.permalink\b")
_DEEP = 2  # files that files import


class Feed(NamedTuple):
    """What the code of a feed tells: the collections that it shows, and where their pages are.

    `waits`: what is still to come is not shown. `slash`: links end with one. `by_path`: what
    is known of a function that makes them of folders. `permalinks`: posts say them themselves.
    `title` and `subtitle` are the feed's.
    """

    shown: list[str]
    route: str | None
    waits: bool
    slash: bool
    by_path: paths.ByPath
    permalinks: bool
    title: str
    subtitle: str


def roots(folder: Path) -> dict[str, str]:
    """Folders that loaders read, with the names of their collections."""
    script = Script(folder, files.first(folder, *_CONFIGS))
    exported = _EXPORTED.search(script.code)
    named = {}
    for part in exported[1].split(",") if exported else ():
        name, _, variable = (word.strip(" \n\t\"'") for word in part.partition(":"))
        named[variable or name] = name
    defined = [*_DEFINED.finditer(script.code)]
    found: dict[str, str] = {}
    for base in _BASE.finditer(script.code):
        path = files.inner_path(script.text_at(base.end()))
        if path and (folder / path).is_dir():
            before = [one for one in defined if one.end() <= base.start()]
            name = before[-1][1] if before else path.rpartition("/")[2]
            found.setdefault(path, named.get(name, name))
    return found


def findings(folder: Path) -> tuple[Finding, ...]:
    """What is doubtful in how the site's collections are defined."""
    return paths.made_ids(Script(folder, files.first(folder, *_CONFIGS)))


def routes(folder: Path) -> dict[str, str]:
    """A collection's name → the folder of `src/pages` whose pages are made of it.

    Pages that are called as those of posts are (`[slug]`) before others (`[channel]`).
    """
    found: dict[str, str] = {}
    others: dict[str, str] = {}
    places = sorted(walk(folder / "src/pages"), key=lambda pair: pair[0].count("/"))
    for place, names in places:  # those of the site's own language before those of others
        for name in names:
            path = f"{place}/{name}" if place else name
            head, _, last = path.removesuffix("/index.astro").rpartition("/")
            whole = f"{last}/index.astro" if path.endswith("/index.astro") else last
            plain = head.removeprefix(language[0]) if (language := LOCALE.match(head)) else head
            if "[" not in plain and _ROUTE.fullmatch(whole):
                for collection in _shown(Script(folder, f"src/pages/{path}"))[:1]:
                    (found if _OF_POSTS.match(path) else others).setdefault(collection, head)
    return others | found


def feed(folder: Path, path: str) -> Feed:
    """What the code of the site's feed says."""
    script = Script(folder, path)
    link = _LINK.search(script.code)
    route = None
    if link and (link["bare"] or (link["after"] or "").strip("/") in ("", "index.html")):
        route = (link["before"] or "").strip("/")
    near = [*script.near(_DEEP)]
    slash = "astrojs/rss" in script.code and not _BARE.search(script.code)
    own = any(_OWN.search(one.code) for one in near)
    made = next(((one, call.end()) for one in near if (call := _CALL.search(one.code))), None)
    title, subtitle = (
        made[0].field(made[1], [name]) if made else "" for name in ("title", "description")
    )
    by_path = paths.by_path(near)
    waits = any(map(_waits, near))
    return Feed(_shown(script), route, waits, slash, by_path, own, title, subtitle)


def _shown(script: Script) -> list[str]:
    """The collections that a file asks for, or else what it imports."""
    for one in script.near(_DEEP):
        if asked := _ASKED.findall(one.code):
            return list(dict.fromkeys(asked))
    return []


def _waits(script: Script) -> bool:
    """Whether dates are compared with the present: what is still to come is not shown."""
    names = [_NOW, *(rf"\b{name}\b" for name in _NAMED_NOW.findall(script.code))]
    return any(re.search(_COMPARED.format(name), script.code) for name in names)
