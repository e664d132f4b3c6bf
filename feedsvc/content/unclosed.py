"""Elements without an end that would swallow all text behind them: `use the <title> for that`.

Their authors meant words. Browsers read on to the end of the page, or drop what they find there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What these hold is text up to their end tag (HTML 13.1.2) …
_RAW = ("title", "textarea", "script", "style", "xmp", "iframe", "noembed", "noframes")
_CODE = ("script", "style")
# … and what these hold is not for readers (`sanitizer`).
_CONTROLS = ("select", "button", "datalist")
_NAMES = "|".join((*_RAW, *_CONTROLS))
_TAG = re.compile(rf"<!--.*?(?:-->|\Z)|<(/?)({_NAMES})\b[^<>]*>", re.IGNORECASE | re.DOTALL)
_NEAR = 20  # characters
_SIGN = re.compile(rb"<(?=[tsxinbd])(?:" + _NAMES.encode() + rb")\b")


def without(html: str, signs: bytes) -> str:
    """`html` without start tags of such elements that nothing ends; `signs` are its `marks`."""
    if not _SIGN.search(signs):
        return html
    found = sorted(_unclosed(html), key=re.Match.start)
    if not found:
        return html
    kept, at = [], 0
    for match in found:
        kept.append(html[at : match.start()])
        at = match.end()
    return "".join([*kept, html[at:]])


def _unclosed(html: str) -> Iterator[re.Match[str]]:
    lower = html.lower()
    endless: set[str] = set()  # elements that end nowhere from here on
    opened: dict[str, list[re.Match[str]]] = {}
    at = 0
    while match := _TAG.search(html, at):
        at = match.end()
        name = (match[2] or "").lower()
        if name in _CONTROLS:
            _turn(match, opened.setdefault(name, []))
        elif name and not match[1]:
            end = -1 if name in endless else lower.find(f"</{name}", at)
            if end >= 0:
                at = end
                continue
            endless.add(name)
            if name not in _CODE or _is_word(html, match):
                yield match
    for matches in opened.values():
        yield from matches


def _turn(match: re.Match[str], opened: list[re.Match[str]]) -> None:
    if not match[1]:
        opened.append(match)
    elif opened:
        opened.pop()


def _is_word(html: str, match: re.Match[str]) -> bool:
    """Whether the tag of code stands in a sentence: elsewhere code follows that lost its end."""
    before = html[max(0, match.start() - _NEAR) : match.start()].rstrip(" ")[-1:]
    return " " not in match[0] and before not in ("", "\n", ">")
