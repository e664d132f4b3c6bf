"""What a Hexo site's renderer of Markdown makes of text besides, by the defaults of its package.

`hexo-renderer-marked`, which sites begin with, `hexo-renderer-kramed` and
`hexo-renderer-markdown-it` are known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedsvc.sites import files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import JSON

ROOTED, ROOTED_ABOVE = "all", "above"
"""Which relative paths of images begin at the site's root: all, those that begin with `../`."""

_MARKED = "hexo-renderer-marked"
_TABLES = {
    _MARKED: ("marked",),
    "hexo-renderer-kramed": ("kramed",),
    "hexo-renderer-markdown-it": ("markdown", "render"),
}
_OTHER = re.compile(r"hexo-renderer-(?:markdown|pandoc|multi)")
_WITH_FORMULAS = re.compile(r"hexo-renderer-(?:markdown-it-(?:plus|katex)|multi-|pandoc)")
_OF_FORMULAS = re.compile(r"katex|mathjax|texmath", re.IGNORECASE)  # plugins of markdown-it
_OF_IMAGES = re.compile(r"hexo-.*(?:asset|image|img)")  # plugins that see to their paths
_ROOTED_SINCE = 4  # the release of hexo-renderer-marked that has `prependRoot` by default


def options(said: Mapping[str, Any], packages: Mapping[str, Any]) -> dict[str, JSON]:
    """Options that the rendering of content asks for; `packages` are those of `package.json`."""
    name = next((one for one in _TABLES if one in packages and one != _MARKED), "")
    if not name and _MARKED not in packages and any(map(_OTHER.match, packages)):
        formulas = any(map(_WITH_FORMULAS.match, packages))
        return files.present(typographer=True, guillemets=False, math=["$"] if formulas else "")
    told: Any = said
    for key in _TABLES[name or _MARKED]:
        told = files.table(told, key)
    smart, formulas = "smartypants", False
    if name == "hexo-renderer-markdown-it":
        smart, formulas = "typographer", _sets_formulas(files.table(said, "markdown"))
    return files.present(
        typographer=told.get(smart) is not False,
        guillemets=False,
        breaks=told.get("breaks") is not False,
        rooted="" if name else _rooted(said, told, packages),
        math=["$"] if formulas else "",
    )


def _sets_formulas(told: Mapping[str, Any]) -> bool:
    """Whether one of markdown-it's plugins, by name or in a table with its name, sets formulas."""
    plugins = told.get("plugins")
    names = [
        str(one.get("name") if isinstance(one, dict) else one)
        for one in (plugins if isinstance(plugins, list) else ())
    ]
    return any(map(_OF_FORMULAS.search, names))


def _rooted(said: Mapping[str, Any], told: Mapping[str, Any], packages: Mapping[str, Any]) -> str:
    """Which images `hexo-renderer-marked` finds below the root; `prependRoot`, `postAsset`."""
    version = re.search(r"\d+", files.text(packages, _MARKED))
    default = version is None or int(version[0]) >= _ROOTED_SINCE
    if told.get("prependRoot", default) is not True or said.get("relative_link") is True:
        return ""
    if any(map(_OF_IMAGES.match, packages)):
        return ""
    beside = said.get("post_asset_folder") is True and told.get("postAsset") is True
    return ROOTED_ABOVE if beside else ROOTED
