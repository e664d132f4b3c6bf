"""The folders of an Eleventy site, as far as its configuration plainly names them."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING

from feedsvc.sites import files

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import JSON
    from feedsvc.sites.scripts import Script

_SET = re.compile(r"\bset(Input|Output|Includes|Layouts|Data)Directory\(")
_DIR = re.compile(r"\bdir\s*[:=]\s*(?:\{([^{}]{0,2000})\}|([\w.]{1,100}))")
_IGNORED = re.compile(r"\bignores\.add\(\s*[\"'`]([^\"'`\n]{1,200})[\"'`]\s*\)")
_ALL_OF_GIT = re.compile(r"\bsetUseGitIgnore\(\s*false\s*\)")
_OTHERS = {"includes": "_includes", "layouts": "", "data": "_data"}


def directory(script: Script, name: str) -> str:
    """The folder under `dir.NAME`, "" for the site's own and for one outside of it."""
    return files.inner_path(_given(script, name))


def _given(script: Script, name: str) -> str:
    """What is written under `dir.NAME`."""
    for call in _SET.finditer(script.code):
        if call[1].lower() == name:
            return script.text_at(call.end())
    given = _DIR.search(script.code)
    if given is None:
        return ""
    if given[2]:
        return script.value(f"{given[2]}.{name}")
    key = re.compile(rf"\b[\"']?{name}[\"']?\s*:").search(script.code, *given.span(1))
    return script.text_at(key.end()) if key else ""


def below(root: str, script: Script, name: str) -> str:
    """The folder under `dir.NAME`, relative to the site; written relative to the input folder."""
    path = normpath(f"{root or '.'}/{_given(script, name).strip('/') or _OTHERS[name]}")
    return files.inner_path(path)


def layouts(root: str, script: Script) -> str:
    """The folder of the layouts: its own, else that of what is included."""
    return below(root, script, "layouts" if _given(script, "layouts") else "includes")


def ignored(site: Path, root: str, script: Script) -> list[JSON]:
    """What is no template, below the input folder: ignored files, and folders of other use."""
    names = (
        [".eleventyignore"]
        if _ALL_OF_GIT.search(script.code)
        else [".eleventyignore", ".gitignore"]
    )
    there = [name for name in names if (site / name).is_file()]
    lines = [line.strip() for name in there for line in files.text_of(site, name).split("\n")]
    given = [line.strip("/").removeprefix("./") for line in lines if line and line[0] not in "#!"]
    top = f"{root}/" if root else ""
    given += [one.removeprefix("./") for one in _IGNORED.findall(script.code)]
    below = [line.removeprefix(top) for line in given if line.startswith((top, "*"))]
    others = [files.inner_path(_given(script, name) or own) for name, own in _OTHERS.items()]
    return list(filter(None, [*below, *others]))
