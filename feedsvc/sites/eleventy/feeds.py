"""Where an Eleventy site writes its feeds, and of which collection they are.

The feed plugin is told both; before there was one, sites had a template for each feed, and most
still have. Templates are looked at and never run.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files, javascript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.model import JSON

_PLUGIN = re.compile(r"\baddPlugin\(\s*\w*(?:[fF]eed|[rR]ss)\w*\s*,")
_OUTPUT = re.compile(rf"\boutputPath\s*:{javascript.TEXT}")
_TYPE = re.compile(rf"\btype\s*:{javascript.TEXT}")
_NAME = re.compile(r"\bcollection\s*:\s*\{[^{}]{0,500}?\bname\s*:\s*[\"'`]([^\"'`\n]{1,100})[\"'`]")
_STEM = re.compile(r"(?:feed|rss|atom|json-?feed)(?:[._-](?:xml|atom|rss|json))?")
_SUFFIXES = (".njk", ".liquid", ".md", ".html", ".hbs", ".11ty.js", ".11ty.cjs", ".11ty.mjs")
_PERMALINK = re.compile(r"^[ \t]*permalink\s*:\s*[\"'`]?([^\"'`{}\n,]{1,200})", re.MULTILINE)
_COLLECTIONS = re.compile(r"\bcollections(?:\.(\w{1,100})|\[[\"']([^\"'\]\n]{1,100})[\"']\])")
_BY_GLOB = re.compile(r"getFilteredByGlob\(\s*([^()]{1,500})")
_GLOBS = re.compile(r"\[[^\[\]]{0,500}\]|[\"'`][^\"'`\n]{1,200}[\"'`]")
_LARGEST = 1 << 16
_DEEPEST = 3


def feeds(folder: Path, root: str, code: str) -> dict[str, JSON]:
    """`feeds`: path → format of the site's main feeds; `collection`, `globs`: what is in them."""
    found = dict(_of_plugin(code))
    name = ""
    if found:
        named = _NAME.search(code)
        name = named[1] if named else ""
    for text in _templates(folder / root):
        place = _PERMALINK.search(text)
        form = _format(text)
        if place and form:
            found.setdefault(place[1].strip(), form)
            shown = _COLLECTIONS.search(text)
            name = name or (shown and (shown[1] or shown[2])) or ""
    return files.present(feeds=dict(found), **_shown(folder / root, code, name))


def _of_plugin(code: str) -> Iterator[tuple[str, JSON]]:
    """The first feed that the plugin is told of: further ones are of other collections."""
    call = _PLUGIN.search(code)
    if call and (path := javascript.literal(_OUTPUT, code[call.end() :])):
        yield path, javascript.literal(_TYPE, code[call.end() :]) or "atom"


def _templates(root: Path) -> Iterator[str]:
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
            if suffix and _STEM.fullmatch(stem):
                try:
                    yield files.text_of(Path(here), name)[:_LARGEST]
                except ConfigError:
                    continue  # one that cannot be read says nothing


def _format(text: str) -> str:
    head = "atom" if "<feed" in text else "rss" if "<rss" in text else ""
    return head or ("json" if "jsonfeed.org" in text else "")


def _shown(root: Path, code: str, name: str) -> dict[str, Any]:
    """What tells the posts of a collection: patterns of files, or a tag that data files give."""
    if not name or name == "all":
        return {}
    made = re.search(rf"\baddCollection\(\s*[\"'`]{re.escape(name)}[\"'`]", code)
    if made is None:
        return {"collection": name} if _is_given(root, name) else {}
    body = code[made.end() : made.end() + 1000].partition("addCollection(")[0]
    called = _BY_GLOB.search(body)
    given = called and (_GLOBS.match(called[1]) or _constant(code, called[1]))
    return {"globs": re.findall(r"[\"'`](?:\./)?([^\"'`\n]+)[\"'`]", given[0])} if given else {}


def _constant(code: str, name: str) -> re.Match[str] | None:
    """What a name, or the last part of one, was given."""
    last = re.search(r"(\w+)\s*\Z", name)
    assigned = last and re.search(rf"\b{last[1]}[\"']?\s*[:=]\s*", code)
    return _GLOBS.match(code, assigned.end()) if assigned else None


def _is_given(root: Path, name: str) -> bool:
    """Whether a data file of a folder gives this tag: otherwise we might overlook where it is."""
    word = re.compile(rf"\btags[\"']?\s*:[^{{}}]{{0,300}}?[\"'`]{re.escape(name)}[\"'`]")
    for here, folders, names in os.walk(root):
        folders[:] = sorted(one for one in folders if one[0] != "." and one != "node_modules")
        for one in sorted(names):
            if ".11tydata." in one or one == f"{Path(here).name}.json":
                try:
                    if word.search(files.text_of(Path(here), one)):
                        return True
                except ConfigError:
                    continue
    return False
