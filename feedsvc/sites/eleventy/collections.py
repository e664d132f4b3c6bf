"""What tells the posts of an Eleventy collection, as far as code and data files plainly say."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files, javascript

_BY_GLOB = re.compile(r"getFilteredByGlob\(\s*([^()]{1,500})")
_REQUIRED = re.compile(r"\s*,\s*require\(\s*[\"'](\./[\w./-]{1,200})[\"']\s*\)")
_GLOB = re.compile(r"[\"'`](?:\./)?([^\"'`\n]+)[\"'`]")
_GLOBS = re.compile(r"\[[^\[\]]{0,500}\]|[\"'`][^\"'`\n]{1,200}[\"'`]")


def shown(folder: Path, root: str, code: str, name: str) -> dict[str, Any]:
    """Patterns of files, or a tag that data files give; {} where all pages are in, or unknown."""
    if not name or name == "all":
        return {}
    made = re.search(rf"\baddCollection\(\s*[\"'`]{re.escape(name)}[\"'`]", code)
    if made is None:
        return {"collection": name} if is_given(folder / root, name) else {}
    body = code[made.end() : made.end() + 1000].partition("addCollection(")[0]
    if required := _REQUIRED.match(body):
        code = body = _module(folder, required[1])
    globs: dict[str, None] = {}
    for called in _BY_GLOB.finditer(body):
        if given := _GLOBS.match(called[1]) or _constant(code, called[1]):
            globs |= dict.fromkeys(_GLOB.findall(given[0]))
    return {"globs": [*globs]} if globs else {}


def _module(folder: Path, name: str) -> str:
    """The code of a file of the site that is required by its path."""
    path = name.removeprefix("./")
    found = "" if ".." in path else files.first(folder, path, f"{path}.js", f"{path}/index.js")
    try:
        return javascript.without_comments(files.text_of(folder, found)) if found else ""
    except ConfigError:
        return ""


def _constant(code: str, name: str) -> re.Match[str] | None:
    """What a name, or the last part of one, was given."""
    last = re.search(r"(\w+)\s*\Z", name)
    assigned = last and re.search(rf"\b{last[1]}[\"']?\s*[:=]\s*", code)
    return _GLOBS.match(code, assigned.end()) if assigned else None


def is_given(root: Path, name: str) -> bool:
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
