"""Pelican's internal links, `{filename}x.md`, `{static}/a.png`, and its plugin `liquid_tags`.

Source: docs.getpelican.com.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.content import liquid

if TYPE_CHECKING:
    from feedsvc.content.context import Context

_LINK = re.compile(r"(?<=[(\"'\s<:=])[{|](filename|static|attach)[}|]([^\s)\"'<>]{1,500})")


def render(text: str, around: Context) -> str:
    """`text` with links to source files made into URLs."""

    def target(match: re.Match[str]) -> str:
        kind, path = match.groups()
        if kind != "filename":
            return around.absolute_url(path) if path.startswith("/") else path
        name, mark, fragment = path.partition("#")
        found = around.link(name)
        if found is None:
            around.remarks.add("link-unresolved", name, text, match.start())
            return path
        return found + mark + fragment

    return _LINK.sub(target, text)


def render_liquid(text: str, around: Context) -> str:
    """`text` without Liquid, on sites that have the plugin; on others braces are just text."""
    plugins = around.settings.engine_options.get("PLUGINS")
    used = isinstance(plugins, list) and any("liquid_tags" in str(name) for name in plugins)
    return liquid.render(text, around) if used else text
