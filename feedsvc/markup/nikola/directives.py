"""Nikola's own directives and roles of reStructuredText, written as docutils knows them.

Only what begins a line is one: what is indented may be code that shows how they are written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup.nikola import shortcodes
from feedsvc.model import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.markup.context import Context

_DIRECTIVE = re.compile(
    r"^\.\. (media|soundcloud|soundcloud_playlist|gist|thumbnail|listing)::[ \t]*([^\n]*)"
    r"((?:\n[ \t]+:[\w-]+:[^\n]*)*)",
    re.MULTILINE,
)
_OPTION = re.compile(r"\n([ \t]+):([\w-]+):[ \t]*([^\n]*)")
_RAW = re.compile(r"(?<![`\w]):(?:raw-html|html|sc):`([^`\n]{1,2000})`")
SIGNS = (
    *(".. media::", ".. soundcloud", ".. gist::", ".. thumbnail::", ".. listing::"),
    *(":raw-html:`", ":html:`", ":sc:`"),
)


def render(text: str, around: Context) -> str:
    """`text` without what docutils does not know."""
    if around.post.markup is not Markup.RESTRUCTURED:
        return text

    def directive(match: re.Match[str]) -> str:
        return _written(match, around) or match[0]

    text = _DIRECTIVE.sub(directive, text)
    return _RAW.sub(lambda match: around.held.put(match[1]), text) if ":`" in text else text


def listings(text: str) -> Iterator[str]:
    """The files that listings name."""
    for match in _DIRECTIVE.finditer(text):
        if match[1] == "listing" and (words := match[2].split()):
            yield words[0]


def _written(match: re.Match[str], around: Context) -> str | None:
    name, argument = match[1], match[2].strip()
    options = {one[2]: one[3].strip() for one in _OPTION.finditer(match[3])}
    if name == "thumbnail":
        indent = found[1] if (found := _OPTION.match(match[3])) else "   "
        small = shortcodes.thumbnail_of(argument)
        return f".. figure:: {small}\n{indent}:target: {argument}{match[3]}"
    if name == "listing":
        words = [*argument.split(), ""]
        made = shortcodes.listing(words[0], words[1], around)
    elif name == "gist":
        words = [*argument.split(), "", ""]
        made = shortcodes.gist(words[0], options.get("file") or words[1]) if words[0] else None
    elif name == "media":
        made = shortcodes.media(argument)
    else:
        kind = "playlists" if name.endswith("playlist") else "tracks"
        made = shortcodes.media(f"https://api.soundcloud.com/{kind}/{argument}")
    if made and made.startswith("<a "):
        made = f"<p>{made}</p>"
    return around.held.put(made) if made else None
