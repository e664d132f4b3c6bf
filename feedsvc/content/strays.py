"""Words in angle brackets that are no HTML (`vector<int>`), or elements that nothing ends.

Their authors meant words: `use the <title> for that`. Browsers drop an unknown tag and go on, but
read from some start tags to the end of the page; the sanitiser, which fears what parsers might
take for SVG or MathML, drops all that follows `<int>`, `<list>` or `<path>`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What these hold is text up to their end tag (HTML 13.1.2) …
_RAW = frozenset("title textarea script style xmp iframe noembed noframes".split())  # noqa: SIM905
_CODE = frozenset({"script", "style"})
# What drawings and formulas hold are elements of other kinds, up to their end tag.
_FOREIGN = frozenset({"math", "svg"})
# … and what these hold is not for readers (`sanitizer`).
_CONTROLS = frozenset({"select", "button", "datalist", "option", "form", "template"})
_ENDING = _RAW | _FOREIGN
HTML = _RAW | _CONTROLS | frozenset(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink
    blockquote body br canvas caption center cite code col colgroup data dd del details dfn dialog
    dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4
    h5 h6 head header hgroup hr html i image img input ins kbd label legend li link main map mark
    marquee math menu meta meter nav nobr noscript object ol optgroup option output p param picture
    plaintext pre progress q rb rp rt rtc ruby s samp search section slot small source span strike
    strong sub summary sup svg table tbody td template tfoot th thead time tr track tt u ul var
    video wbr
    """.split()  # noqa: SIM905
)  # fmt: skip
_NAME = re.compile(rb"</?([a-z][^\s/<>]*)")
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[a-z][^\s/<>]*+)[^<>]*+>",
    re.IGNORECASE | re.DOTALL,
)
_NEAR = 20  # characters


def without(html: str, signs: bytes) -> str:
    """`html` without such tags; `signs` are its `marks`."""
    others = set(_NAME.findall(signs)) - _KNOWN
    regular = signs[:1] == b"<"  # else they are all of a body whose tags are in doubt
    if not others or (regular and others <= _ENDED and _all_end(others, html)):
        return html
    kept, at = [], 0
    for match in sorted(_strays(html), key=re.Match.start):
        kept.append(html[at : match.start()])
        at = match.end()
    return "".join([*kept, html[at:]]) if kept else html


_ENDED = {name.encode() for name in _RAW | _CONTROLS | _FOREIGN}
_KNOWN = {name.encode() for name in HTML} - _ENDED


def _all_end(names: set[bytes], html: str) -> bool:
    text = html.encode("utf-8", "replace").lower()
    return all(text.count(b"<" + name) == text.count(b"</" + name) for name in names)


def _strays(html: str) -> Iterator[re.Match[str]]:
    lower = html.lower()
    endless: set[str] = set()  # elements that end nowhere from here on
    opened: dict[str, list[re.Match[str]]] = {name: [] for name in _CONTROLS}
    at = 0
    while match := _TAG.search(html, at):
        at = match.end()
        name = (match["name"] or "").lower()
        if name in _CONTROLS:
            _turn(match, opened[name])
        elif name in _ENDING and not match["end"]:
            end = -1 if name in endless else lower.find(f"</{name}", at)
            if end >= 0:
                at = end
                continue
            endless.add(name)
            if name not in _CODE or _is_word(html, match):
                yield match
        elif name and name not in HTML:
            yield match
    for matches in opened.values():
        yield from matches


def _turn(match: re.Match[str], opened: list[re.Match[str]]) -> None:
    if not match["end"]:
        opened.append(match)
    elif opened:
        opened.pop()


def _is_word(html: str, match: re.Match[str]) -> bool:
    """Whether the tag of code stands in a sentence: elsewhere code follows that lost its end.

    One that names a file for its code has none of its own.
    """
    before = html[max(0, match.start() - _NEAR) : match.start()].rstrip(" ")[-1:]
    is_plain = " " not in match[0] or " src=" in match[0].lower()
    return is_plain and before not in ("", "\n", ">")
