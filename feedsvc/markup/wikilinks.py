"""Links between notes by their names, `[[Note#Heading|words]]`, and files shown, `![[pic.png]]`.

Obsidian's, and of those who publish its vaults (Quartz), Foam and Logseq. Source:
https://help.obsidian.md/links and …/embeds.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from feedsvc.markup import lines
from feedsvc.posts.references import WIKI, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.markup.context import Context

# (It begins with signs alone, which makes the search a fast one.)
_LINK = re.compile(
    r"\[\[(?P<name>[^\[\]|#^\n]{0,300}?)(?P<place>[#^][^\[\]|\n]{0,300}?)?"
    r"(?P<bar>\\?\|(?P<words>[^\[\]\n]{0,500}))?\]\](?!\(|\[(?!\^))"
)
_OUTSIDE_CODE = re.compile(rf"{lines.CODE}|!?{_LINK.pattern}")
_DEFINED = re.compile(r"\[([^\[\]|#^\n]{1,300})\]:")
_FILE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
_SIZE = re.compile(r"[0-9]+(?:x[0-9]+)?")
_DROPPED = re.compile(r"[^\w\- ]")


def references(text: str) -> Iterator[Reference]:
    """The notes that `text` links to."""
    for match in _LINK.finditer(text):
        if name := match["name"].strip():
            yield _reference(name)


def render(text: str, around: Context) -> str:
    """`text` with links to the posts that are meant; the words alone where there is no such post.

    `[[x]]` may mean something else: a body in which no name leads anywhere has no such links.
    """
    if "[[" not in text:
        return text
    are_links = any(url and one.kind == WIKI for one, url in around.links.items())
    if not are_links and not any(map(_is_certain, _LINK.finditer(text))):
        return text

    defined = set(_DEFINED.findall(text)) if "]:" in text else ()

    def made(match: re.Match[str]) -> str:
        # brackets about a link
        is_kept = match["code"] or match["name"] in defined
        return match[0] if is_kept else _shown(match, around)

    def change(line: str, _position: int) -> str:
        return _OUTSIDE_CODE.sub(made, line) if "[[" in line else line

    return lines.outside_code(text, change)


def _reference(name: str) -> Reference:
    return Reference(WIKI, name.removesuffix(".md"))


def _is_certain(match: re.Match[str]) -> bool:
    """Whether it means nothing else: a picture, or a name with words of its own."""
    named = match["name"][:1].strip() and (match["words"] or " ")[0] not in " |"
    return bool(named) or _is_picture(match)


def _is_picture(match: re.Match[str]) -> bool:
    at = match.start("name") - len("![[")
    is_shown = match.string[at : at + 1] == "!"
    return is_shown and bool(_FILE.fullmatch(posixpath.splitext(match["name"].strip())[1]))


def _shown(match: re.Match[str], around: Context) -> str:
    name, words = match["name"].strip(), (match["words"] or "").strip()
    if _is_picture(match):
        alt = "" if _SIZE.fullmatch(words) else words
        path = f"/{name}" if "/" in name and not name.startswith((".", "/")) else name
        return f"![{alt}]({quote(path)})"
    place = (match["place"] or "").lstrip("#^")
    words = words or name or place
    url = around.links.get(_reference(name)) if name else around.base.page
    if url is None:
        return words
    anchor = _DROPPED.sub("", place.rpartition("#")[2].lower()).replace(" ", "-")
    return f"[{words}](<{url}{f'#{quote(anchor)}' if anchor else ''}>)"
