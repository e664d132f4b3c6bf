"""Where an Eleventy site writes its feeds, of which collection they are, and their entries' ids.

The feed plugin is told the first two; before there was one, sites had a template for each feed, and
most still have. Templates are looked at and never run.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.errors import ConfigError
from feedsvc.sites import files, javascript
from feedsvc.sites.eleventy.about import nested, prefix
from feedsvc.sites.eleventy.collections import is_given, shown
from feedsvc.sites.eleventy.fronts import front_matter
from feedsvc.sites.templates import entries
from feedsvc.sites.templates.advice import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from feedsvc.model import JSON, Finding
    from feedsvc.sites.templates.expressions import Pattern

_PLUGIN = re.compile(r"\baddPlugin\(\s*\w*(?:[fF]eed|[rR]ss)\w*\s*,")
_OUTPUT = re.compile(rf"\boutputPath\s*:{javascript.TEXT}")
_TYPE = re.compile(rf"\btype\s*:{javascript.TEXT}")
_NAME = re.compile(r"\bcollection\s*:\s*\{[^{}]{0,500}?\bname\s*:\s*[\"'`]([^\"'`\n]{1,100})[\"'`]")
_STEM = re.compile(r"(?:feed|rss|atom|json-?feed)(?:[._-](?:xml|atom|rss|json))?")
_SUFFIXES = (".njk", ".liquid", ".hbs", ".11ty.js", ".11ty.cjs", ".11ty.mjs", ".md", ".html")
_PAGES = (".md", ".html")  # of which only those are looked at that are called like feeds
_INSERTED = re.compile(r"\{\{-?\s*([\w.]+)\s*(\|\s*url\s*)?-?\}\}")
_COLLECTIONS = re.compile(r"\bcollections(?:\.(\w{1,100})|\[[\"']([^\"'\]\n]{1,100})[\"']\])")
_ITEM = re.compile(r"\s*(\w+)\s+in\s")
_LIMIT = re.compile(
    r"\|\s*(?:head|limit\w*|take)\s*(?:\(|:)\s*(\d{1,3})|\bslice\(\s*(?:0\s*,\s*)?-?(\d{1,3})\s*\)"
    r"|\blimit\s*:\s*(\d{1,3})"
)
_DEEPEST = 3
_USUAL = [{"value": "permalink"}]
_SITES_OWN = ("metadata", "site", "meta", "config", "globals")


class FeedTemplate(NamedTuple):
    """A template's file, the feed's path and format, what it shows, and the site as it is told.

    `pattern` is None where the ids are not certain, `limit` 0 where the feed is not cut.
    """

    file: str
    path: str
    form: str
    collection: str
    pattern: Pattern
    limit: int
    site: Mapping[str, Any]


class Feeds(NamedTuple):
    """`options` for dialect and layout, `metadata` of the main feed, its `limit`, and findings."""

    options: dict[str, JSON]
    metadata: Mapping[str, Any]
    limit: int
    findings: tuple[Finding, ...]


def feeds(folder: Path, root: str, code: str, data: Mapping[str, str]) -> Feeds:
    """The site's feeds; `data` are texts that templates may refer to, by their names.

    `feeds`: path → format of the site's main feeds, `term_feeds`: path → format and tag of others;
    `collection`, `globs`: what is in the main ones.
    """
    found = dict(_of_plugin(code))
    plugin = bool(found)
    named = _NAME.search(code) if found else None
    main = named[1] if named else ""
    made = sorted(_made(folder / root, data, prefix(code)), key=_rank)
    if made and not found:
        main = made[0].collection
    terms: dict[str, JSON] = {}
    for one in made:
        if one.collection == main or not main:
            found.setdefault(one.path, one.form)
        elif one.collection and is_given(folder / root, one.collection):
            terms[one.path] = [one.form, one.collection]
    told = [
        (f"{root}/{one.file}" if root else one.file, one.pattern)
        for one in made
        if one.form != "json"
    ]
    pattern, findings = settled(folder, "eleventy", told, _USUAL, fixed=plugin)
    options = files.present(
        feeds=dict(found), term_feeds=terms, entry_id=pattern, **shown(folder, root, code, main)
    )
    first = next((one for one in made if one.collection == main), None)
    return Feeds(options, first.site if first else {}, first.limit if first else 0, findings)


def _of_plugin(code: str) -> Iterator[tuple[str, JSON]]:
    """The first feed that the plugin is told of: further ones are of other collections."""
    call = _PLUGIN.search(code)
    if call and (path := javascript.literal(_OUTPUT, code[call.end() :])):
        yield path, javascript.literal(_TYPE, code[call.end() :]) or "atom"


def _rank(one: FeedTemplate) -> tuple[bool, bool, bool, int, str]:
    """The main feed first: of a collection, one that is called so, Atom or RSS, near the top."""
    named = _STEM.fullmatch(Path(one.file).name.partition(".")[0])
    depth = one.file.count("/")
    return not one.collection, not named, one.form == "json", depth, one.file


def _made(root: Path, data: Mapping[str, str], before: str) -> Iterator[FeedTemplate]:
    for file, text in _templates(root):
        form = _format(text)
        front = front_matter(text) if form else {}
        place = files.text(front, "permalink")
        if not form or not place:
            continue
        known = {**data, **nested(front)}
        path = _filled(place, known, before)
        if "{" in path:
            continue
        read = entries.of_template(text, _vocabulary(text, known))
        head = read.head if read else text
        name = _COLLECTIONS.search(head) or _COLLECTIONS.search(text)
        limit = _LIMIT.search(read.head) if read else None
        yield FeedTemplate(
            file,
            path.strip(),
            form,
            (name and (name[1] or name[2])) or "",
            read.pattern if read else None,
            int(next(filter(None, limit.groups()))) if limit else 0,
            files.table(front, "metadata"),
        )


def _filled(permalink: str, known: Mapping[str, str], before: str) -> str:
    """The permalink with its texts; the filter `url` puts `pathPrefix` (`before`) before one."""

    def value(match: re.Match[str]) -> str:
        text = known.get(match[1], "{")
        return f"{before}/{text.lstrip('/')}" if match[2] and before else text

    return _INSERTED.sub(value, permalink)


def _vocabulary(text: str, known: Mapping[str, str]) -> Callable[[str], Pattern]:
    items = {match[1] for match in re.finditer(r"\bfor\s+(\w+)\s+in\b", text)}
    own = {"url": "url", "date": "date", "fileSlug": "slug"}

    def value(name: str) -> Pattern:
        whose, _, key = name.partition(".")
        if whose in items and key:
            given = key.removeprefix("data.")
            if key.startswith("page."):
                key = key.removeprefix("page.")
            return [{"value": own.get(key, f"field {given}")}]
        if name in known:
            return [known[name]]
        if key != "url" or whose not in _SITES_OWN:
            return None
        # data that is known, and has none
        return [] if any(one.startswith(f"{whose}.") for one in known) else [{"value": "root"}]

    return value


def _templates(root: Path) -> Iterator[tuple[str, str]]:
    """Files that may make a feed: path below the input folder, and text."""
    for here, folders, names in os.walk(root):
        place = Path(here).relative_to(root).as_posix()
        folders[:] = sorted(
            name for name in folders if name[0] not in "._" and name != "node_modules"
        )
        if place.count("/") >= _DEEPEST:
            folders.clear()
        for name in sorted(names):
            suffix = next((one for one in _SUFFIXES if name.endswith(one)), "")
            stem = name.removesuffix(suffix)
            if stem == "index":
                stem = place.rpartition("/")[2]
            if suffix and (suffix not in _PAGES or _STEM.fullmatch(stem)):
                try:
                    text = files.text_of(Path(here), name)[: entries.LARGEST]
                except ConfigError:
                    continue  # one that cannot be read says nothing
                yield name if place == "." else f"{place}/{name}", text


def _format(text: str) -> str:
    head = "atom" if "<feed" in text else "rss" if "<rss" in text else ""
    return head or ("json" if "jsonfeed.org" in text else "")
